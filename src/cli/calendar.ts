/** `hub calendar import`: holidays and make-up workdays of whole years, as the State Council's notices name them. */
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { Client } from "pg";
import { v7 } from "uuid";
import { recordWithin } from "../audit";
import { readConfig } from "../config";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import { reckonUpdates } from "../sharing/catalogue";
import { type CalendarImport, readCalendarFile, storeCalendar } from "../sharing/clock";
import { reckonCorrections } from "../sharing/corrections";
import { reckonAnew } from "../sharing/requests";
import { withDatabase } from "./database";
import { missingFile } from "./failed";

export async function importCalendar(path: string): Promise<void> {
  const startedAt = new Date();
  const text = await readFile(path, "utf8").catch(missingFile);
  const days = readCalendarFile(text);
  await withDatabase(readConfig(), async (url) => {
    await runMigrations(url);
    const client = new Client({ connectionString: url, application_name: "community-hub calendar" });
    await client.connect();
    try {
      await client.query("BEGIN");
      const done = await storeCalendar(client, days);
      const requests = await reckonAnew(client, startedAt);
      const corrections = await reckonCorrections({ catalogue }, client, startedAt);
      const moved = requests + corrections + (await reckonUpdates(client, startedAt));
      await recordWithin(client, recordOf(text, done, startedAt));
      await client.query("COMMIT");
      process.stdout.write(summary(done, moved));
    } finally {
      await client.end(); // what was not committed is rolled back with it
    }
  });
}

/** Deadlines are counted by these days: who entered them is recorded. */
function recordOf(text: string, { days, years }: CalendarImport, at: Date) {
  return {
    at,
    requestId: v7(),
    subject: `cli:${userInfo().username}`,
    department: "system",
    kind: "COMMAND" as const,
    operation: `hub calendar import ${years.join(" ")}`,
    document: text,
    datasets: [],
    rows: days,
    suppressed: 0,
    grants: [],
    cost: 0,
    outcome: "ANSWERED" as const,
    milliseconds: Date.now() - at.getTime(),
  };
}

function summary({ days, years, removed }: CalendarImport, moved: number): string {
  return `${years.join("、")} 年：${days} 日，删除 ${removed} 日，${moved} 个期限重新计算。Days entered: ${days}, removed: ${removed}; deadlines moved: ${moved}.\n`;
}
