/** Sends statements to PostgreSQL: those met again are kept prepared, faults told in the hub's own words. */
import type { Pool, PoolClient } from "pg";
import type { WireText } from "../database/wire";
import { HubError } from "../errors";
import { createCompany } from "./company";
import { isAway, type Sources } from "./sources";
import type { Statement } from "./sql";

/** Distinct statements that a connection keeps prepared. */
const PREPARED = 500;

/** Statements met once, of which the next is kept prepared. */
const MET = 10_000;

/** The one text of a statement; undefined where it is NULL. */
export type Send = (statement: Statement) => Promise<WireText | undefined>;

export function createSender(pool: Pick<Pool, "connect">, sources: Sources): Send {
  const names = createNames();
  const company = createCompany({
    pool,
    isCurrent: names.isCurrent,
    // Its server may still be waiting for a source that does not answer.
    isBroken: (error, { statement: { linked = [] } }) =>
      isBroken(error) || (linked.length > 0 && isAway(error)),
  });
  const send: Send = (statement) =>
    new Promise((resolve, reject) => {
      company.send({
        statement,
        name: names.of(statement.name),
        resolve: (text) => resolve(text ?? undefined),
        reject: (error) => reject(refusalOf(sources.refusal(statement.linked ?? [], error))),
      });
    });
  return (statement) => {
    const { linked = [] } = statement;
    return linked.length === 0 ? send(statement) : sources.through(linked, () => send(statement));
  };
}

/**
 * Which statements go by name. A name is given at the second meeting, so that passing ones take no room; when there
 * is no more room, all begin anew on new connections.
 */
function createNames() {
  const met = new Set<string>();
  const prepared = new Set<string>();
  let generation = 0;
  const generations = new WeakMap<PoolClient, number>();
  return {
    of(name: string): string | undefined {
      if (prepared.has(name)) return name;
      if (met.size >= MET) met.clear();
      if (!met.has(name)) {
        met.add(name);
        return undefined;
      }
      if (prepared.size >= PREPARED) {
        prepared.clear();
        generation++;
      }
      prepared.add(name);
      return name;
    },
    isCurrent(client: PoolClient): boolean {
      const born = generations.get(client) ?? generation;
      generations.set(client, born);
      return born === generation;
    },
  };
}
/** An error that PostgreSQL told of the statement leaves the connection usable. */
function isBroken(error: unknown): boolean {
  return (error as { severity?: string }).severity !== "ERROR";
}

/**
 * SQLSTATEs of values out of range, of another type or in no time zone (only a cursor of the client's own making holds
 * those), or with U+0000.
 */
const OF_VALUES = new Set(["22003", "22007", "22008", "22009", "22021", "22023", "22P02"]);

/** What PostgreSQL says never reaches a client; what a client can act on is told in the hub's own words. */
export function refusalOf(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (code === "57014") return new HubError("TIMEOUT", "查询超时。The statement took too long");
  if (code && OF_VALUES.has(code))
    return new HubError("BAD_USER_INPUT", "数值、日期或文本无法使用。A number, date or text cannot be used");
  return error;
}
