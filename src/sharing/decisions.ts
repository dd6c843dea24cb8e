/** The decisions that an identity's own request would get, for doors that speak of them without reading a row. */
import { type Decision, type Decisions, decideIn, purposesFor } from "../access";
import type { Identity, Rights } from "../identity";
import type { Sharing } from "./context";

export function decisionsUnder(sharing: Sharing, identity: Identity, rights: Rights): Decisions {
  const { catalogue } = sharing.reader.parts;
  const at = new Date();
  const decided = new Map<string, Decision>();
  return {
    epoch: rights.epoch,
    decide(dataset) {
      const decision = decided.get(dataset) ?? decideIn(catalogue, dataset, identity, rights, at);
      decided.set(dataset, decision);
      return decision;
    },
    purposesFor: (dataset, field) =>
      // No grant bears on a field that is not shared.
      catalogue.field(catalogue.dataset(dataset), field).sharing === "NOT_SHARED"
        ? []
        : purposesFor(identity, dataset, field, rights, at),
    refresh: async () => decisionsUnder(sharing, identity, await sharing.rights.refresh()),
  };
}
