// Which access records an identity may read, as plain data: auditors by department, stewards by their datasets.
import { contains, nodesAbove, type Range, rangeOf } from "../declare";
import { HubError } from "../errors";
import { type Identity, inForce, type Rights } from "../identity";
import type { TouchedField } from "./record";

/** Kinds that watch over others: auditors, and the authority that B-24 names beside the provider. */
const WATCHING = ["audit", "big-data"];

export type Reach =
  /** All records of departments in this subtree. */
  | { readonly is: "territory"; readonly range: Range }
  /** All records of this department. */
  | { readonly is: "department"; readonly code: string }
  /** Records that touch these datasets in this subtree, and of them no more than that. */
  | { readonly is: "provider"; readonly datasets: readonly string[]; readonly range: Range };

/** Auditors read whole records; stewards read how their own datasets were used (B-24); nobody else reads any. */
export function reachOf(identity: Identity, rights: Rights, at: Date): Reach {
  const { code, kind, territory } = identity.department;
  if (identity.duties.includes("audit"))
    return WATCHING.includes(kind)
      ? { is: "territory", range: rangeOf(territory) }
      : { is: "department", code };
  if (identity.duties.includes("steward")) {
    const own = rights.stewardships.filter((s) => s.field === undefined && s.kind === kind && inForce(s, at));
    const datasets = [...new Set(own.map((s) => s.dataset))].sort();
    if (datasets.length > 0) return { is: "provider", datasets, range: rangeOf(territory) };
  }
  throw new HubError(
    "FORBIDDEN",
    "访问记录供审计职责和数源部门的 steward 职责查询。Access records are read by the audit duty, and by stewards of their own datasets.",
  );
}

/** Whether a use of a field concerns the subtree: one territory contains the other. */
export function concerns(range: Range, { territories }: TouchedField): boolean {
  const above = nodesAbove(range.from);
  return territories.some((t) => contains(range, t) || above.includes(t));
}
