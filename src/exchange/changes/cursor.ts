/** Where a feed stands, as its client carries it: sealed, and bound to department, purpose and dataset. */
import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import type { Place } from "./journal";

/** A decision that rows are delivered under. */
export interface Delivering {
  readonly hash: string;
  /** What transactions before this one did was over when the first row was delivered under it; left out: none were. */
  readonly since?: string;
}

export interface Position {
  /** Of which database the place is. */
  readonly era: string;
  readonly place: Place;
  readonly now: Delivering;
  /** Under these rows were delivered that the client may still hold. */
  readonly former: readonly Delivering[];
  /** All rows are gone through by their ids, and it stands after this one; empty at the beginning. */
  readonly sweep?: string;
  /** From this transaction on, the sweep has seen nothing that the journal is still to tell: former ones are forgotten. */
  readonly until?: string;
}

const number = z.string().regex(/^\d{1,20}$/);
const hash = z.string().regex(/^[\w-]{22}$/);
const delivering = z.union([hash, z.tuple([hash, number])]);
const Sealed = z.object({
  e: z.string().regex(/^\w{1,40}$/),
  p: z.tuple([number, number, z.number().int().min(0)]),
  n: delivering,
  f: z.array(delivering).optional(),
  s: z
    .string()
    .regex(/^([0-9a-f-]{36})?$/)
    .optional(),
  u: number.optional(),
});

export interface Bound {
  readonly asker: Pick<Identity, "department" | "purpose">;
  readonly dataset: string;
}

export function seal(cipher: Pick<Cipher, "hash">, bound: Bound, position: Position): string {
  const { era, place, now, former, sweep, until } = position;
  const text = JSON.stringify({
    e: era,
    p: [place.xid, place.seq, place.row],
    n: written(now),
    f: former.length > 0 ? former.map(written) : undefined,
    s: sweep,
    u: until,
  } satisfies z.infer<typeof Sealed>);
  const mark = proof(cipher, bound, text);
  const hidden = createCipheriv(HIDING, keyOf(cipher), mark).update(text, "utf8");
  return `${hidden.toString("base64url")}.${mark.toString("base64url")}`;
}

/** A cursor of another department, purpose or dataset is none; nor is one that nobody sealed. */
export function open(cipher: Pick<Cipher, "hash">, bound: Bound, cursor: string): Position {
  const [hidden = "", given = ""] = cursor.split(".");
  const theirs = Buffer.from(given, "base64url");
  if (cursor.length > 20_000 || theirs.length !== MARK) throw invalid();
  const text = createDecipheriv(HIDING, keyOf(cipher), theirs).update(hidden, "base64url").toString("utf8");
  if (!timingSafeEqual(proof(cipher, bound, text), theirs)) throw invalid();
  const sealed = Sealed.safeParse(JSON.parse(text));
  if (!sealed.success) throw invalid();
  const { e: era, p, n: now, f: former = [], s: sweep, u: until } = sealed.data;
  const place = { xid: p[0], seq: p[1], row: p[2] };
  return { era, place, now: read(now), former: former.map(read), sweep, until };
}

function written({ hash, since }: Delivering): z.infer<typeof delivering> {
  return since === undefined ? hash : [hash, since];
}

function read(one: z.infer<typeof delivering>): Delivering {
  return typeof one === "string" ? { hash: one } : { hash: one[0], since: one[1] };
}

/**
 * Hidden under the text's own mark, so that equal places stay equal cursors: numbers of transactions and entries count
 * what changed elsewhere.
 */
const HIDING = "aes-256-ctr";
const MARK = 16;

const keys = new WeakMap<object, Buffer>();

function keyOf(cipher: Pick<Cipher, "hash">): Buffer {
  const key = keys.get(cipher) ?? cipher.hash("change-cursor", "hiding", "key");
  keys.set(cipher, key);
  return key;
}

/** Hex digits of the hash of a text without letters that the hash would make equal. */
function proof(cipher: Pick<Cipher, "hash">, { asker, dataset }: Bound, text: string): Buffer {
  const bound = JSON.stringify([dataset, asker.department.code, asker.purpose ?? null, text]);
  return cipher.hash("change-cursor", dataset, Buffer.from(bound).toString("hex")).subarray(0, MARK);
}

function invalid(): HubError {
  return new HubError(
    "BAD_USER_INPUT",
    "这不是本部门、本目的、本数据集的变更游标。This is no cursor of your department's feed of this dataset for this purpose",
    { argument: "after", reason: "CURSOR_INVALID" },
  );
}
