/** Gives up months of access records whose years are over; the sealed chain goes on through their seals. */
import { existsSync } from "node:fs";
import { monthsBefore, retire } from "../../audit";
import { HubError } from "../../errors";
import { dayOf } from "../clock";
import { type Held, type Run, writeBatch } from "./book";
import type { RetentionParts } from "./parts";
import { RECORDS_MONTHS, type RetentionRule } from "./rules";
import { firstKeptMonth, monthsAfter } from "./terms";

/** Months that the rule lets go, whatever it says none that is younger than three years. */
export function monthsDue({ pool, now }: RetentionParts, { months }: RetentionRule): Promise<string[]> {
  return monthsBefore(pool, firstKeptMonth(dayOf(now()), Math.max(months, RECORDS_MONTHS)));
}

/** Oldest first, each in a transaction of its own; what is refused is told and stops the younger ones too. */
export async function retireRecords(parts: RetentionParts, run: Run, rule: RetentionRule): Promise<Held[]> {
  const { pool, heads, now } = parts;
  const due = await monthsDue(parts, rule);
  for (const [i, month] of due.entries()) {
    const stays = (note: string): Held[] => [
      { rule: rule.id, dataset: rule.dataset, why: "RECORDS", rows: due.length - i, note },
    ];
    if (!existsSync(heads)) return stays("没有已公布的链首。There is no file of published heads");
    try {
      await retire({
        ...{ pool, heads, by: run.by, now: now(), before: monthsAfter(`${month}-01`, 1) },
        also: async (client, { records }) => {
          if (records === 0) return;
          const { id, basis, dataset, act } = rule;
          const batch = { rule: id, basis, dataset, act, rows: records, keys: [], month: `${month}-01` };
          await writeBatch(client, run, batch, now());
        },
      });
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== "BAD_USER_INPUT") throw error;
      return stays(error.message.slice(0, 500));
    }
  }
  return [];
}
