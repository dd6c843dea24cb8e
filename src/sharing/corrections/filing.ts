/** Files a correction: only of what the asker sees in full, to the one source of that field at that row (B-08, B-19). */
import type { ClientBase } from "pg";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import { CITY, type DatasetEntry, type FieldEntry } from "../../declare";
import { HubError } from "../../errors";
import { departmentOf, type Identity, stewardKind } from "../../identity";
import { parseId } from "../../read";
import { checkValue } from "../../write";
import { AUTHORITY, nearestAmong } from "../nearest";
import { checkText } from "../requests/text";
import { deadlineOf, readClocks } from "./course";
import { type CorrectionParts, refused, versionOf } from "./parts";
import { type Ask, type SeenField, seenFields } from "./seeing";
import { REQUESTING } from "./steps";
import { type Disputed, insertCorrection, insertCorrectionTransition, type NewCorrection } from "./store";
import { readText, sameText, sealText, spelled } from "./values";

export interface CorrectionDraft {
  /** Global id of the row. */
  readonly id: string;
  readonly field: string;
  /** What the asker saw; null or blank: nothing. */
  readonly found?: string | null;
  readonly proposed?: string | null;
  readonly evidence: string;
  readonly reason: string;
  readonly usage?: string | null;
}

/** Id of the correction that was filed. */
export async function fileCorrection(
  parts: CorrectionParts,
  asker: Identity,
  ask: Ask,
  draft: CorrectionDraft,
): Promise<string> {
  mayFile(asker);
  const { dataset, field, row } = aboutWhat(parts, draft);
  const seen = (await seenFields(ask, dataset, field, [row])).get(row);
  if (!seen || seen.retired) throw outOfReach();
  const { found, proposed } = judgedValues(parts, dataset, field, seen, draft);
  const parties = await partiesOf(parts, asker, { dataset, field, territory: seen.territory });
  const id = v7();
  const seal = (what: string, text: string | null) => sealText(parts.cipher, id, what, text);
  const correction: NewCorrection = {
    ...{ id, dataset: dataset.name, row, field: field.name, territory: seen.territory, ...parties },
    filedAt: parts.now(),
    found: seal("found", found),
    proposed: seal("proposed", proposed),
    evidence: seal("evidence", draft.evidence.trim()),
    reason: seal("reason", draft.reason.trim()),
    usage: draft.usage?.trim() ? seal("usage", draft.usage.trim()) : undefined,
  };
  await store(parts, asker, correction, field, seen.version);
  return id;
}

function mayFile({ duties }: Identity): void {
  const [duty] = REQUESTING.duties;
  if (duties.includes(duty)) return;
  throw new HubError("FORBIDDEN", "校核申请须有 read 职责。A correction is asked for with the duty read", {
    duty,
  });
}

function aboutWhat(
  { catalogue }: CorrectionParts,
  draft: CorrectionDraft,
): { dataset: DatasetEntry; field: FieldEntry; row: string } {
  for (const argument of ["evidence", "reason"] as const) checkText(argument, draft[argument]);
  if (draft.usage?.trim()) checkText("usage", draft.usage);
  for (const argument of ["found", "proposed"] as const)
    if (draft[argument]?.trim()) checkText(argument, draft[argument]);
  const id = parseId(draft.id);
  const dataset = id && catalogue.find(id.dataset);
  if (!id || !dataset) throw outOfReach();
  if (dataset.linked)
    throw refused(
      "LINKED",
      `${dataset.name} 由 ${dataset.linked} 自行维护，平台只读，请直接向其提出。${dataset.name} is kept by ${dataset.linked}, which the hub only reads: ask there`,
      { argument: "id", dataset: dataset.name },
    );
  const field = dataset.fields.find((f) => f.name === draft.field);
  if (dataset.from || !field || field.generated)
    throw refused(
      "NOT_CORRECTABLE",
      `${dataset.name} 没有可校核的字段 ${draft.field}。${dataset.name} has no field ${draft.field} that could be corrected`,
      { argument: "field", dataset: dataset.name },
    );
  const follows = dataset.follows?.find((f) => f.field === field.name);
  if (follows)
    throw refused(
      "FOLLOWS",
      `${field.name} 随 ${follows.through} 所指记录变动，请对该记录提出校核。${field.name} repeats what the row named by ${follows.through} says: ask for the correction there`,
      { argument: "field", through: follows.through, fields: follows.reads },
    );
  return { dataset, field, row: id.uuid };
}

