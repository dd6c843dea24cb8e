// How a community comes by its facilities, and the codes by which other rows name them.
import type { City } from "./city";
import { isNew } from "./communities";
import type { Place } from "./place";
import { rowId, streamOf } from "./row";

export function facilityCode(place: Place, number: number): string {
  return `${place.code}${String(number + 1).padStart(4, "0")}`;
}

/** The id of the community's facility of this number, or of none where it has fewer. */
export function facilityId(city: City, place: Place, number: number): string | undefined {
  return number < city.count("facility", place) ? rowId("facility", place, number) : undefined;
}

const modes = {
  new: { PROJECT_ANCILLARY: 0.6, NEW_BUILD: 0.25, INTEGRATED_SHARING: 0.15 },
  old: {
    NEW_BUILD: 0.16,
    RECONSTRUCTION: 0.22,
    EXPANSION: 0.08,
    PURCHASE: 0.1,
    LEASE: 0.18,
    INTEGRATED_SHARING: 0.14,
    SWAP: 0.06,
    BORROWING: 0.06,
  },
  rural: { NEW_BUILD: 0.5, RECONSTRUCTION: 0.3, EXPANSION: 0.08, INTEGRATED_SHARING: 0.08, BORROWING: 0.04 },
};

/** Drawn from a stream of its own, because shares and idle assets follow from it. */
export function provisionMode(place: Place, number: number): string {
  const weights: Record<string, number> =
    place.kind === "VILLAGERS" ? modes.rural : isNew(place) ? modes.new : modes.old;
  return streamOf("provision", place, number).weighted(weights);
}

export function projectCode(place: Place, number: number): string {
  return `ZZ${place.code}${String(number + 1).padStart(2, "0")}`;
}
