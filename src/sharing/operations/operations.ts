/** Registered operations as one thing to the doors and to the server: register, decide, look, run. */
import { type Identity, watches } from "../../identity";
import { UUID } from "../../read";
import type { Planned } from "./planned";
import { createQuotas, type Use, usedOn } from "./quota";
import { mayKnow, notFound, type OperationParts, type Registration, register, takeStep } from "./registering";
import { createRunning, type Running } from "./running";
import { readOperation, type StoredOperation, WHOLE } from "./store";
import type { OperationAct, OperationState } from "./words";

/** An operation as its reader sees it now. */
export interface SeenOperation extends StoredOperation {
  readonly usedToday: Use;
}

export interface OperationFilter {
  readonly app?: string | null;
  readonly state?: readonly OperationState[] | null;
}

export interface Operations extends Pick<Running, "find"> {
  register(asker: Identity, given: Registration, plan: () => Promise<Planned>): Promise<SeenOperation>;
  decide(
    asker: Identity,
    id: string,
    act: Exclude<OperationAct, "REGISTER">,
    reason?: string,
  ): Promise<SeenOperation>;
  /** Newest first, at most a thousand. */
  list(asker: Identity, filter: OperationFilter): Promise<SeenOperation[]>;
  /** Gives back what this process has leased of quotas. */
  close(): Promise<void>;
}

const MOST_LISTED = 1_000;

export function createOperations(parts: OperationParts): Operations {
  const { pool, rights, now } = parts;
  const quotas = createQuotas(pool, now);
  const running = createRunning(pool, quotas, rights);

  async function seen(operations: readonly StoredOperation[]): Promise<SeenOperation[]> {
    const ids = operations.map(({ id }) => id);
    const used = ids.length > 0 ? await usedOn(pool, ids, now()) : new Map<string, Use>();
    return operations.map((o) => ({ ...o, usedToday: used.get(o.id) ?? { requests: 0, rows: 0 } }));
  }

  async function one(asker: Identity, id: string): Promise<SeenOperation> {
    const found = await readOperation(pool, id);
    if (!found || !mayKnow(asker, found)) throw notFound();
    return (await seen([found]))[0] as SeenOperation;
  }

  return {
    find: running.find,
    register: async (asker, given, plan) => one(asker, await register(parts, asker, given, plan)),
    async decide(asker, id, act, reason) {
      if (!UUID.test(id.toLowerCase())) throw notFound();
      await takeStep(parts, asker, id, { act, reason });
      running.forget();
      return one(asker, id);
    },
    async list(asker, { app, state }) {
      const { rows } = await pool.query<{ whole: StoredOperation }>(
        `SELECT ${WHOLE} AS whole FROM app_operation o
          WHERE ($1::text IS NULL OR department = $1) AND ($2::text IS NULL OR app = $2)
            AND ($3::text[] IS NULL OR state = ANY ($3))
          ORDER BY registered_at DESC, id DESC LIMIT ${MOST_LISTED}`,
        [watches(asker) ? null : asker.department.code, app ?? null, state ?? null],
      );
      return seen(rows.map(({ whole }) => whole));
    },
    close: quotas.close,
  };
}
