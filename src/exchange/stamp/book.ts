/** The hub's book of stamps: begun with a file, closed with its last byte, read by its department. */
import { createHash } from "node:crypto";
import { type GraphQLSchema, printSchema } from "graphql";
import type { Pool } from "pg";
import { type Catalogue, contains, rangeOf } from "../../declare";
import { HubError } from "../../errors";
import type { Identity, RightsStore } from "../../identity";
import { UUID } from "../../read";
import { type Standing, standingOf } from "./lawful";
import type { Signer } from "./signer";
import { type Origin, type Signed, type Stamp, sha256 } from "./stamp";
import { findByDigest, findByRecord, type Kept, keep, publicKeys } from "./store";

export interface StampParts {
  readonly catalogue: Catalogue;
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "refresh">;
  readonly signer: Signer;
  readonly now: () => Date;
}

/** A stamp as its department sees it. */
export interface SeenStamp extends Standing {
  readonly kept: Kept;
  readonly stamp: Stamp;
}

export interface Stamps {
  keep(origin: Origin, file: Pick<Stamp, "format" | "rows" | "bytes" | "sha256">): Promise<Signed>;
  /** By its record or a file's digest; undefined where there is none within reach. */
  find(identity: Identity, by: { record?: string; digest?: string }): Promise<SeenStamp | undefined>;
  keys(): Promise<{ id: string; publicKey: string }[]>;
}

export function createStamps({ catalogue, pool, rights, signer, now }: StampParts): Stamps {
  return {
    keep: (origin, file) =>
      keep(pool, signer, { form: 1, ...origin, ...file, madeAt: now().toISOString(), key: signer.id }),
    async find(identity, { record, digest }) {
      const found = await foundBy(pool, record, digest);
      const kept = found.find(({ department }) => mayRead(identity, department));
      if (!kept) return undefined;
      const stamp = JSON.parse(kept.text) as Stamp;
      const standing = await standingOf(
        { catalogue, pool, rights: await rights.refresh(), at: now() },
        stamp,
      );
      return { kept, stamp, ...standing };
    },
    async keys() {
      const all = await publicKeys(pool);
      const own = { id: signer.id, publicKey: signer.publicKey };
      return all.some(({ id }) => id === own.id) ? all : [own, ...all];
    },
  };
}

async function foundBy(pool: Pool, record?: string, digest?: string): Promise<Kept[]> {
  if ((record === undefined) === (digest === undefined))
    throw new HubError(
      "BAD_USER_INPUT",
      "record、digest 须给出且只给出一个。Give record or digest, one of them",
    );
  if (record !== undefined) {
    if (!UUID.test(record))
      throw new HubError("BAD_USER_INPUT", "record 不是记录的编号。record is no id of one");
    const one = await findByRecord(pool, record.toLowerCase());
    return one ? [one] : [];
  }
  if (!/^[0-9a-fA-F]{64}$/.test(digest as string))
    throw new HubError(
      "BAD_USER_INPUT",
      "digest 须为 64 位十六进制的 SHA-256。digest is a SHA-256 in 64 hex digits",
    );
  return findByDigest(pool, digest as string);
}

/** Its own department; auditors those of their territory too. */
function mayRead({ department, duties }: Identity, owner: string): boolean {
  if (owner === department.code) return true;
  const territory = owner.split("@")[1] ?? "";
  return duties.includes("audit") && contains(rangeOf(department.territory as never), territory as never);
}

const schemas = new WeakMap<GraphQLSchema, string>();

/** SHA-256 of the schema as it is printed; made once. */
export function schemaHash(schema: GraphQLSchema): string {
  const known = schemas.get(schema) ?? sha256(printSchema(schema));
  schemas.set(schema, known);
  return known;
}

/** Lets pieces pass and keeps the last one back until `close` has had the digest of them all. */
export async function* sealed(
  pieces: AsyncIterable<Buffer>,
  close: (digest: { sha256: string; bytes: number }) => Promise<void>,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  let last: Buffer | undefined;
  for await (const piece of pieces) {
    if (last) yield last;
    hash.update(piece);
    bytes += piece.length;
    last = piece;
  }
  await close({ sha256: hash.digest("hex"), bytes });
  if (last) yield last;
}
