/** Erasures as one thing to their doors: look, and decide what becomes of one. */
import type { Pool } from "pg";
import type { Conditions } from "../../database/conditions";
import { inTransaction } from "../../database/transaction";
import type { Catalogue } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { Identity, RightsStore } from "../../identity";
import {
  type Connection,
  connection,
  cursorOf,
  type ForwardPage,
  INSTANT,
  pageSize,
  parseId,
  placeIn,
  toId,
  UUID,
} from "../../read";
import { type Eraser, type ErasureState, openReason, type Query } from "../../write";
import { checkText } from "../requests/text";
import { refuseHeld } from "./held";
import { actsOn, DECIDES, type DecidedErasure, keeps, known } from "./reach";
import { type StoredErasure, WHOLE_ERASURE } from "./store";

export interface ErasureParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current">;
  readonly eraser: Pick<Eraser, "destroy" | "release" | "lift">;
  readonly now: () => Date;
}

export interface ErasureFilter {
  readonly state?: readonly ErasureState[] | null;
  readonly dataset?: string | null;
  /** Global id of a row. */
  readonly row?: string | null;
}

/** An erasure as one who knows of it sees it now. */
export interface SeenErasure extends Omit<StoredErasure, "rows" | "steps"> {
  readonly rows: StoredErasure["rows"];
  readonly steps: StoredErasure["steps"];
  readonly acts: readonly DecidedErasure[];
}

export interface Erasures {
  list(asker: Identity, filter: ErasureFilter, page: ForwardPage): Promise<Connection<SeenErasure>>;
  decide(asker: Identity, id: string, act: DecidedErasure, reason?: string | null): Promise<SeenErasure>;
}

export function createErasures(parts: ErasureParts): Erasures {
  const { catalogue, cipher, pool, eraser } = parts;
  const place = async () => ({ catalogue, rights: await parts.rights.current(), now: parts.now() });

  function seen(asker: Identity, one: StoredErasure, here: Awaited<ReturnType<typeof place>>): SeenErasure {
    const told = keeps(asker, one, here);
    return {
      ...one,
      row: toId(one.dataset, one.row),
      rows: one.rows.map((taken) => ({ ...taken, row: toId(taken.dataset, taken.row) })),
      steps: one.steps.map((step) => ({
        ...step,
        reason: told && step.reason ? opened(one.id, step.seq, step.reason) : undefined,
      })),
      acts: actsOn(asker, one, here),
    };
  }

  function opened(id: string, seq: number, sealed: string): string {
    return openReason(cipher, id, seq, Buffer.from(sealed, "base64"));
  }

  async function one(asker: Identity, id: string): Promise<SeenErasure> {
    const here = await place();
    const where = known(asker, here);
    where.add(UUID.test(id) ? `e.id = ${where.place(id)}::uuid` : "false");
    const text = `SELECT ${WHOLE_ERASURE} AS whole FROM erasure e WHERE ${where}`;
    const { rows } = await pool.query<{ whole: StoredErasure }>(text, where.values);
    if (rows[0]) return seen(asker, rows[0].whole, here);
    throw new HubError("NOT_FOUND", "没有这样的删除记录，或不在可见范围。No such erasure within your reach");
  }

  return {
    async list(asker, filter, page) {
      const here = await place();
      const size = pageSize(page.first);
      const where = narrowed(known(asker, here), filter);
      if (page.after) {
        const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
        where.add(`(e.begun_at, e.id) < (${at}::timestamptz, ${id}::uuid)`);
      }
      const { rows } = await pool.query<{ whole: StoredErasure }>(
        `SELECT ${WHOLE_ERASURE} AS whole FROM erasure e WHERE ${where} ORDER BY e.begun_at DESC, e.id DESC LIMIT ${size + 1}`,
        where.values,
      );
      return connection(
        rows.map(({ whole }) => seen(asker, whole, here)),
        { size, after: page.after },
        ({ begunInstant, id }) => cursorOf([begunInstant, id]),
        async () => {
          const all = narrowed(known(asker, here), filter);
          const text = `SELECT count(*)::int AS n FROM erasure e WHERE ${all}`;
          return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
        },
      );
    },

    async decide(asker, id, act, reason) {
      const { epoch } = await parts.rights.current();
      const before = await one(asker, id);
      refuseStep(asker, before, act);
      if (act !== "ERASE" || reason) checkText("reason", reason ?? "");
      const who = { actor: asker.subject, department: asker.department.code, duty: DECIDES } as const;
      const by = { ...who, reason: reason ?? undefined };
      await inTransaction(pool, async (client) => {
        const query = async (text: string, values: unknown[]) => (await client.query(text, values)).rows;
        await holdEpoch(query, epoch);
        if (act === "ERASE") await refuseHeld(query, id);
        if (act === "RELEASE") await eraser.release(client, id, by);
        else await (act === "LIFT" ? eraser.lift : eraser.destroy)(query, id, by);
      }).catch((error) => {
        throw taken(error, before);
      });
      return one(asker, id);
    },
  };
}

function narrowed(where: Conditions, { state, dataset, row }: ErasureFilter): Conditions {
  if (state) where.add(`e.state = ANY (${where.place(state)})`);
  if (dataset) where.add(`e.dataset = ${where.place(dataset)}`);
  if (row) {
    const id = parseId(row);
    where.add(
      id
        ? `EXISTS (SELECT FROM erased_row r WHERE r.erasure = e.id AND r.dataset = ${where.place(id.dataset)} AND r.row_id = ${where.place(id.uuid)}::uuid)`
        : "false",
    );
  }
  return where;
}

function refuseStep(asker: Identity, { acts, state, dataset }: SeenErasure, act: DecidedErasure): void {
  if (acts.includes(act)) return;
  if (asker.duties.includes(DECIDES) && acts.length > 0)
    throw new HubError("BAD_USER_INPUT", `处于 ${state}，不能 ${act}。It is ${state} and takes no ${act}`, {
      ...{ argument: "act", reason: "NOT_NOW", state, acts },
    });
  if (state === "RELEASED" || state === "LIFTED")
    throw new HubError("BAD_USER_INPUT", `处于 ${state}，已办结。It is ${state}: nothing is left to do`, {
      ...{ argument: "act", reason: "NOT_NOW", state, acts },
    });
  throw new HubError(
    "FORBIDDEN",
    `由该记录的数源部门以 ${DECIDES} 职责办理。Taken by the stewards of ${dataset} there, with the duty ${DECIDES}`,
    { dataset, duties: [DECIDES] },
  );
}

/** Whoever changes rights waits until the transaction has ended (semantics 7). */
export async function holdEpoch(query: Query, epoch: number): Promise<void> {
  const [now] = await query("SELECT epoch FROM grant_epoch FOR SHARE", []);
  if (Number(now?.epoch) !== epoch)
    throw new HubError("UNAVAILABLE", "权限正在变更，请重试。Rights are changing: try again");
}

/** A key that was given to another row meanwhile: which one is told to nobody. */
function taken(error: unknown, { dataset }: SeenErasure): unknown {
  if ((error as { code?: string }).code !== "23505") return error;
  return new HubError(
    "DUPLICATE_KEY",
    "业务主键已另作他用，不能恢复。The business key has been given to another row: it cannot be put back",
    { dataset },
  );
}
