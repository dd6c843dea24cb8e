/** Held levels with the words that people read beside them. */
import type { Decision } from "../access";
import type { Rights } from "../identity";
import type { Sharing } from "./context";
import { heldOf } from "./held";
import type { HeldLevel } from "./types";

/** Names territories and the purposes of grants, for one door's whole answer. */
export function shownLevels(
  { reader }: Sharing,
  { grants }: Rights,
): (decision: Decision, field: string) => HeldLevel[] {
  const purposes = new Map(grants.map((g) => [g.id, g.purpose]));
  const nameOf = reader.parts.nameOf;
  return (decision, field) =>
    heldOf(decision, field).map((held) => ({
      ...held,
      name: nameOf(held.territory) ?? held.territory,
      grounds: held.grounds.map((ground) => ({ ...ground, purpose: purposes.get(ground.id) })),
    }));
}
