/** Quick statements that come at the same moment share a connection, a write and a sync: most of what they cost is the way. */
import type { Connection, Pool, PoolClient } from "pg";
import type { WireText } from "../database/wire";
import { isPrepared, TextQuery, type Wanted } from "./text-query";

/** Statements in one write: those behind wait for those before them. */
const TOGETHER = 8;

/** Milliseconds that a statement took of late, the way included: one that takes longer keeps nobody waiting. */
const QUICK = 5;

/** Statements of which the pace is kept. */
const KNOWN = 10_000;

/** One statement on its way; settled once. */
export interface Sent extends Wanted {
  readonly resolve: (text: WireText | null) => void;
  readonly reject: (error: unknown) => void;
}

export interface Company {
  send(sent: Sent): void;
}

export interface CompanyParts {
  readonly pool: Pick<Pool, "connect">;
  /** Whether the connection is of no more use after this error of this statement. */
  readonly isBroken: (error: unknown, wanted: Wanted) => boolean;
  readonly isCurrent: (client: PoolClient) => boolean;
  readonly quick?: number;
}

export function createCompany({ pool, isBroken, isCurrent, quick = QUICK }: CompanyParts): Company {
  const paces = createPaces(quick);
  let waiting: Sent[] = [];

  /** Gives each its end; true where the connection is broken. */
  async function run(client: PoolClient, sent: readonly Sent[]): Promise<boolean> {
    const began = performance.now();
    const { texts, error } = await told(client, sent);
    for (const [i, text] of texts.entries()) sent[i]?.resolve(text);
    paces.note(sent, performance.now() - began);
    const failed = sent[texts.length];
    if (!error || !failed) return error !== null;
    failed.reject(error);
    const others = sent.slice(texts.length + 1);
    const broken = isBroken(error, failed);
    // PostgreSQL has passed over them, up to the sync.
    if (!broken) return runEach(client, others);
    for (const one of others) one.reject(error);
    return true;
  }

  async function runEach(client: PoolClient, sent: readonly Sent[]): Promise<boolean> {
    for (const [i, one] of sent.entries()) {
      if (!(await run(client, [one]))) continue;
      for (const left of sent.slice(i + 1)) left.reject(new Error("Connection terminated"));
      return true;
    }
    return false;
  }

  async function take(sent: readonly Sent[]): Promise<void> {
    let client: PoolClient | undefined;
    let broken = true;
    try {
      client = await pool.connect();
      broken = await serve(client, sent);
    } catch (error) {
      for (const one of sent) one.reject(error);
    } finally {
      // One whose prepared statements are of a former time makes room with itself.
      client?.release(broken || !isCurrent(client));
    }
  }

  /** Together what this connection holds prepared, the others one by one. */
  async function serve(client: PoolClient, sent: readonly Sent[]): Promise<boolean> {
    const known = sent.length > 1 ? sent.filter((one) => isPrepared(connectionOf(client), one)) : sent;
    const others = sent.filter((one) => !known.includes(one));
    if (known.length === 0 || !(await run(client, known))) return runEach(client, others);
    for (const one of others) one.reject(new Error("Connection terminated"));
    return true;
  }

  function leave(): void {
    const sent = waiting;
    waiting = [];
    for (let at = 0; at < sent.length; at += TOGETHER) void take(sent.slice(at, at + TOGETHER));
  }

  return {
    send(sent) {
      if (!paces.isQuick(sent)) return void take([sent]);
      // All that came in the same round of the event loop come along.
      if (waiting.length === 0) setImmediate(leave);
      waiting.push(sent);
    },
  };
}

function connectionOf(client: PoolClient): Connection {
  return (client as unknown as { connection: Connection }).connection;
}

interface Came {
  readonly texts: readonly (WireText | null)[];
  readonly error: Error | null;
}

function told(client: PoolClient, wanted: readonly Wanted[]): Promise<Came> {
  return new Promise((resolve) => {
    client.query(new TextQuery(wanted, (error, texts) => resolve({ error, texts })));
  });
}

/** How long statements take, by name. */
function createPaces(quick: number) {
  const paces = new Map<string, number>();
  return {
    isQuick({ name, statement }: Wanted): boolean {
      const { forValues = false, linked = [] } = statement;
      if (name === undefined || forValues || linked.length > 0) return false;
      return (paces.get(name) ?? Number.POSITIVE_INFINITY) < quick;
    },
    note(sent: readonly Wanted[], milliseconds: number): void {
      if (paces.size > KNOWN) paces.clear();
      const each = milliseconds / sent.length;
      for (const { name } of sent) {
        if (name === undefined) continue;
        const before = paces.get(name) ?? each;
        paces.set(name, before + (each - before) / 4);
      }
    },
  };
}
