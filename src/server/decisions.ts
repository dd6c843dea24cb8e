// Makes the decisions of one request, remembering those that hold for others of the same department and purpose.
import { type Decide, type Decision, decide } from "../access";
import type { Catalogue } from "../declare";
import type { Identity, Rights } from "../identity";

/** Decisions kept per identity's rights; the whole memory is dropped when any right moves. */
const MOST = 2_000;

export type DecisionsOf = (identity: Identity, rights: Rights, at: Date) => Decide;

export function createDecisions(catalogue: Catalogue): DecisionsOf {
  const known = new Map<string, Decision>();
  let held: Rights | undefined;
  return (identity, rights, at) => {
    const { department, duties, purpose } = identity;
    const who = JSON.stringify([department.code, [...duties].sort(), purpose]);
    return (name) => {
      if (held !== rights || known.size > MOST) known.clear();
      held = rights;
      const key = `${name} ${who}`;
      const remembered = known.get(key);
      if (remembered && at.getTime() < remembered.until) return remembered;
      const decision = decide(identity, catalogue.dataset(name), rights, at);
      known.set(key, decision);
      return decision;
    };
  };
}
