/** Verifies a file by its stamp: genuine, altered or unknown, and whether it may still be held. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Pool } from "pg";
import { recordsIn } from "./mark";
import { isSigned } from "./signer";
import type { Signed, Stamp } from "./stamp";
import { findByDigest, findByRecord, type Kept } from "./store";

export type Verdict =
  | { readonly is: "genuine"; readonly kept: Kept; readonly stamp: Stamp }
  /** It names a stamp of this hub, but its bytes are others. */
  | { readonly is: "altered"; readonly stamp: Stamp; readonly because: "BYTES" | "SIGNATURE" }
  | { readonly is: "unknown"; readonly sha256: string };

export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** By what the hub has kept. */
export async function verifyFile(pool: Pool, file: string): Promise<Verdict> {
  const sha256 = await digestOf(file);
  const [kept] = await findByDigest(pool, sha256);
  if (kept) {
    const stamp = JSON.parse(kept.text) as Stamp;
    const genuine = isSigned(kept.text, kept.signature, kept.publicKey) && stamp.sha256 === sha256;
    return genuine ? { is: "genuine", kept, stamp } : { is: "altered", stamp, because: "SIGNATURE" };
  }
  for (const record of await recordsIn(file)) {
    const named = await findByRecord(pool, record);
    if (named) return { is: "altered", stamp: JSON.parse(named.text) as Stamp, because: "BYTES" };
  }
  return { is: "unknown", sha256 };
}

/** By a stamp and a public key alone, without the hub. */
export async function verifyWith(
  file: string,
  { stamp, signature }: Signed,
  publicKey: string,
): Promise<"genuine" | "altered" | "forged"> {
  if (!isSigned(JSON.stringify(stamp), Buffer.from(signature, "base64"), publicKey)) return "forged";
  return (await digestOf(file)) === stamp.sha256 ? "genuine" : "altered";
}
