/** Takes a correction one step further: whose step it is, whether it may come now, and what it does, in one transaction. */
import type { ClientBase } from "pg";
import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { checkText } from "../requests/text";
import { type Clocks, deadlineOf, obstacleTo, readClocks } from "./course";
import { type CorrectionParts, notFound, refused, versionOf } from "./parts";
import { dutyFor, mayKnow, openActs } from "./reach";
import { type CorrectionAct, type CorrectionStep, correctionStep, isOpen } from "./steps";
import {
  insertCorrectionTransition,
  lockCorrection,
  type NewCorrectionTransition,
  type StoredCorrection,
} from "./store";
import { sealText } from "./values";

export interface Decided {
  readonly id: string;
  readonly act: CorrectionAct;
  readonly reason?: string | null;
}

export async function takeCorrectionStep(
  parts: CorrectionParts,
  asker: Identity,
  { id, act, reason }: Decided,
): Promise<void> {
  await inTransaction(parts.pool, async (client) => {
    const correction = await lockCorrection(client, id);
    if (!correction || !mayKnow(asker, correction)) throw notFound();
    const now = parts.now();
    const { step, duty } = judged(asker, correction, act, now);
    checkReason(step, reason);
    const said = reason?.trim()
      ? sealText(parts.cipher, id, `reason ${correction.seq + 1}`, reason.trim())
      : undefined;
    await insertCorrectionTransition((text, values) => client.query(text, values), id, {
      ...moved(parts, correction, step, await readClocks(client), now),
      ...(await versionsOf(parts, client, correction)),
      ...{ duty, actor: asker.subject, department: asker.department.code, reason: said },
    });
  });
}

function judged(asker: Identity, correction: StoredCorrection, act: CorrectionAct, now: Date) {
  const { state } = correction;
  const step = correctionStep(state, act);
  const obstacle = obstacleTo(step, correction, now);
  if (!step || obstacle === "NOT_NOW")
    throw refused(
      "NOT_NOW",
      `校核处于 ${state}，不能 ${act}。A correction that is ${state} takes no ${act}`,
      { argument: "act", state, acts: openActs(asker, correction, now) },
    );
  const duty = dutyFor(asker, correction, step);
  if (!duty) throw forbidden(correction, step);
  if (obstacle) throw refused(obstacle, "期限未过。The deadline has not passed", { argument: "act" });
  return { step, duty };
}

function forbidden(correction: StoredCorrection, { party, duties }: CorrectionStep): HubError {
  const department = party === "hub" ? undefined : correction[party];
  const named = duties.join(" 或 ");
  return new HubError(
    "FORBIDDEN",
    `此步骤由 ${department} 的 ${named} 职责办理。This step is taken by ${department} with the duty ${duties.join(" or ")}`,
    { department, duties },
  );
}

function checkReason({ act, reason: needed }: CorrectionStep, reason: string | null | undefined): void {
  if (needed && !reason?.trim())
    throw refused("REASON_NEEDED", `${act} 须说明理由。${act} needs a reason`, { argument: "reason" });
  if (reason) checkText("reason", reason);
}

/** The transition that a step is: where it leads, and by when the answer is due as long as it is open. */
function moved(
  { catalogue }: Pick<CorrectionParts, "catalogue">,
  correction: StoredCorrection,
  step: CorrectionStep,
  clocks: Clocks,
  at: Date,
): Omit<NewCorrectionTransition, "duty" | "actor" | "department" | "versionBefore" | "versionAfter"> {
  const { state, seq, dataset, field, filedAt } = correction;
  const to = step.to ?? state;
  const sharing = catalogue.find(dataset)?.fields.find((f) => f.name === field)?.sharing;
  const deadline = isOpen(to) ? deadlineOf(clocks, { ...correction, sharing }, new Date(filedAt)) : undefined;
  const { act, party } = step;
  return {
    seq: seq + 1,
    at,
    act,
    from: state,
    to,
    party,
    deadlineRule: deadline?.rule.id,
    due: deadline?.due,
  };
}

/** An act that leaves the row as it is names the version it was taken on. */
async function versionsOf(
  parts: Pick<CorrectionParts, "catalogue">,
  client: ClientBase,
  correction: StoredCorrection,
) {
  const row = await versionOf(parts, client, correction);
  const version = row?.version ?? correction.transitions.at(-1)?.versionAfter ?? 1;
  return { versionBefore: version, versionAfter: version };
}

/** Moves deadlines that run where the days they are counted by have changed; tells how many. In the caller's transaction. */
export async function reckonCorrections(
  parts: Pick<CorrectionParts, "catalogue">,
  client: ClientBase,
  now: Date,
): Promise<number> {
  const clocks = await readClocks(client);
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM correction WHERE open ORDER BY id FOR UPDATE",
  );
  let count = 0;
  for (const { id } of rows) {
    const correction = await lockCorrection(client, id);
    const step = correction && correctionStep(correction.state, "RECKON");
    if (!step) continue;
    const made = moved(parts, correction, step, clocks, now);
    if (made.due?.getTime() === Date.parse(correction.due ?? "")) continue;
    await insertCorrectionTransition((text, values) => client.query(text, values), id, {
      ...made,
      ...(await versionsOf(parts, client, correction)),
      ...{ duty: "system", actor: "hub", department: "system" },
    });
    count++;
  }
  return count;
}
