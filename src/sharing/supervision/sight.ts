/** Whose figures an identity sees: its own department's, or those of all departments of a territory. */
import { type Code, contains, type Range, rangeOf } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { AUTHORITY } from "../nearest";
import { codeOf } from "../requests/items";

export interface Sight {
  /** Departments of this subtree. */
  readonly territory: Code;
  readonly range: Range;
  /** This one alone; all of the subtree if left out. */
  readonly department?: string;
}

/** A data authority and the audit duty see their territory (Art. 38), everybody else itself. */
export function sightOf({ department, duties }: Identity, territory?: string | null): Sight {
  const { code, kind, territory: home } = department;
  const watches = kind === AUTHORITY || duties.includes("audit");
  const asked = codeOf(territory) ?? home;
  if (watches ? contains(rangeOf(home), asked) : contains(rangeOf(asked), home))
    return { territory: asked, range: rangeOf(asked), department: watches ? undefined : code };
  throw new HubError(
    "FORBIDDEN",
    `${asked} 不在 ${code} 的可见范围：数据主管部门和审计职责看本属地各部门，其他部门看自己。${asked} is out of reach: a data authority and the audit duty see their territory, others themselves`,
    { argument: "territory" },
  );
}

export function sightOfOperator(territory: Code): Sight {
  return { territory, range: rangeOf(territory) };
}
