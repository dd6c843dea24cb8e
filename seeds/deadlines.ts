// The deadlines that the law sets for sharing, in working days; a city or district may only shorten them (B-14).
import type { Pool } from "pg";
import { v5 as uuidOf } from "uuid";
import type { Sharing } from "../src/declare";

/** 政务数据共享条例 is in force from this day. */
const FROM = "2025-08-01T00:00:00+08:00";
const NAMESPACE = "0f7f4c7e-54d2-5a0e-8d0a-6d0c3d9d7a42";
const REGULATION = "政务数据共享条例";

export interface DeadlineSeed {
  readonly act: string;
  readonly sharing?: Sharing;
  readonly workingDays: number;
  readonly extensionDays: number;
  readonly article: string;
}

export const DEADLINES: readonly DeadlineSeed[] = [
  // B-11
  {
    act: "ANSWER",
    sharing: "UNCONDITIONAL",
    workingDays: 1,
    extensionDays: 0,
    article: `${REGULATION} 第二十一条第一款`,
  },
  {
    act: "ANSWER",
    sharing: "CONDITIONAL",
    workingDays: 10,
    extensionDays: 10,
    article: `${REGULATION} 第二十一条第一款`,
  },
  // The law sets no end to it: a proposal, as long as the provider's own time.
  { act: "SUPPLEMENT", workingDays: 10, extensionDays: 0, article: "本平台建议，条例未规定补充期限" },
  // B-13
  { act: "DELIVER", workingDays: 20, extensionDays: 0, article: `${REGULATION} 第二十二条` },
  // B-07
  { act: "CATALOGUE_UPDATE", workingDays: 10, extensionDays: 5, article: `${REGULATION} 第十七条` },
  { act: "CATALOGUE_REVIEW", workingDays: 2, extensionDays: 0, article: `${REGULATION} 第十七条` },
  // B-19
  { act: "CORRECT", workingDays: 10, extensionDays: 0, article: `${REGULATION} 第二十六条` },
];

/** Puts in what is missing: a rule that was ended since stays ended. */
export async function seedDeadlines(pool: Pool): Promise<void> {
  const rows = DEADLINES.map(({ act, sharing, workingDays, extensionDays, article }) => ({
    id: uuidOf(`${act}|${sharing ?? ""}`, NAMESPACE),
    act,
    sharing: sharing ?? null,
    working_days: workingDays,
    extension_days: extensionDays,
    article,
    starts_at: FROM,
  }));
  const columns = "id, act, sharing, working_days, extension_days, article, starts_at";
  await pool.query(
    `INSERT INTO deadline_rule (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::deadline_rule, $1::jsonb) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
