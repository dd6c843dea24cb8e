/** Sends statements to PostgreSQL: prepared under their names, faults told in the hub's own words. */
import type { Pool, QueryArrayResult } from "pg";
import { HubError } from "../errors";
import type { Statement } from "./sql";

/** Distinct statements that connections keep prepared; what comes after them is planned each time. */
const PREPARED = 1000;

/** The one value of a statement; undefined where it is NULL. */
export type Send = (statement: Statement) => Promise<string | undefined>;

export function createSender(pool: Pick<Pool, "query">): Send {
  const names = new Set<string>();
  const named = (name: string): string | undefined => {
    if (!names.has(name) && names.size < PREPARED) names.add(name);
    return names.has(name) ? name : undefined;
  };
  return async ({ name, text, values }) => {
    const query = { name: named(name), text, values: [...values], rowMode: "array" as const };
    const result: QueryArrayResult<(string | null)[]> = await pool.query(query).catch(fault);
    return result.rows[0]?.[0] ?? undefined;
  };
}

/** SQLSTATEs of values out of range, of another type (only a cursor of the client's own making holds those), or with U+0000. */
const OF_VALUES = new Set(["22003", "22007", "22008", "22021", "22P02"]);

/** What PostgreSQL says never reaches a client; only what a client can act on does. */
function fault(error: unknown): never {
  const code = (error as { code?: string }).code;
  if (code === "57014") throw new HubError("TIMEOUT", "查询超时。The statement took too long");
  if (code && OF_VALUES.has(code))
    throw new HubError("BAD_USER_INPUT", "数值、日期或文本无法使用。A number, date or text cannot be used");
  throw error;
}
