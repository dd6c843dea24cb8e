/** Whose retention is: which datasets a department keeps and where, who decides on rules, who watches. */
import { type Code, contains, rangeOf } from "../../declare";
import { HubError } from "../../errors";
import { type Duty, type Identity, inForce, type Rights, watches } from "../../identity";

const KEEPING: readonly Duty[] = ["steward", "decide"];

/** Datasets of which the identity's department is the source, where it has one of these duties. */
export function keptBy(
  { department, duties }: Identity,
  rights: Rights,
  at: Date,
  needed = KEEPING,
): Set<string> {
  if (!duties.some((duty) => needed.includes(duty))) return new Set();
  const own = rights.stewardships.filter((s) => s.kind === department.kind && s.field === undefined);
  return new Set(own.filter((s) => inForce(s, at)).map(({ dataset }) => dataset));
}

export interface RetentionSight {
  /** Undefined: all of them. */
  readonly datasets?: ReadonlySet<string>;
  readonly within: readonly Code[];
}

/** Audit and security see everything; stewards their datasets, in their territory. */
export function sightOf(asker: Identity, rights: Rights, at: Date): RetentionSight {
  if (watches(asker)) return { within: [] };
  const datasets = keptBy(asker, rights, at);
  if (datasets.size > 0) return { datasets, within: [asker.department.territory] };
  throw new HubError(
    "FORBIDDEN",
    "保存期限由数源部门（steward、decide）和审计、安全职责查看。Retention is seen by stewards of data, with steward or decide, and by the duties audit and security",
    { duties: [...KEEPING, "audit", "security"] },
  );
}

export const sees = ({ datasets }: RetentionSight, dataset: string) => datasets?.has(dataset) ?? true;

/** Throws unless the department keeps the dataset in this territory, by one of these duties. */
export function checkKeeper(
  asker: Identity,
  rights: Rights,
  at: Date,
  { dataset, territory, duties }: { dataset: string; territory: Code; duties: readonly Duty[] },
): void {
  const home = rangeOf(asker.department.territory);
  if (keptBy(asker, rights, at, duties).has(dataset) && contains(home, territory)) return;
  throw new HubError(
    "FORBIDDEN",
    `由 ${dataset} 的数源部门在其属地内决定，须有 ${duties.join("、")} 职责。Decided by the source of ${dataset} in its own territory, with the duty ${duties.join(" or ")}`,
    { dataset, duties: [...duties] },
  );
}
