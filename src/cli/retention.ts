/** `hub retention`: rules of how long rows are kept, and the run that deletes or freezes what is due. */
import { readFile } from "node:fs/promises";
import type { Pool } from "pg";
import { actOf, operator, recordWithin } from "../audit";
import { type Config, readConfig } from "../config";
import { openPool } from "../database/connect";
import { runMigrations } from "../database/source";
import { inTransaction } from "../database/transaction";
import { catalogue } from "../datasets";
import { createCipher } from "../declare/cipher";
import { masterKeyOf } from "../declare/master-key";
import { createRightsStore } from "../identity";
import { eraserOf } from "../sharing";
import { dayOf } from "../sharing/clock";
import {
  alone,
  busy,
  type DueOfRule,
  dueOfRules,
  type RetentionParts,
  readRuleFile,
  runRetention,
  standingRules,
  storeRules,
} from "../sharing/retention";
import { withDatabase } from "./database";
import { missingFile } from "./failed";

export interface RunOptions {
  readonly dryRun?: boolean;
}

/** Stopped or killed, the same command goes on with what is left. */
export async function runDue({ dryRun }: RunOptions): Promise<void> {
  await withRetention(async (parts) => {
    if (dryRun) return void process.stdout.write(toldDue(await dueOfRules(parts, 0)));
    const counts = new Map<string, number>();
    const onBatch = ({ dataset, rows }: { dataset: string; rows: number }) =>
      void counts.set(dataset, (counts.get(dataset) ?? 0) + rows);
    const done = await alone(parts.pool, () =>
      runRetention(parts, { by: operator(), origin: "COMMAND", onBatch }),
    );
    if (!done) throw busy();
    const lines = [...counts].map(([dataset, rows]) => `${dataset}: ${rows}`);
    process.stdout.write(
      `${["已处理 Done", ...(lines.length > 0 ? lines : ["没有到期的。Nothing was due."])].join("\n")}\n`,
    );
    const left = (await dueOfRules(parts, 0)).filter(({ due }) => due > 0);
    if (left.length > 0) process.stdout.write(toldDue(left));
  });
}

export async function importRules(path: string): Promise<void> {
  const at = new Date();
  const text = await readFile(path, "utf8").catch(missingFile);
  const rules = readRuleFile(catalogue, text);
  await withRetention(({ pool }) =>
    inTransaction(pool, async (client) => {
      const done = await storeRules(client, rules, { by: operator(), at, day: dayOf(at) });
      await recordWithin(
        client,
        actOf("hub retention rules import", { at, document: text, rows: done.added }),
      );
      process.stdout.write(
        `新增 added ${done.added}，不变 unchanged ${done.kept}，终止 ended ${done.ended}\n`,
      );
    }),
  );
}

export async function listRules(): Promise<void> {
  await withRetention(async (parts) => {
    const rules = await standingRules(parts);
    for (const { id, dataset, starts, months, act, territory, basis } of rules)
      process.stdout.write(
        `${dataset}  ${starts} + ${months} 月 months → ${act}  ${territory}  ${basis}  (${id})\n`,
      );
  });
}

function toldDue(due: readonly DueOfRule[]): string {
  const lines = due.map(({ rule, due: rows, held }) => {
    const stays = held.map((one) => `${one.why} ${one.rows}`).join(", ");
    const what = rule.dataset === "accessRecord" ? "个月 months" : "条 rows";
    return `${rule.dataset} ${rule.act}: 到期 due ${rows} ${what}${stays && `，暂不处理 held back: ${stays}`}  ${rule.basis} (${rule.id})`;
  });
  return `${lines.join("\n")}\n`;
}

async function withRetention(work: (parts: RetentionParts) => Promise<void>): Promise<void> {
  const config = readConfig();
  await withDatabase(config, async (url) => {
    await runMigrations(url);
    const hour = 60 * 60 * 1000;
    const limits = { name: "retention", connections: 3, statement: hour, answer: 0 };
    const pool = openPool(url, limits, () => undefined);
    try {
      await work(partsOf(config, pool));
    } finally {
      await pool.end();
    }
  });
}

function partsOf(config: Config, pool: Pool): RetentionParts {
  const cipher = createCipher(masterKeyOf(config));
  const now = () => new Date();
  return {
    ...{ catalogue, cipher, pool, rights: createRightsStore(pool), now, heads: config.audit.heads },
    eraser: eraserOf({ catalogue, cipher, now }),
  };
}
