/** What the rooms of the catalogue work with. */
import type { Catalogue } from "../../declare";
import type { RequestParts } from "../requests/parts";

export interface CatalogueParts extends Pick<RequestParts, "pool" | "now"> {
  readonly catalogue: Catalogue;
  readonly rights: Pick<RequestParts["rights"], "current" | "refresh">;
}
