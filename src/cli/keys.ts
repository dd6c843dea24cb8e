/** `hub keys`: issues, rotates, revokes and lists the keys of apps. */
import { Pool } from "pg";
import { actOf, operator, recordWithin } from "../audit";
import { readConfig } from "../config";
import { DatabaseFailure } from "../database/failure";
import { HubError } from "../errors";
import { type AppKeys, createAppKeys, type Duty, type IssuedKey } from "../identity";
import { withDatabase } from "./database";

export interface IssueOptions {
  readonly app: string;
  readonly department: string;
  readonly duty?: readonly Duty[];
  readonly purpose?: string;
  readonly days: number;
  readonly registeredOnly?: boolean;
}

export async function issueKey({ duty = ["read"], ...wanted }: IssueOptions): Promise<void> {
  show(await withKeys((keys) => keys.issue({ ...wanted, duties: duty, issuedBy: operator() })));
}

export async function rotateKey(id: string, overlapHours: number): Promise<void> {
  show(await withKeys((keys) => keys.rotate(id, overlapHours, operator())));
}

export async function revokeKey(id: string): Promise<void> {
  if (!(await withKeys((keys) => keys.revoke(id))))
    throw new HubError("NOT_FOUND", `no app key ${id} is in force`);
  process.stderr.write(`revoked ${id}\n`);
}

export async function listKeys(): Promise<void> {
  for (const key of await withKeys((keys) => keys.list())) {
    const end = key.revokedAt && key.revokedAt < key.expiresAt ? key.revokedAt : key.expiresAt;
    const state = key.revokedAt && key.revokedAt <= new Date() ? "revoked" : `until ${end.toISOString()}`;
    const scope = [key.app, key.department, key.duties.join("+"), key.purpose ?? "no purpose"];
    if (key.registeredOnly) scope.push("registered operations only");
    process.stdout.write(`${[key.id, ...scope, state].join("\t")}\n`);
  }
}

/** The key alone on standard output, the rest beside it. */
function show(issued: IssuedKey): void {
  process.stdout.write(`${issued.key}\n`);
  process.stderr.write(
    `id ${issued.id}, until ${issued.expiresAt.toISOString()}; the key is not shown again\n`,
  );
}

const UNDEFINED_TABLE = "42P01";

function withKeys<T>(work: (keys: AppKeys) => Promise<T>): Promise<T> {
  return withDatabase(readConfig(), async (url) => {
    const pool = new Pool({ connectionString: url, max: 1 });
    const keys = createAppKeys(pool, (client, act) =>
      recordWithin(client, actOf(`hub keys ${act}`, { at: new Date() })),
    );
    try {
      return await work(keys).catch((error) => {
        throw error.code === UNDEFINED_TABLE
          ? new DatabaseFailure("The database has no tables yet.", "Start the hub once, or run hub migrate.")
          : error;
      });
    } finally {
      await pool.end();
    }
  });
}
