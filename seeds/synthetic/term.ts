// Which communities have a committee, what it is called, and the five years for which it was elected.
import { type Day, dayOf, yearsAfter } from "./calendar";
import type { Place } from "./place";
import { creditCode } from "./register-number";
import { streamOf } from "./row";

export interface Term {
  readonly elected: Day;
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
}

/** Similar units are no self-governing organizations: they have no committee. */
export function hasCommittee(place: Place): boolean {
  return place.kind !== "SIMILAR";
}

export function committeeCode(place: Place): string {
  return creditCode(place.kind === "VILLAGERS" ? "VILLAGERS" : "RESIDENTS", place, 0);
}

export function committeeName(place: Place): string {
  return place.name.replace(/居委会$/, "居民委员会").replace(/村委会$/, "村民委员会");
}

/** Most were elected since 2022; a few terms have run out without an election. */
export function termOf(place: Place): Term {
  const stream = streamOf("term", place, 0);
  const late = stream.chance((1 - place.profile.punctuality) * 0.25);
  const elected = late
    ? dayOf(stream.whole(2020, 2021), stream.whole(1, 9), stream.whole(1, 28))
    : dayOf(stream.whole(2022, 2026), stream.whole(1, 9), stream.whole(1, 28));
  const from = elected + stream.whole(1, 10);
  return { elected, from, to: yearsAfter(from, 5) - 1 };
}
