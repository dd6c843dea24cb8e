/** `hub verify`, `hub stamp`: tells whether a file is what left this hub, and whether it may still be held. */
import { readFileSync } from "node:fs";
import type { Pool } from "pg";
import { readConfig } from "../config";
import { openPool } from "../database/connect";
import { catalogue } from "../datasets";
import { HubError } from "../errors";
import {
  findByRecord,
  keyId,
  publicKeys,
  type Signed,
  type Stamp,
  standingOf,
  verifyFile,
  verifyWith,
} from "../exchange";
import { createRightsStore } from "../identity";
import { UUID } from "../read";
import { withDatabase } from "./database";
import { missingFile } from "./failed";

export interface VerifyOptions {
  readonly stamp?: string;
  readonly key?: string;
}

/** Exit code 0: genuine and still lawful to hold; 1: altered or unknown; 3: genuine, but to be deleted. */
export async function verify(file: string, { stamp, key }: VerifyOptions): Promise<void> {
  try {
    if (stamp !== undefined) await verifyApart(file, stamp, key);
    else await withPool((pool) => verifyHere(pool, file));
  } catch (error) {
    missingFile(error);
  }
}

async function verifyHere(pool: Pool, file: string): Promise<void> {
  const verdict = await verifyFile(pool, file);
  switch (verdict.is) {
    case "unknown":
      say(`未知：本平台没有签发过这些字节（SHA-256 ${verdict.sha256}），文件中也没有凭证编号。`);
      say("Unknown: no file of these bytes has left this hub, and the file names no stamp of it.");
      say("请向提供者索取原始文件。Ask whoever gave it to you for the file as it left the hub.");
      process.exitCode = 1;
      return;
    case "altered":
      tell(verdict.stamp);
      say(
        verdict.because === "BYTES"
          ? "已改动：文件所称的凭证属于另外的字节。Altered: the stamp that it names is of other bytes."
          : "凭证签名不符。The stamp's signature does not hold.",
      );
      say("请勿使用，请重新导出。Do not rely on it; export it again.");
      process.exitCode = 1;
      return;
    case "genuine": {
      const { kept, stamp } = verdict;
      tell(stamp);
      say(`封存位置 log position: ${kept.seq ?? "-"}，封存 seal ${kept.seal ?? "尚未 not yet"}`);
      say("真实：与导出时完全一致。Genuine: it is what left the hub.");
      await tellStanding(pool, stamp);
    }
  }
}

async function tellStanding(pool: Pool, stamp: Stamp): Promise<void> {
  const rights = await createRightsStore(pool).current();
  const { lawful, lost, ended } = await standingOf({ catalogue, pool, rights, at: new Date() }, stamp);
  if (lawful) return say("现有权限仍涵盖其内容。The rights of now still cover it.");
  say("不得继续持有：读取所依据的权限已经终止。No longer lawful to hold: the right it was read by is over.");
  for (const grant of ended)
    say(`  授权 grant ${grant.id} ${grant.state} ${grant.endedAt}：${grant.legalBasis}`);
  for (const { dataset, field, territory, was, now } of lost.slice(0, MOST))
    say(`  ${dataset}.${field} ${territory}: ${was} → ${now}`);
  if (lost.length > MOST) say(`  … ${lost.length - MOST}`);
  say(
    "请删除文件及其副本并用 reportDisposal 报告处置，或者重新申请授权后再导出。Delete it and its copies, and report it with reportDisposal; or request access anew and export again.",
  );
  process.exitCode = 3;
}

const MOST = 20;

/** Without the hub's database: by a stamp that was saved and a public key that was given. */
async function verifyApart(file: string, stampFile: string, keyFile: string | undefined): Promise<void> {
  if (!keyFile)
    throw new HubError(
      "BAD_USER_INPUT",
      "请用 --key 指定公钥文件（hub stamp --keys 或 stampKeys 查询给出）。Name the public key with --key; hub stamp --keys prints it.",
    );
  const { stamp, signature } = read(stampFile);
  const publicKey = keyIn(keyFile, stamp.key);
  const verdict = publicKey ? await verifyWith(file, { stamp, signature }, publicKey) : "forged";
  tell(stamp);
  if (verdict === "genuine") {
    say(`真实，由密钥 ${stamp.key} 签署。Genuine, signed by this key.`);
    say("是否仍可持有须由平台核验。Whether it may still be held only the hub can tell.");
    return;
  }
  say(
    verdict === "altered"
      ? "已改动：凭证属于另外的字节。Altered: the stamp is of other bytes."
      : "凭证不是由这个密钥签署的。The stamp is not signed by this key.",
  );
  process.exitCode = 1;
}

/** The one of the keys in the file that the stamp names. */
function keyIn(file: string, id: string): string | undefined {
  const keys = readFileSync(file, "utf8").match(/-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----/gs);
  if (!keys)
    throw new HubError(
      "BAD_USER_INPUT",
      `${file} 不是公钥（PEM）。This is no public key: hub stamp --keys prints it.`,
    );
  return keys.find((key) => keyId(key) === id);
}

function read(file: string): Signed {
  try {
    const { stamp, signature } = JSON.parse(readFileSync(file, "utf8")) as Signed;
    if (typeof stamp?.sha256 === "string" && typeof signature === "string") return { stamp, signature };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HubError("BAD_USER_INPUT", `${file} 不是凭证。This is no stamp: hub stamp <record> prints one.`);
}

/** Prints a stamp as it is verified apart, or the public keys. */
export async function stamp(record: string | undefined, { keys }: { keys?: boolean }): Promise<void> {
  await withPool(async (pool) => {
    if (keys) {
      const all = await publicKeys(pool);
      if (all.length === 0) process.stderr.write("尚无凭证。No file has been stamped yet.\n");
      for (const { publicKey } of all) process.stdout.write(publicKey);
      return;
    }
    const found = record && UUID.test(record) ? await findByRecord(pool, record.toLowerCase()) : undefined;
    if (!found)
      throw new HubError(
        "NOT_FOUND",
        "没有这个编号的凭证；编号见响应头 Hub-Stamp 或文件末尾。No stamp has this number: the header Hub-Stamp or the file's end tells it.",
      );
    const signed: Signed = {
      stamp: JSON.parse(found.text) as Stamp,
      signature: found.signature.toString("base64"),
    };
    process.stdout.write(`${JSON.stringify(signed)}\n`);
  });
}

function tell({ record, department, purpose, dataTime, rows, format, withheld }: Stamp): void {
  say(`凭证 stamp ${record}：${department}${purpose ? `，目的 purpose ${purpose}` : ""}`);
  say(`数据时间 data of ${dataTime}，${rows} 行 rows，${format}`);
  if (withheld.length > 0) say(`未完全授权 not fully open: ${withheld.join(" ")}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function withPool(work: (pool: Pool) => Promise<void>): Promise<void> {
  await withDatabase(readConfig(), async (url) => {
    const pool = openPool(
      url,
      { name: "verify", connections: 2, statement: 60_000, answer: 0 },
      () => undefined,
    );
    try {
      await work(pool);
    } finally {
      await pool.end();
    }
  });
}
