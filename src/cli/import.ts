/** `hub import`: a CSV file into a dataset, with progress, a file of refused rows, and a summary. */
import { userInfo } from "node:os";
import { SingleBar } from "cli-progress";
import type { Pool } from "pg";
import { actOf, recordOnce } from "../audit";
import { type Config, readConfig } from "../config";
import { openPool } from "../database/connect";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import { createCipher } from "../declare/cipher";
import { masterKeyOf } from "../declare/master-key";
import { HubError } from "../errors";
import { createRightsStore, departmentOf } from "../identity";
import { createSettle } from "../sharing";
import {
  type Advance,
  type ImportJob,
  type ImportRequest,
  inspectFile,
  type SourceFile,
  startImport,
  writeRefused,
} from "../write/import";
import { withDatabase } from "./database";
import { failed, missingFile } from "./failed";

export interface ImportOptions {
  readonly as?: string;
  readonly system?: boolean;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly scheme?: "statistics" | "civil-affairs";
  readonly encoding?: "utf-8" | "gbk" | "gb18030";
  readonly refused?: string;
  readonly restart?: boolean;
}

/** Exit code 0: every row is in; 1: rows were refused; 2: the file cannot be imported, or not to its end. */
export async function importFile(dataset: string, path: string, options: ImportOptions): Promise<void> {
  try {
    const as = whoOf(options);
    const file = await inspectFile(path, encodingOf(options)).catch(missingFile);
    const config = readConfig();
    await withDatabase(config, async (url) => {
      await runMigrations(url);
      const pool = openImportPool(url);
      try {
        process.exitCode = await runImport(pool, config, dataset, file, as, options);
      } finally {
        await pool.end();
      }
    });
  } catch (error) {
    failed(error);
    process.exitCode = 2;
  }
}

function whoOf({ as, system }: ImportOptions): ImportRequest["as"] {
  if (system && !as) return { system: "cli" };
  const department = as && !system ? departmentOf(as) : undefined;
  if (!department)
    throw new HubError(
      "BAD_USER_INPUT",
      "请用 --as 指明部门（如 civil-affairs@140100000000），装载种子数据用 --system。Name the department with --as, e.g. civil-affairs@140100000000, or use --system for seeds.",
    );
  return { subject: `cli:${userInfo().username}`, department, duties: ["read", "steward"] };
}

function encodingOf({ encoding }: ImportOptions): SourceFile["encoding"] | undefined {
  return encoding === "gbk" ? "gb18030" : encoding;
}

function openImportPool(url: string): Pool {
  return openPool(
    url,
    { name: "import", connections: 3, statement: 300_000, answer: 310_000 },
    () => undefined,
  );
}

async function runImport(
  pool: Pool,
  config: Config,
  dataset: string,
  file: SourceFile,
  as: ImportRequest["as"],
  options: ImportOptions,
): Promise<0 | 1 | 2> {
  const cipher = createCipher(masterKeyOf(config));
  const parts = {
    catalogue,
    cipher,
    pool,
    rights: createRightsStore(pool),
    settle: createSettle({ cipher, now: () => new Date() }),
  };
  const at = new Date();
  const progress = showProgress();
  const stop = onInterrupt();
  const { job, done } = await startImport(parts, {
    dataset,
    file,
    as,
    mode: options.allOrNothing ? "ALL_OR_NOTHING" : "ROWS",
    dryRun: options.dryRun,
    restart: options.restart,
    scheme: options.scheme === "civil-affairs" ? "CIVIL_AFFAIRS" : "STATISTICS",
    signal: stop.signal,
    onProgress: progress.update,
  });
  if (job.read > 0)
    process.stderr.write(`从第 ${job.lastLine} 行之后继续。Going on after line ${job.lastLine}.\n`);
  const ended = await done.finally(() => {
    progress.end();
    stop.forget();
  });
  await recordOnce(pool, recordOf(ended, as, at));
  if (ended.refused > 0) {
    const path = options.refused ?? `${file.path}.refused.csv`;
    await writeRefused(pool, ended, file, path);
    process.stderr.write(`被拒绝的行及原因：${path}。Refused rows with reasons are in it.\n`);
  }
  process.stdout.write(summary(ended));
  return ended.state === "STOPPED" ? 2 : ended.refused > 0 ? 1 : 0;
}

/** Who loaded how many rows, under whose name. */
function recordOf(job: ImportJob, as: ImportRequest["as"], at: Date) {
  const { dataset, added, changed, dryRun } = job;
  return {
    ...actOf(`hub import ${dataset}${dryRun ? " --dry-run" : ""} ${job.id}`, { at, rows: added + changed }),
    kind: "IMPORT" as const,
    datasets: [{ dataset, fields: [] }],
    department: "department" in as ? as.department.code : "system",
  };
}

interface Progress {
  update(at: Advance): void;
  end(): void;
}

/** A bar for people, a line now and then for logs. */
function showProgress(): Progress {
  const rows = (at: Advance) => `${at.read} 行 rows，拒绝 refused ${at.refused}`;
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: "{bar} {percentage}% {rows}",
      stream: process.stderr,
      hideCursor: true,
    });
    const update = (at: Advance) => {
      if (!bar.isActive) bar.start(1_000, 0);
      bar.update(Math.round(at.progress * 1_000), { rows: rows(at) });
    };
    return { update, end: () => bar.stop() };
  }
  let told = Date.now();
  const update = (at: Advance) => {
    if (Date.now() - told < 2_000) return;
    told = Date.now();
    process.stderr.write(`${Math.round(at.progress * 100)}% ${rows(at)}\n`);
  };
  return { update, end: () => undefined };
}

/** The first Ctrl-C stops after the batch that runs, the second at once. */
function onInterrupt(): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController();
  const stop = () => {
    forget();
    process.stderr.write("正在结束当前批次……Finishing the batch that runs…\n");
    controller.abort();
  };
  const forget = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return { signal: controller.signal, forget };
}

const STATES: Record<ImportJob["state"], string> = {
  RUNNING: "进行中 running",
  STOPPED: "已停止；再次执行同一命令即可继续 stopped; the same command goes on",
  DONE: "完成 done",
  REFUSED: "有行被拒绝，未写入任何数据 rows were refused, nothing was written",
  FAILED: "失败 failed",
};

function summary(job: ImportJob): string {
  const dry = job.dryRun ? "（试运行，未写入 dry run, nothing written）" : "";
  const lines = [
    `${job.dataset}：${STATES[job.state]}${dry}`,
    `读取 read ${job.read}`,
    `新增 new ${job.added}`,
    `变更 changed ${job.changed}`,
    `未变 unchanged ${job.unchanged}`,
    `拒绝 refused ${job.refused}`,
    `任务 job ${job.id}`,
  ];
  return `${lines.join("\n")}\n`;
}
