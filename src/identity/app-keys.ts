/** Keys of apps that cannot log in: shown once, stored hashed, scoped to duties and one purpose, expiring, rotatable. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import { inTransaction } from "../database/transaction";
import { HubError } from "../errors";
import { conflictOf, DUTIES, type Duty, departmentOf } from "./identity";

export interface AppKey {
  readonly id: string;
  readonly app: string;
  readonly department: string;
  readonly duties: readonly Duty[];
  readonly purpose?: string;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt?: Date;
  /** The app runs its approved operations alone. */
  readonly registeredOnly: boolean;
  /** Key that this one took the place of. */
  readonly replaces?: string;
}

export interface NewAppKey {
  readonly app: string;
  readonly department: string;
  readonly duties: readonly Duty[];
  /** The only purpose the app may ask for; left out: none, standing rights alone. */
  readonly purpose?: string;
  readonly days: number;
  /** Whether the app may run its approved operations alone; not, if left out. */
  readonly registeredOnly?: boolean;
  /** Account that issues it. */
  readonly issuedBy: string;
}

/** A key with the one text that is never to be seen again. */
export interface IssuedKey extends AppKey {
  readonly key: string;
}

export interface AppKeys {
  issue(wanted: NewAppKey): Promise<IssuedKey>;
  /** A new key with the same scope and lifetime; the old one works for `overlapHours` more, so that apps can change over. */
  rotate(id: string, overlapHours: number, issuedBy: string): Promise<IssuedKey>;
  /** From now on; false where no such key was in force. */
  revoke(id: string): Promise<boolean>;
  list(): Promise<AppKey[]>;
  /** The key a token names, if it is in force and its secret is right. */
  check(token: string): Promise<AppKey | undefined>;
}

const FORM = /^hub_([0-9a-z]{16})_([\w-]{43})$/;
const LONGEST_DAYS = 366;
const DAY = 24 * 60 * 60 * 1000;

export function isAppKey(token: string): boolean {
  return token.startsWith("hub_");
}

/** Told of what was done in the transaction that does it: both are there, or neither. */
export type OnKeyAct = (client: ClientBase, act: string) => Promise<void>;

export function createAppKeys(pool: Pool, onAct: OnKeyAct = async () => undefined): AppKeys {
  return {
    issue: (wanted) =>
      inTransaction(pool, async (client) => {
        const issued = await issue(client, wanted);
        await onAct(client, `issue ${issued.id} to ${issued.app} of ${issued.department}`);
        return issued;
      }),
    rotate: (id, overlapHours, issuedBy) =>
      inTransaction(pool, async (client) => {
        const issued = await rotate(client, id, overlapHours, issuedBy);
        await onAct(client, `rotate ${id} to ${issued.id}`);
        return issued;
      }),
    revoke: (id) =>
      inTransaction(pool, async (client) => {
        const done = await revoke(client, id);
        if (done) await onAct(client, `revoke ${id}`);
        return done;
      }),
    list: async () => (await pool.query<Row>(`${SELECT} ORDER BY issued_at, id`)).rows.map(keyOf),
    check: (token) => check(pool, token),
  };
}

async function revoke(client: ClientBase, id: string): Promise<boolean> {
  // Also one that was rotated and still works for its overlap: a stolen key must end now.
  const text = `UPDATE app_key SET revoked_at = now()
                 WHERE id = $1 AND (revoked_at IS NULL OR revoked_at > now()) AND expires_at > now()`;
  return (await client.query(text, [id])).rowCount === 1;
}

interface Row {
  id: string;
  app: string;
  department: string;
  duties: Duty[];
  purpose: string | null;
  issued_by: string;
  issued_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  registered_only: boolean;
  replaces: string | null;
}

const SELECT = `SELECT id, app, department, duties, purpose, issued_by, issued_at, expires_at, revoked_at, registered_only, replaces FROM app_key`;

