// Makes the decisions of one request, remembering those that hold for others of the same department and purpose.
import { type Decision, type Decisions, decideIn, purposesFor } from "../access";
import type { Catalogue } from "../declare";
import type { Identity, Rights, RightsStore } from "../identity";

/** Decisions kept at most; all are dropped when any right moves. */
const MOST = 5_000;

export type DecisionsOf = (identity: Identity) => Promise<Decisions>;

export function createDecisions(
  catalogue: Catalogue,
  store: Pick<RightsStore, "current" | "refresh">,
): DecisionsOf {
  const remembered = new Map<string, Decision>();
  let held: Rights | undefined;

  function under(identity: Identity, rights: Rights): Decisions {
    const at = new Date();
    const who = nameOf(identity);
    return {
      epoch: rights.epoch,
      decide(dataset) {
        if (held !== rights || remembered.size > MOST) remembered.clear();
        held = rights;
        const known = remembered.get(`${dataset} ${who}`);
        if (known && at.getTime() < known.until) return known;
        const decision = decideIn(catalogue, dataset, identity, rights, at);
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

/** Two identities of this one name are decided alike. */
function nameOf({ department, duties, purpose }: Identity): string {
  return JSON.stringify([department.code, [...duties].sort(), purpose]);
}
