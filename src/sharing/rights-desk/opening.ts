/** Opens a case: a person, guardian or heir stands before the steward of the person's row, who has verified who it is. */
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import type { DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { parseId, type SystemRow } from "../../read";
import { unwritable, writesSomewhere } from "../../write";
import { checkText } from "../requests/text";
import { type DeskParts, refused, rowOf, sealText } from "./parts";
import { type CaseAsker, type CaseKind, OPENING } from "./steps";
import { insertCase, insertCaseTransition, type NewCase } from "./store";
import { withdrawnValues } from "./withdrawing";

export interface CaseDraft {
  /** Global id of the row. */
  readonly id: string;
  readonly kind: CaseKind;
  readonly askedBy: CaseAsker;
  readonly verifiedHow: string;
  readonly reason: string;
}

/** Id of the case that was opened. */
export async function openCase(parts: DeskParts, asker: Identity, draft: CaseDraft): Promise<string> {
  for (const argument of ["verifiedHow", "reason"] as const) checkText(argument, draft[argument]);
  const { dataset, uuid } = aboutWhom(parts, draft);
  const row = await stewardsRow(parts, asker, dataset, uuid);
  if (draft.kind === "WITHDRAW_CONSENT") refuseNeedless(parts, dataset, row, draft);
  const id = v7();
  const made: NewCase = {
    ...{ id, dataset: dataset.name, row: uuid, territory: String(row.territory) },
    ...{ kind: draft.kind, askedBy: draft.askedBy, department: asker.department.code },
    openedAt: parts.now(),
    verifiedHow: sealText(parts.cipher, id, "verifiedHow", draft.verifiedHow.trim()),
    reason: sealText(parts.cipher, id, "reason", draft.reason.trim()),
  };
  await store(parts, asker, made, Number(row.version));
  return id;
}

/** A dataset that says something about persons, which the hub keeps itself. */
function aboutWhom(
  { catalogue }: DeskParts,
  { id, kind }: CaseDraft,
): { dataset: DatasetEntry; uuid: string } {
  const told = parseId(id);
  const dataset = told && catalogue.kept.find(({ name }) => name === told.dataset);
  if (!told || !dataset) throw outOfReach();
  if (!dataset.fields.some(({ personal }) => personal === "PERSONAL" || personal === "SENSITIVE"))
    throw refused("NO_PERSON", `${dataset.name} 不含个人信息。${dataset.name} holds no personal data`, {
      argument: "id",
      dataset: dataset.name,
    });
  if (kind === "WITHDRAW_CONSENT" && !dataset.consent)
    throw refused(
      "NO_CONSENT",
      `${dataset.name} 不以个人同意为依据，没有可撤回的同意。${dataset.name} records no consent that could be withdrawn`,
      { argument: "kind", dataset: dataset.name, consentIn: consentingDatasets(catalogue) },
    );
  return { dataset, uuid: told.uuid };
}

function consentingDatasets({ kept }: DeskParts["catalogue"]): string[] {
  return kept.filter(({ consent }) => consent).map(({ name }) => name);
}

/** The row, where this identity is its steward; the same refusal where there is none and where it is another's. */
async function stewardsRow(
  parts: DeskParts,
  asker: Identity,
  dataset: DatasetEntry,
  uuid: string,
): Promise<SystemRow> {
  const rights = await parts.rights.current();
  if (!writesSomewhere(asker, dataset, rights))
    throw new HubError(
      "FORBIDDEN",
      `个人的申请由该数据集的数源部门受理，须有 steward 职责。A person's case is opened by the stewards of ${dataset.name}, with the duty steward`,
      { dataset: dataset.name, duty: "steward" },
    );
  const row = await rowOf(parts, dataset, uuid);
  const own = row && unwritable(asker, dataset, rights, [undefined], [String(row.territory)]).length === 0;
  if (!row || !own) throw outOfReach();
  return row;
}

/** Told before anything is recorded: a withdrawal is opened only where it takes effect. */
function refuseNeedless(
  parts: DeskParts,
  dataset: DatasetEntry,
  row: SystemRow,
  { askedBy }: CaseDraft,
): void {
  if (askedBy === "HEIR")
    throw refused(
      "NOT_AN_HEIRS",
      "同意由本人或者监护人撤回。A consent is withdrawn by the person or the guardian",
      { argument: "askedBy" },
    );
  if (Object.keys(withdrawnValues(parts, dataset, row, askedBy)).length === 0)
    throw refused("NOTHING_GIVEN", "没有生效的同意。There is no consent in force", { argument: "kind" });
}

async function store(parts: DeskParts, asker: Identity, made: NewCase, rowVersion: number): Promise<void> {
  const { act, to, duty } = OPENING;
  await inTransaction(parts.pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM rights_case WHERE open AND row_id = $1 AND kind = $2 AND department = $3",
      [made.row, made.kind, made.department],
    );
    if (rows[0]) throw second(rows[0].id);
    await insertCase(client, made);
    await insertCaseTransition(client, made.id, {
      ...{ kind: made.kind, seq: 1, at: made.openedAt, act, to, duty, rowVersion },
      ...{ actor: asker.subject, department: asker.department.code },
    });
  }).catch((error) => {
    throw error.constraint === "rights_case_open_once" ? second() : error;
  });
}

function second(rightsCase?: string): HubError {
  return refused(
    "ALREADY_OPEN",
    "本部门对该记录已有同类未结事项。Your department has a case of this kind for the row, and it is still open",
    { argument: "id", rightsCase },
  );
}

function outOfReach(): HubError {
  return new HubError(
    "NOT_FOUND",
    "没有这样的记录，或不属本部门维护。No such row, or it is not your department's to keep",
    { argument: "id" },
  );
}
