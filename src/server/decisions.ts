// Makes the decisions of one request, remembering those that hold for others of the same department and purpose.
import { type Decision, type Decisions, decideIn, purposesFor } from "../access";
import type { Catalogue } from "../declare";
import { type Identity, nextChange, type Rights, type RightsStore } from "../identity";

/** Decisions kept at most; all are dropped when any right moves. */
const MOST = 5_000;

export type DecisionsOf = (identity: Identity) => Promise<Decisions>;

export function createDecisions(
  catalogue: Catalogue,
  store: Pick<RightsStore, "current" | "refresh">,
): DecisionsOf {
  const eras = createEras();

  function under(identity: Identity, rights: Rights): Decisions {
    const at = new Date();
    const era = eras(rights, at);
    const made = era.made.get(identity) ?? make(identity, rights, at, era);
    era.made.set(identity, made);
    return made;
  }

  /** What is decided at one moment of an era holds for all of it. */
  function make(identity: Identity, rights: Rights, at: Date, { remembered, name }: Era): Decisions {
    const who = nameOf(identity);
    return {
      epoch: rights.epoch,
      alike: `${name} ${who}`,
      decide(dataset) {
        const known = remembered.get(`${dataset} ${who}`);
        if (known) return known;
        const decision = decideIn(catalogue, dataset, identity, rights, at);
        if (remembered.size > MOST) remembered.clear();
        remembered.set(`${dataset} ${who}`, decision);
        return decision;
      },
      purposesFor: (dataset, field) =>
        // No grant bears on a field that is not shared.
        catalogue.field(catalogue.dataset(dataset), field).sharing === "NOT_SHARED"
          ? []
          : purposesFor(identity, dataset, field, rights, at),
      refresh: async () => under(identity, await store.refresh()),
    };
  }

  return async (identity) => under(identity, await store.current());
}

/** A time in which no right moves, begins or ends: equal names decide alike in it. */
interface Era {
  readonly name: string;
  readonly rights: Rights;
  readonly until: number;
  readonly remembered: Map<string, Decision>;
  /** A token that is met again brings the same identity. */
  readonly made: WeakMap<Identity, Decisions>;
}

function createEras(): (rights: Rights, at: Date) => Era {
  let count = 0;
  let era: Era | undefined;
  return (rights, at) => {
    if (era?.rights === rights && at.getTime() < era.until) return era;
    const until = nextChange([...rights.stewardships, ...rights.standings, ...rights.grants], at);
    era = { name: `era ${++count}`, rights, until, remembered: new Map(), made: new WeakMap() };
    return era;
  };
}

/** Two identities of this one name are decided alike. */
function nameOf({ department, duties, purpose }: Identity): string {
  return JSON.stringify([department.code, [...duties].sort(), purpose]);
}
