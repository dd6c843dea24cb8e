/** Whose an erasure is: the department that keeps such rows there now; who watches knows of it. */
import { writable } from "../../access";
import { Conditions } from "../../database/conditions";
import { type Catalogue, contains } from "../../declare";
import { type Duty, type Identity, type Rights, watches } from "../../identity";
import type { ErasureState } from "../../write";
import type { StoredErasure } from "./store";

export type DecidedErasure = "ERASE" | "RELEASE" | "LIFT";

const FROM: Readonly<Record<DecidedErasure, ErasureState>> = {
  ERASE: "FROZEN",
  RELEASE: "FROZEN",
  LIFT: "ERASED",
};

/** Whoever decides erasures decides what becomes of them. */
export const DECIDES = "decide" satisfies Duty;

const AT_THE_DESK: readonly Duty[] = ["steward", DECIDES];

interface Place {
  readonly catalogue: Catalogue;
  readonly rights: Rights;
  readonly now: Date;
}

/** The staff of the department that would keep the row today; it reads the reasons too. */
export function keeps(
  asker: Identity,
  { dataset, territory }: Pick<StoredErasure, "dataset" | "territory">,
  place: Place,
): boolean {
  return atTheDesk(asker) && rangesOf(asker, dataset, place).some((range) => contains(range, territory));
}

export function actsOn(asker: Identity, one: StoredErasure, place: Place): DecidedErasure[] {
  if (!asker.duties.includes(DECIDES) || !keeps(asker, one, place)) return [];
  return (Object.keys(FROM) as DecidedErasure[]).filter((act) => FROM[act] === one.state);
}

/** `keeps`, or who watches, in SQL. */
export function known(asker: Identity, place: Place): Conditions {
  const where = new Conditions();
  if (watches(asker)) return where.add("true");
  if (!atTheDesk(asker)) return where.add("false");
  const ways = place.catalogue.kept.flatMap(({ name }) =>
    rangesOf(asker, name, place).map(
      ({ from, to }) =>
        `e.dataset = ${where.place(name)} AND e.territory >= ${where.place(from)} AND e.territory < ${where.place(to)}`,
    ),
  );
  return where.add(ways.length > 0 ? ways.join(" OR ") : "false");
}

function atTheDesk({ duties }: Identity): boolean {
  return duties.some((duty) => AT_THE_DESK.includes(duty));
}

/** The department's right, whoever of it asks. */
function rangesOf(asker: Identity, dataset: string, { catalogue, rights, now }: Place) {
  const entry = catalogue.kept.find(({ name }) => name === dataset);
  return entry ? writable({ ...asker, duties: ["steward"] }, entry, rights, now) : [];
}
