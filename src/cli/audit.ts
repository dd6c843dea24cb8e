/** `hub audit`: verifies the sealed access log, prints its head, drops months whose years are over. */
import { existsSync } from "node:fs";
import type { Pool } from "pg";
import { type Finding, lastSeal, operator, retire, toldOf, type Verified, verify } from "../audit";
import { readConfig } from "../config";
import { openPool } from "../database/connect";
import { DatabaseFailure } from "../database/failure";
import { HubError } from "../errors";
import { withDatabase } from "./database";

export interface VerifyOptions {
  readonly heads?: string;
  readonly from?: number;
}

/** Findings that are told one by one; the rest are counted. */
const TOLD = 100;

/** Exit code 0: intact; 1: it is not, or could not be verified. */
export async function verifyLog({ heads, from }: VerifyOptions): Promise<void> {
  const config = readConfig();
  const file = heads ?? config.audit.heads;
  if (heads && !existsSync(heads))
    throw new HubError("BAD_USER_INPUT", `读不到文件 ${heads}。The file of heads cannot be read.`);
  await withLog(async (pool) => {
    let count = 0;
    const onFinding = (finding: Finding) => {
      if (++count <= TOLD) process.stdout.write(lineOf(finding));
    };
    const given = {
      client: pool,
      now: new Date(),
      from,
      heads: existsSync(file) ? file : undefined,
      onFinding,
    };
    const verified = await verify(given);
    process.stdout.write(summary(verified, count, file));
    process.exitCode = count > 0 ? 1 : 0;
  });
}

/** The newest head, for whoever keeps heads elsewhere too. */
export async function printHead(): Promise<void> {
  await withLog(async (pool) => {
    const last = await lastSeal(pool);
    if (last) process.stdout.write(`${JSON.stringify(toldOf(last))}\n`);
    else process.stderr.write("尚无封存。Nothing is sealed yet.\n");
  });
}

export interface RetireOptions {
  readonly before: string;
  readonly heads?: string;
}

export async function retireMonths({ before, heads }: RetireOptions): Promise<void> {
  const config = readConfig();
  const file = heads ?? config.audit.heads;
  if (!existsSync(file))
    throw new HubError(
      "BAD_USER_INPUT",
      `读不到文件 ${file}。The file of heads cannot be read; name it with --heads.`,
    );
  await withLog(async (pool) => {
    const asked = { pool, before: `${before}-01`, heads: file, by: operator(), now: new Date() };
    const gone = await retire(asked);
    if (gone.length === 0) process.stdout.write("没有更早的月份。There is no month before.\n");
    for (const { month, records, lastSeal: seal } of gone)
      process.stdout.write(
        `${month} 已删除 retired: ${records} 条记录 records，封存编号至 seals up to ${seal}\n`,
      );
  });
}

const UNDEFINED_TABLE = "42P01";

/** Changes no table of its own accord: an auditor's account may only read. */
async function withLog(work: (pool: Pool) => Promise<void>): Promise<void> {
  await withDatabase(readConfig(), async (url) => {
    const hours = 6 * 60 * 60 * 1000;
    const limits = { name: "audit", connections: 2, statement: hours, answer: 0 };
    const pool = openPool(url, limits, () => undefined);
    try {
      await work(pool);
    } catch (error) {
      throw (error as { code?: string }).code === UNDEFINED_TABLE
        ? new DatabaseFailure("The database has no sealed log.", "Start the hub once, or run hub migrate.")
        : error;
    } finally {
      await pool.end();
    }
  });
}

const WORDS: Record<Finding["what"], string> = {
  EDITED: "被修改 edited",
  DELETED: "被删除 deleted",
  INSERTED: "被插入 inserted",
  REORDERED: "次序被改动 reordered",
  SEAL_EDITED: "封存被修改 seal edited",
  SEAL_MISSING: "封存缺失 seal missing",
  HEAD_DIFFERS: "与公布的链首不一致 differs from the published head",
};

function lineOf({ what, seal, seq, note }: Finding): string {
  const place = [seal !== undefined && `封存 seal ${seal}`, seq !== undefined && `记录 record ${seq}`];
  return `✗ ${[...place, WORDS[what]].filter(Boolean).join(" · ")}（${note}）\n`;
}

function summary(
  { seals, records, retired, gone, last, waiting, published, unreadable }: Verified,
  count: number,
  file: string,
) {
  const lines = [
    count === 0 ? "完好。Intact." : `不完好：${count} 处。Broken: ${count} findings.`,
    `封存 seals ${seals}，核验记录 records verified ${records}，已满期删除 retired ${retired}，尚未封存 waiting ${waiting}`,
  ];
  for (const { month, records: went, lastSeal: seal } of gone)
    lines.push(
      `${month} 满三年，依法删除 lawfully dropped: ${went} 条记录 records，封存编号至 seals up to ${seal}`,
    );
  if (last) lines.push(`链首 head ${last.number} ${last.head.toString("hex")}`);
  if (published) lines.push(`已公布至 published up to seal ${published.seal}：${file}`);
  else
    lines.push(
      `未与公布的链首比对（${file}）：整链重算的改动无从发现。No published head was compared: a chain that was made anew as a whole is not found out.`,
    );
  if (unreadable > 0) lines.push(`无法读取的行 lines that are no heads: ${unreadable}`);
  return `${lines.join("\n")}\n`;
}