function keyOf(row: Row): AppKey {
  return {
    id: row.id,
    app: row.app,
    department: row.department,
    duties: row.duties,
    purpose: row.purpose ?? undefined,
    issuedBy: row.issued_by,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
    registeredOnly: row.registered_only,
    replaces: row.replaces ?? undefined,
  };
}

/** The secret has 256 random bits: one round of hashing is enough, there is nothing to guess. */
function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** A key that does not exist is compared too, so that the time tells nothing. */
const NOBODY = Buffer.alloc(32);

async function check(pool: Pool, token: string): Promise<AppKey | undefined> {
  const [, id, secret] = FORM.exec(token) ?? [];
  if (!id || !secret) return undefined;
  const { rows } = await pool.query<Row & { secret_hash: Buffer }>({
    name: "app-key",
    text: `${SELECT.replace("SELECT ", "SELECT secret_hash, ")}
            WHERE id = $1 AND expires_at > now() AND (revoked_at IS NULL OR revoked_at > now())`,
    values: [id],
  });
  const [row] = rows;
  const right = timingSafeEqual(digest(secret), row?.secret_hash ?? NOBODY);
  return row && right ? keyOf(row) : undefined;
}

async function issue(database: ClientBase, wanted: NewAppKey, replaces?: string): Promise<IssuedKey> {
  refuseUnlawful(wanted);
  const id = [...randomBytes(16)].map((byte) => (byte % 36).toString(36)).join("");
  const secret = randomBytes(32).toString("base64url");
  const { app, department, duties, purpose, issuedBy } = wanted;
  const until = new Date(Date.now() + wanted.days * DAY);
  const { rows } = await database.query<Row>(
    `INSERT INTO app_key (id, secret_hash, app, department, duties, purpose, issued_by, expires_at, replaces,
       registered_only)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
      WHERE $6::text IS NULL OR EXISTS (SELECT FROM purpose WHERE code = $6) RETURNING *`,
    [
      ...[id, digest(secret), app, department, duties, purpose ?? null, issuedBy, until, replaces ?? null],
      wanted.registeredOnly ?? false,
    ],
  );
  if (!rows[0])
    throw new HubError("BAD_USER_INPUT", `${purpose} is no purpose of the hub`, { argument: "purpose" });
  return { ...keyOf(rows[0]), key: `hub_${id}_${secret}` };
}

function refuseUnlawful({ app, department, duties, days }: NewAppKey): void {
  const refuse = (argument: string, message: string) => new HubError("BAD_USER_INPUT", message, { argument });
  if (!/^[\w.-]{1,64}$/.test(app))
    throw refuse("app", "an app is named by up to 64 letters, digits, dots and hyphens");
  if (!departmentOf(department)) throw refuse("department", `${department} is no department code`);
  const unknown = duties.find((duty) => !DUTIES.includes(duty));
  if (duties.length === 0 || unknown) throw refuse("duties", `duties are some of ${DUTIES.join(", ")}`);
  const conflict = conflictOf(duties);
  if (conflict) throw refuse("duties", conflict);
  if (!(days > 0 && days <= LONGEST_DAYS))
    throw refuse("days", `a key lives for at most ${LONGEST_DAYS} days`);
}

/** In one transaction: an old key must not end without a new one. */
async function rotate(
  client: ClientBase,
  id: string,
  overlapHours: number,
  issuedBy: string,
): Promise<IssuedKey> {
  const { rows } = await client.query<Row>(
    `UPDATE app_key SET revoked_at = now() + make_interval(secs => $2::float8 * 3600)
      WHERE id = $1 AND revoked_at IS NULL AND expires_at > now() RETURNING *`,
    [id, overlapHours],
  );
  if (!rows[0]) throw new HubError("NOT_FOUND", `no app key ${id} is in force that has not been rotated`);
  const old = keyOf(rows[0]);
  const days = Math.min((old.expiresAt.getTime() - old.issuedAt.getTime()) / DAY, LONGEST_DAYS);
  return issue(client, { ...old, days, issuedBy }, old.id);
}
