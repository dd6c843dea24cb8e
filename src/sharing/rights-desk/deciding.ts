/** Takes a case one step further: whose step it is, what must be true before it, and its record, in one transaction. */

import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { checkText } from "../requests/text";
import { checkFields, takeOut } from "./erasing";
import { type DeskParts, notFound, refused, rowOf, sealText } from "./parts";
import { mayKnow, mayTake, openActs } from "./reach";
import { type CaseAct, type CaseStep, caseStep } from "./steps";
import { insertCaseTransition, lockCase, readCase, type StoredCase } from "./store";
import { withdraw } from "./withdrawing";

export interface CaseDecision {
  readonly id: string;
  readonly act: CaseAct;
  readonly reason?: string | null;
  /** Of a row that only names somebody: the fields to erase or freeze. */
  readonly fields?: readonly string[] | null;
}

export async function takeCaseStep(
  parts: DeskParts,
  asker: Identity,
  { id, act, reason, fields }: CaseDecision,
): Promise<void> {
  const before = await readCase(parts.pool, id);
  if (!before || !mayKnow(asker, before)) throw notFound();
  const step = judged(asker, before, act);
  checkReason(step, reason);
  checkFields(parts, before, step, fields);
  // In the transaction of the row, which is another one: done twice it changes nothing more.
  const version = await brought(parts, asker, before, step);
  await inTransaction(parts.pool, async (client) => {
    const one = await lockCase(client, id);
    if (!one) throw notFound();
    const due = judged(asker, one, act);
    const erased =
      one.kind === "ERASE" ? await takeOut(parts, asker, client, one, due, reason, fields) : undefined;
    await insertCaseTransition(client, id, {
      ...{ kind: one.kind, seq: one.seq + 1, at: parts.now(), act, from: one.state, to: step.to },
      ...{
        duty: step.duty,
        actor: asker.subject,
        department: asker.department.code,
        rowVersion: erased ?? version,
      },
      reason: reason?.trim() ? sealText(parts.cipher, id, `reason ${one.seq + 1}`, reason.trim()) : undefined,
    });
  });
}

function judged(asker: Identity, one: StoredCase, act: CaseAct): CaseStep {
  const { kind, state, department } = one;
  const step = caseStep(kind, state, act);
  if (!step)
    throw refused(
      "NOT_NOW",
      `${kind} 事项处于 ${state}，不能 ${act}。A case ${kind} that is ${state} takes no ${act}`,
      { argument: "act", state, acts: openActs(asker, one) },
    );
  if (mayTake(asker, one, step)) return step;
  throw new HubError(
    "FORBIDDEN",
    `此步骤由 ${department} 的 ${step.duty} 职责办理。This step is taken by ${department} with the duty ${step.duty}`,
    { department, duties: [step.duty] },
  );
}

function checkReason({ act, reason: needed }: CaseStep, reason: string | null | undefined): void {
  if (needed && !reason?.trim())
    throw refused("REASON_NEEDED", `${act} 须说明理由（B-39）。${act} needs a reason`, {
      argument: "reason",
    });
  if (reason) checkText("reason", reason);
}

/** Brings about, or finds brought about, what fulfilment says; the row's version after it. */
async function brought(
  parts: DeskParts,
  asker: Identity,
  { kind, dataset: name, row: uuid, askedBy, transitions }: StoredCase,
  { act }: CaseStep,
): Promise<number> {
  const dataset = parts.catalogue.dataset(name);
  if (act === "FULFIL" && kind === "WITHDRAW_CONSENT")
    return withdraw(parts, asker, { dataset, uuid, askedBy });
  const version = Number((await rowOf(parts, dataset, uuid))?.version ?? 1);
  const opened = transitions[0]?.rowVersion ?? version;
  if (act === "FULFIL" && kind === "CORRECT" && version <= opened)
    throw refused(
      "NOT_CORRECTED",
      `记录自受理以来未修改，请先用 update${dataset.type} 更正。The row has not changed since the case was opened: correct it with update${dataset.type} first`,
      { argument: "act", version },
    );
  return version;
}
