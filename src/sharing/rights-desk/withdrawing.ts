/** Withdraws a consent by the ordinary write path, so that it holds in the very next answer of every door (B-35, B-38). */
import type { Consent, DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { type SystemRow, toId } from "../../read";
import type { Values } from "../../write";
import { type DeskParts, notFound, rowOf } from "./parts";
import type { CaseAsker } from "./steps";

/** Times the row is read anew where others keep changing it. */
const ATTEMPTS = 5;

const DAY = 24 * 60 * 60 * 1000;
const OFFSET = 8 * 60 * 60 * 1000;

/** What the withdrawal changes in the row; nothing where no consent is in force. */
export function withdrawnValues(
  { now }: Pick<DeskParts, "now">,
  { consent }: DatasetEntry,
  row: SystemRow,
  askedBy: CaseAsker,
): Values {
  if (!consent) return {};
  const given = (field: string | undefined): field is string => field !== undefined && row[field] === GIVEN;
  const own = given(consent.field) ? ownWithdrawal(consent, now()) : {};
  // A guardian speaks for the child and for itself: what either has said no longer counts.
  const guardians =
    askedBy === "GUARDIAN" && given(consent.guardian) ? { [consent.guardian]: consent.withdrawn } : {};
  return { ...own, ...guardians };
}

const GIVEN = "GRANTED";

function ownWithdrawal({ field, withdrawn, on }: Consent, at: Date): Values {
  return { [field]: withdrawn, ...(on && { [on]: dayOf(at) }) };
}

/** The day in Shanghai. */
function dayOf(at: Date): string {
  return new Date(Math.floor((at.getTime() + OFFSET) / DAY) * DAY).toISOString().slice(0, 10);
}

/** The row's version once nothing of the consent is in force, whoever brought that about. */
export async function withdraw(
  parts: DeskParts,
  asker: Identity,
  { dataset, uuid, askedBy }: { dataset: DatasetEntry; uuid: string; askedBy: CaseAsker },
): Promise<number> {
  for (let i = 0; i < ATTEMPTS; i++) {
    const row = await rowOf(parts, dataset, uuid);
    if (!row) throw notFound();
    const values = withdrawnValues(parts, dataset, row, askedBy);
    const version = Number(row.version);
    if (Object.keys(values).length === 0) return version;
    try {
      await parts.writer.update(asker, dataset.name, toId(dataset.name, uuid), values, version);
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== "VERSION_CONFLICT") throw error;
    }
  }
  throw new HubError("UNAVAILABLE", "记录正在被修改，请重试。The row keeps changing: try again");
}