/** What the row says must be what the asker saw; what is proposed must be a value of the field, and another one. */
function judgedValues(
  { cipher }: CorrectionParts,
  dataset: DatasetEntry,
  field: FieldEntry,
  seen: SeenField,
  draft: CorrectionDraft,
): { readonly found: string | null; readonly proposed: string | null } {
  const place = { dataset: dataset.name, field };
  const found = spelled(field, seen.value);
  if (!sameText(cipher, place, found, spelled(field, readText(field, draft.found)))) throw changed();
  const checked = checkValue(field, readText(field, draft.proposed));
  if ("problem" in checked)
    throw refused("NO_VALUE", `proposed：${checked.problem}`, { argument: "proposed", rule: checked.rule });
  if (checked.value === null && field.required)
    throw refused("NO_VALUE", "该字段必填。The field is required", {
      argument: "proposed",
      rule: "REQUIRED",
    });
  const proposed = spelled(field, checked.value);
  if (sameText(cipher, place, found, proposed))
    throw refused("SAME_VALUE", "建议值与现值相同。What is proposed is what the row says", {
      argument: "proposed",
    });
  return { found, proposed };
}

/** The nearest department of the steward's kind at or above the row, and the data authority of its level. */
async function partiesOf(
  parts: CorrectionParts,
  asker: Identity,
  { dataset, field, territory }: { dataset: DatasetEntry; field: FieldEntry; territory: string },
) {
  const rights = await parts.rights.current();
  const kind = stewardKind(rights, dataset.name, field.name, parts.now()) ?? dataset.steward;
  const nearest = await nearestAmong(parts, [kind, AUTHORITY], [territory]);
  const provider = nearest(kind, territory);
  if (!provider)
    throw refused("NO_PROVIDER", `没有登记 ${kind} 部门。No ${kind} department is registered`, {
      argument: "id",
    });
  const requester = asker.department.code;
  if (provider === requester)
    throw refused("OWN_FIELD", "本部门即数源部门，请直接修改。Your department is its source: change it", {
      argument: "field",
    });
  const authority = nearest(AUTHORITY, departmentOf(provider)?.territory ?? CITY) ?? `${AUTHORITY}@${CITY}`;
  return { requester, provider, authority };
}

async function store(
  parts: CorrectionParts,
  asker: Identity,
  correction: NewCorrection,
  field: FieldEntry,
  version: number,
): Promise<void> {
  const { act, to, party, duties } = REQUESTING;
  await inTransaction(parts.pool, async (client) => {
    // Held: a change that is under way ends first, and one that comes later finds the correction.
    const row = await versionOf(parts, client, correction, true);
    if (!row || row.version !== version) throw changed();
    await refuseSecond(client, correction);
    const clocks = await readClocks(client);
    const deadline = deadlineOf(clocks, { ...correction, sharing: field.sharing }, correction.filedAt);
    await insertCorrection(client, correction);
    const send = (text: string, values: unknown[]) => client.query(text, values);
    await insertCorrectionTransition(send, correction.id, {
      ...{ seq: 1, at: correction.filedAt, act, to, party, duty: duties[0] },
      ...{ actor: asker.subject, department: asker.department.code },
      ...{
        versionBefore: version,
        versionAfter: version,
        deadlineRule: deadline?.rule.id,
        due: deadline?.due,
      },
    });
  }).catch((error) => {
    if (error.constraint === "correction_open_once") throw second();
    // An import that is all or nothing may hold the row for minutes.
    if (error.code === "57014" || error.code === "55P03")
      throw new HubError(
        "TIMEOUT",
        "记录正在被修改，请稍后重试。The row is being changed: try again shortly",
      );
    throw error;
  });
}

/** Told by the id of the department's own; two that come at once are told by the table. */
async function refuseSecond(
  client: ClientBase,
  { row, field, requester }: Disputed & { requester: string },
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM correction WHERE open AND row_id = $1 AND field = $2 AND requester = $3",
    [row, field, requester],
  );
  if (rows[0]) throw second(rows[0].id);
}

function second(correction?: string): HubError {
  return refused(
    "ALREADY_OPEN",
    "本部门对该字段已有未结的校核。Your department has asked for this already, and it is still open",
    { argument: "field", correction },
  );
}

function changed(): HubError {
  return refused(
    "NOT_WHAT_IT_SAYS",
    "现值与所填的不同，请重新读取。The row does not say so now: read it again",
    { argument: "found" },
  );
}

/** The same where there is no such row, where it is out of reach, and where the field is withheld or masked in it. */
function outOfReach(): HubError {
  return new HubError(
    "NOT_FOUND",
    "没有这样的记录，或本部门在该记录中看不到该字段的全部内容。No such row, or you do not see this field of it in full",
  );
}
