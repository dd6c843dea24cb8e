/** Holds on single rows: placed and lifted by the source, so that nothing is deleted while a lawsuit or inquiry needs it. */
import type { Pool } from "pg";
import { v7 } from "uuid";
import { Conditions } from "../../database/conditions";
import { instantSql } from "../../database/instant";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import { type Identity, watches } from "../../identity";
import {
  type Connection,
  connection,
  cursorOf,
  type ForwardPage,
  INSTANT,
  pageSize,
  parseId,
  placeIn,
  SystemRows,
  UUID,
} from "../../read";
import { checkText } from "../requests/text";
import { territoryOfFrozen } from "./frozen";
import { type RetentionParts, refused } from "./parts";
import { checkKeeper } from "./sight";

export interface StoredHold {
  readonly id: string;
  readonly dataset: string;
  readonly row: string;
  readonly territory: string;
  readonly department: string;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly liftedBy?: string;
  readonly liftedAt?: string;
  /** Sealed, in Base64. */
  readonly reason: string;
  readonly liftReason?: string;
  readonly placedInstant: string;
}

const sealed = (column: string) => `translate(encode(${column}, 'base64'), E'\\n', '')`;

const WHOLE_HOLD = `json_strip_nulls(json_build_object('id', h.id, 'dataset', h.dataset, 'row', h.row_id,
  'territory', h.territory, 'department', h.department, 'placedBy', h.placed_by, 'placedAt', ${instantSql("h.placed_at")},
  'liftedBy', h.lifted_by, 'liftedAt', ${instantSql("h.lifted_at")}, 'reason', ${sealed("h.reason")},
  'liftReason', ${sealed("h.lift_reason")}, 'placedInstant', h.placed_at::text))`;

const DUTIES = ["steward", "decide"] as const;

/** Id of the hold. */
export async function placeHold(
  parts: RetentionParts,
  asker: Identity,
  global: string,
  reason: string,
): Promise<string> {
  checkText("reason", reason);
  const { catalogue, cipher, pool, rights, now } = parts;
  const told = parseId(global);
  const dataset = told && catalogue.kept.find(({ name }) => name === told.dataset);
  if (!told || !dataset) throw noRow();
  const rows = new SystemRows(catalogue, pool, "row of a hold");
  const [row] = await rows.select({
    dataset: dataset.name,
    fields: ["territory"],
    uuids: [told.uuid],
    retired: true,
  });
  // What is frozen is out of the tables; a lawsuit may need it all the same.
  const found = row ? String(row.territory) : await territoryOfFrozen(pool, dataset.name, told.uuid);
  const territory = found ?? asker.department.territory;
  checkKeeper(asker, await rights.current(), now(), { dataset: dataset.name, territory, duties: DUTIES });
  if (!found) throw noRow();
  const id = v7();
  const department = asker.department.code;
  await pool
    .query(
      `INSERT INTO retention_hold (id, dataset, row_id, territory, department, placed_by, placed_at, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        dataset.name,
        told.uuid,
        territory,
        department,
        asker.subject,
        now(),
        sealOf(cipher, id, "reason", reason),
      ],
    )
    .catch((error) => {
      throw error.constraint === "retention_hold_once"
        ? refused("ALREADY_HELD", "本部门已保留该记录。Your department holds this row already", {
            argument: "id",
          })
        : error;
    });
  return id;
}

export async function liftHold(
  parts: RetentionParts,
  asker: Identity,
  id: string,
  reason: string,
): Promise<void> {
  checkText("reason", reason);
  const { cipher, pool, now } = parts;
  const hold = UUID.test(id) ? await readHold(pool, id) : undefined;
  if (!hold || (hold.department !== asker.department.code && !watches(asker))) throw noHold();
  if (hold.department !== asker.department.code || !DUTIES.some((duty) => asker.duties.includes(duty)))
    throw new HubError("FORBIDDEN", `由 ${hold.department} 解除。Lifted by ${hold.department}`, {
      duties: [...DUTIES],
    });
  const { rowCount } = await pool.query(
    "UPDATE retention_hold SET lifted_by = $2, lifted_at = $3, lift_reason = $4 WHERE id = $1 AND lifted_at IS NULL",
    [id, asker.subject, now(), sealOf(cipher, id, "lift", reason)],
  );
  if (rowCount === 0) throw refused("NOT_NOW", "已经解除。It was lifted before", { argument: "id" });
}

export async function readHold(pool: Pool, id: string): Promise<StoredHold | undefined> {
  const { rows } = await pool.query<{ whole: StoredHold }>(
    `SELECT ${WHOLE_HOLD} AS whole FROM retention_hold h WHERE h.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

/** Newest first: those of the own department, all of them for audit and security. */
export async function listHolds(
  pool: Pool,
  asker: Identity,
  open: boolean,
  page: ForwardPage,
): Promise<Connection<StoredHold>> {
  const size = pageSize(page.first);
  const known = () => {
    const where = new Conditions().add(open ? "h.lifted_at IS NULL" : "true");
    return watches(asker) ? where : where.add(`h.department = ${where.place(asker.department.code)}`);
  };
  const where = known();
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(h.placed_at, h.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredHold }>(
    `SELECT ${WHOLE_HOLD} AS whole FROM retention_hold h WHERE ${where} ORDER BY h.placed_at DESC, h.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ placedInstant, id }) => cursorOf([placedInstant, id]),
    async () => {
      const all = known();
      const text = `SELECT count(*)::int AS n FROM retention_hold h WHERE ${all}`;
      return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
    },
  );
}

/** Reasons are for the department that holds the row. */
export function opensReasons({ department }: Identity, hold: StoredHold): boolean {
  return department.code === hold.department;
}

export function openOf(cipher: Cipher, id: string, what: "reason" | "lift", text: string): string {
  return cipher.open("retentionHold", `${id} ${what}`, Buffer.from(text, "base64"));
}

function sealOf(cipher: Cipher, id: string, what: "reason" | "lift", text: string): Buffer {
  // The mask is of no use here, the cipher wants one.
  return cipher.seal("retentionHold", `${id} ${what}`, text.trim(), "NAME").value;
}

function noRow(): HubError {
  return new HubError(
    "NOT_FOUND",
    "没有这样的记录，或不属本部门维护。No such row, or it is not your department's to keep",
    {
      argument: "id",
    },
  );
}

function noHold(): HubError {
  return new HubError("NOT_FOUND", "没有这样的保留。No such hold within your reach", { argument: "id" });
}
