/** `hub divisions recode`: a division change from a file, told dataset by dataset and recorded as an act of the operators. */
import { userInfo } from "node:os";
import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { recordWithin } from "../audit";
import { readConfig } from "../config";
import { openPool } from "../database/connect";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import { inspectFile } from "../write/import";
import { type Change, type Recoded, readChanges, recode } from "../write/recode";
import { withDatabase } from "./database";
import { missingFile } from "./failed";

export interface RecodeOptions {
  readonly dryRun?: boolean;
}

export async function recodeDivisions(path: string, { dryRun = false }: RecodeOptions): Promise<void> {
  const changes = await readChanges(await inspectFile(path).catch(missingFile));
  const by = `cli:${userInfo().username}`;
  const startedAt = new Date();
  const record = (client: PoolClient, done: Recoded) =>
    recordWithin(client, recordOf(changes, done, by, startedAt));
  await withDatabase(readConfig(), async (url) => {
    await runMigrations(url);
    const limits = { name: "recode", connections: 1, statement: 1_800_000, answer: 1_810_000 };
    const pool = openPool(url, limits, () => undefined);
    try {
      const done = await recode({ catalogue, pool }, { changes, by, dryRun, record });
      process.stdout.write(summary(done, dryRun));
    } finally {
      await pool.end();
    }
  });
}

/** Found by the stewards of the datasets and the auditors of the places that it touched. */
function recordOf(changes: readonly Change[], done: Recoded, subject: string, at: Date) {
  const territories = [...new Set(changes.flatMap(({ from, to }) => [from, to]))].sort();
  const basis = [...new Set(changes.map((change) => change.basis))].join("、");
  return {
    at,
    requestId: v7(),
    subject,
    department: "system",
    kind: "COMMAND" as const,
    operation: `hub divisions recode ${basis}`,
    document: JSON.stringify(changes.map(({ from, to, validFrom, basis }) => [from, to, validFrom, basis])),
    datasets: done.datasets.map(({ dataset, fields }) => ({
      dataset,
      fields: fields.map((field) => ({ field, level: "FULL", territories })),
    })),
    rows: done.datasets.reduce((sum, { rows }) => sum + rows, 0),
    suppressed: 0,
    grants: [],
    cost: 0,
    outcome: "ANSWERED" as const,
    milliseconds: Date.now() - at.getTime(),
  };
}

function summary(done: Recoded, dryRun: boolean): string {
  const lines = [
    dryRun ? "试运行，未写入。Dry run, nothing written." : "已重新编码。Re-coded.",
    ...done.datasets.map(({ dataset, rows }) => `${dataset} ${rows}`),
    `停用的区划 divisions retired ${done.divisions}`,
    `转入新代码的授权 grants moved ${done.grants}，终止、须重新授权 ended, to be granted anew ${done.grantsEnded}`,
    `转入新代码的应用密钥 app keys moved ${done.keys}，吊销 revoked ${done.keysRevoked}`,
    ...done.datasets.flatMap(({ dataset, toCorrect }) =>
      Object.entries(toCorrect).map(
        ([rule, rows]) => `须由数源部门更正 for the steward to correct: ${dataset} ${rule} ${rows}`,
      ),
    ),
    ...(done.requests > 0
      ? [
          `未办结的共享申请用原代码，须重新申请 open requests at an old code, to be filed anew: ${done.requests}`,
        ]
      : []),
    ...Object.entries(done.left).map(
      ([dataset, rows]) => `仍用原代码，请另行更新 still at an old code: ${dataset} ${rows}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
