/** Decides and ends rules of retention: the head of the dataset's source, for its own territory, on a basis that is named. */

import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { UUID } from "../../read";
import { dayOf } from "../clock";
import { codeOf } from "../requests/items";
import { checkText } from "../requests/text";
import { type RetentionParts, refused } from "./parts";
import { faultOf, type RetentionAct } from "./rules";
import { checkKeeper } from "./sight";
import { endRule, insertRule, OPERATORS, readRules } from "./store";

export interface RuleDraft {
  readonly dataset: string;
  readonly starts: string;
  readonly months: number;
  readonly act: RetentionAct;
  readonly basis: string;
  readonly territory?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

/** Id of the rule. */
export async function decideRule(parts: RetentionParts, asker: Identity, draft: RuleDraft): Promise<string> {
  const { catalogue, pool, rights, now } = parts;
  const at = now();
  const { dataset, starts, months, act, basis } = draft;
  const territory = codeOf(draft.territory) ?? asker.department.territory;
  checkKeeper(asker, await rights.current(), at, { dataset, territory, duties: ["decide"] });
  checkText("basis", basis);
  const today = dayOf(at);
  const given = { dataset, starts, months, act, territory, basis, from: draft.from ?? today };
  const rule = { ...given, ...(draft.until && { until: draft.until }) };
  const fault = given.from < today ? "from: today or later" : faultOf(catalogue, rule);
  if (fault)
    throw refused("RULE_FAULTY", `规则有误：${fault}。The rule is wrong`, { argument: fault.split(":")[0] });
  return insertRule(pool, rule, { department: asker.department.code, by: asker.subject, at });
}

/** From today on it no longer holds; what it has done stays done. */
export async function endOneRule(
  { pool, rights, now }: RetentionParts,
  asker: Identity,
  id: string,
  reason: string,
): Promise<void> {
  checkText("reason", reason);
  const rule = UUID.test(id) ? (await readRules(pool)).find((one) => one.id === id) : undefined;
  if (!rule) throw notFound();
  const { dataset, territory, department } = rule;
  if (department === OPERATORS)
    throw new HubError(
      "FORBIDDEN",
      "由运维按市级决定导入的规则，以 hub retention rules import 更改。Brought by the operators: changed by hub retention rules import",
    );
  const at = now();
  checkKeeper(asker, await rights.current(), at, { dataset, territory, duties: ["decide"] });
  if (!(await endRule(pool, id, { by: asker.subject, at, day: dayOf(at), reason: reason.trim() })))
    throw refused("NOT_NOW", "规则已经终止。The rule has ended", { argument: "id" });
}

function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的规则。No such rule", { argument: "id" });
}
