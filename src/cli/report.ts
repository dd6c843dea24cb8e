/** `hub report sharing`: figures of supervision as CSV, for the operators. */
import { usedSince } from "../audit";
import { readConfig } from "../config";
import { openPool } from "../database/connect";
import { catalogue } from "../datasets";
import { CITY, DateScalar } from "../declare";
import { HubError } from "../errors";
import { codeOf } from "../sharing/requests/items";
import { missedTable, performanceTable, readPerformance, sightOfOperator } from "../sharing/supervision";
import { withDatabase } from "./database";

export interface SharingReportOptions {
  readonly from: string;
  readonly until: string;
  readonly territory?: string;
  readonly missed?: boolean;
}

/** Reads alone: an account that may change nothing will do. */
export async function sharingReport({ from, until, territory, missed }: SharingReportOptions): Promise<void> {
  const period = { from: dayOf("from", from), until: dayOf("until", until) };
  const sight = sightOfOperator(codeOf(territory) ?? CITY);
  await withDatabase(readConfig(), async (url) => {
    const minutes = 10 * 60 * 1000;
    const limits = { name: "report", connections: 2, statement: minutes, answer: 0 };
    const pool = openPool(url, limits, () => undefined);
    try {
      const parts = {
        catalogue,
        pool,
        now: () => new Date(),
        usedSince: (since: Date) => usedSince(pool, since),
      };
      const performance = await readPerformance(parts, period, sight);
      process.stdout.write(missed ? missedTable(performance) : performanceTable(performance));
    } finally {
      await pool.end();
    }
  });
}

function dayOf(argument: string, text: string): string {
  try {
    return String(DateScalar.parseValue(text));
  } catch {
    throw new HubError("BAD_USER_INPUT", `--${argument} ${text} 不是日期，须为 yyyy-mm-dd。This is no date`, {
      argument,
    });
  }
}
