/** The made-up datasets of the differential test, declared with the words of every other dataset. */
import { type Catalogue, catalogueOf, checkCatalogue } from "../../../src/declare";
import { Asset } from "./asset";
import { Fund } from "./fund";
import { Person } from "./person";
import { Place } from "./place";
import { Shift } from "./shift";

export * from "./territory";

export function trialCatalogue(): Catalogue {
  const catalogue = catalogueOf([Place, Person, Shift, Asset, Fund]);
  checkCatalogue(catalogue);
  return catalogue;
}
