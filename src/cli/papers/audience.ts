/** Every kind of department at every seat where it sits: who the catalogue's paper speaks of. */
import type { Catalogue, Code } from "../../declare";
import { departmentOf, type Identity } from "../../identity";

export interface Audience {
  /** E.g. `finance@市`. */
  readonly label: string;
  readonly seat: Code;
  readonly identity: Identity;
}

interface Seat {
  readonly word: string;
  readonly code: Code;
}

const CITY_SEAT: Seat = { word: "市", code: "140100000000" };
const DISTRICT_SEAT: Seat = { word: "区县", code: "140105000000" };

/** Kinds that sit elsewhere than at the city and the districts. */
const SEATS: Readonly<Record<string, readonly Seat[]>> = {
  "county-government": [DISTRICT_SEAT],
  "street-office": [{ word: "街道", code: "140105001000" }],
  committee: [{ word: "社区", code: "140105001001" }],
};

export function audiencesOf(catalogue: Catalogue): Audience[] {
  return kindsOf(catalogue).flatMap((kind) =>
    (SEATS[kind] ?? [CITY_SEAT, DISTRICT_SEAT]).map(({ word, code }) => {
      const department = departmentOf(`${kind}@${code}`);
      if (!department) throw new Error(`${kind} is no kind of department`);
      const identity: Identity = { subject: "papers", department, duties: ["read"] };
      return { label: `${kind}@${word}`, seat: code, identity };
    }),
  );
}

/** All kinds that the catalogue's enum of departments lists, as codes write them. */
function kindsOf(catalogue: Catalogue): string[] {
  const words = catalogue.datasets
    .flatMap((d) => d.fields)
    .find((f) => f.enum?.name === "DepartmentKind")?.enum;
  if (!words) throw new Error("no field of the catalogue is of the enum DepartmentKind");
  return Object.keys(words.values).map((value) => value.toLowerCase().replaceAll("_", "-"));
}
