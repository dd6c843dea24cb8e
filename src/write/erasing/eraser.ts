/** Erases or freezes what a row says of a person, wherever the hub holds it, in the transaction of whoever asks for it. */
import type { ClientBase } from "pg";
import { type Catalogue, type DatasetEntry, isOfPerson, namingFields } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import { leadLock } from "../follow";
import type { Query, Settle, SettledRow } from "../settle";
import {
  type ErasureBy,
  type ErasureCause,
  erasedRows,
  giveUpContent,
  lockErasure,
  newErasureId,
  type Standing,
  type Step,
  writeErasedRow,
  writeErasure,
  writeMarks,
  writeStep,
} from "./book";
import { followAnew } from "./following";
import { marksOfRemoved } from "./marks";
import { emptyFields, putBack, type Removed, removeRows } from "./removal";

/** Rows whose sealed texts are to be forgotten; `fields` where only these were emptied. */
export interface Forgotten {
  readonly dataset: string;
  readonly uuid: string;
  readonly fields?: readonly string[];
}

export interface EraserParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  readonly now: () => Date;
  /** What follows from a change of rows, in the same transaction. */
  readonly settle: Settle;
  /** Empties texts about these rows that other rooms keep; their erasure is written down by then. */
  readonly forget: (query: Query, rows: readonly Forgotten[]) => Promise<void>;
}

export interface EraseOrder {
  readonly dataset: string;
  readonly uuid: string;
  /** Of a row that only names somebody: the fields to empty; all of them where left out. */
  readonly fields?: readonly string[];
  readonly cause: ErasureCause;
  readonly by: ErasureBy;
}

/** What was taken out, by the erasure's id. */
export interface Erased {
  readonly id: string;
  readonly territory: string;
  /** Version of the row when it was taken out. */
  readonly version: number;
  /** The row itself first, then rows of its person. */
  readonly rows: readonly { readonly dataset: string; readonly uuid: string; readonly versions: number }[];
}

/** Each works on the connection of a transaction that its caller opens and ends: with it, all or nothing holds. */
export interface Eraser {
  /** Undefined where there is no such row. */
  erase(query: Query, order: EraseOrder): Promise<Erased | undefined>;
  /** Keeps the content sealed, to no use but storage (个人信息保护法 第四十七条). `by.reason` says what demands the keeping. */
  freeze(query: Query, order: EraseOrder): Promise<Erased | undefined>;
  /** Erases what was frozen. */
  destroy(query: Query, erasure: string, by: ErasureBy): Promise<void>;
  /** Puts what was frozen back into use. */
  release(client: ClientBase, erasure: string, by: ErasureBy): Promise<void>;
  /** Lets the person be recorded again. */
  lift(query: Query, erasure: string, by: ErasureBy): Promise<void>;
}

export function createEraser(parts: EraserParts): Eraser {
  const { catalogue, cipher, now } = parts;

  async function takeOut(query: Query, order: EraseOrder, freezes: boolean): Promise<Erased | undefined> {
    const dataset = catalogue.dataset(order.dataset);
    const removed = await removeAll(query, catalogue, dataset, order);
    const own = removed.find(({ uuid }) => uuid === order.uuid);
    if (!own) return undefined;
    const id = newErasureId();
    const { territory, version } = latestOf(own);
    const { actor, department } = order.by;
    await writeErasure(query, { ...order, id, territory, at: now() }, department);
    for (const one of removed) await writeDown(query, id, one, freezes);
    const [act, to] = freezes ? (["FREEZE", "FROZEN"] as const) : (["ERASE", "ERASED"] as const);
    await step(query, id, { seq: 1, act, from: "NEW", to }, order.by);
    for (const of of new Set(removed.map((one) => one.dataset)))
      await parts.settle(query, {
        ...{ dataset: of, actor, department: order.by.duty === "system" ? "system" : department },
        rows: removed.filter((one) => one.dataset === of).map(settled),
      });
    if (!freezes) await forget(query, removed.map(forgotten));
    const rows = removed.map((one) => ({ ...forgotten(one), versions: versionsOf(one).length }));
    return { id, territory, version, rows };
  }

  async function writeDown(query: Query, erasure: string, one: Removed, freezes: boolean): Promise<void> {
    const { dataset, uuid, fields, now: present, history } = one;
    const content = JSON.stringify({ now: present, history });
    const { value, hash } = cipher.seal("erasure", `${erasure} ${uuid}`, content, "NAME");
    const sealed = freezes ? value : Buffer.alloc(0);
    const versions = versionsOf(one).length;
    await writeErasedRow(query, erasure, {
      dataset: dataset.name,
      uuid,
      versions,
      fields,
      contentHash: hash,
      sealed,
    });
    await writeMarks(query, erasure, dataset.name, marksOfRemoved(cipher, one));
  }

  /** Also the keys under which rows may be sent again: they would be told as stored. */
  async function forget(query: Query, rows: readonly Forgotten[]): Promise<void> {
    for (const { dataset, uuid, fields } of rows)
      if (!fields)
        await query("DELETE FROM idempotency_key WHERE dataset = $1 AND row_id = $2", [dataset, uuid]);
    await parts.forget(query, rows);
  }

  const step = (query: Query, id: string, taken: Omit<Step, "at">, by: ErasureBy) =>
    writeStep(query, cipher, id, { ...taken, at: now() }, by);

  async function frozen(query: Query, id: string): Promise<Standing> {
    const standing = await lockErasure(query, id);
    if (standing.state === "FROZEN") return standing;
    throw notNow(standing, "未在冻结中。It is not frozen");
  }

  return {
    erase: (query, order) => takeOut(query, order, false),
    freeze: (query, order) => takeOut(query, order, true),
    async destroy(query, id, by) {
      const { seq } = await frozen(query, id);
      const rows = await erasedRows(query, id);
      await step(query, id, { seq: seq + 1, act: "ERASE", from: "FROZEN", to: "ERASED" }, by);
      await giveUpContent(query, id);
      await forget(query, rows);
    },
    async release(client, id, by) {
      const query: Query = async (text, values) => (await client.query(text, values)).rows;
      const { seq } = await frozen(query, id);
      const rows = await erasedRows(query, id);
      const signed = `${by.department}/${by.actor}`.slice(0, 160);
      for (const { dataset, uuid, fields, sealed } of rows) {
        const content = JSON.parse(cipher.open("erasure", `${id} ${uuid}`, sealed));
        await putBack(query, { dataset: catalogue.dataset(dataset), uuid, fields, ...content }, signed);
      }
      for (const { dataset, uuid } of rows)
        await followAnew(client, catalogue, catalogue.dataset(dataset), uuid, signed);
      await step(query, id, { seq: seq + 1, act: "RELEASE", from: "FROZEN", to: "RELEASED" }, by);
      await giveUpContent(query, id);
    },
    async lift(query, id, by) {
      const standing = await lockErasure(query, id);
      if (standing.state !== "ERASED") throw notNow(standing, "未处于已删除状态。It is not erased");
      await step(query, id, { seq: standing.seq + 1, act: "LIFT", from: "ERASED", to: "LIFTED" }, by);
    },
  };
}

async function removeAll(
  query: Query,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  { uuid, fields, by }: EraseOrder,
): Promise<Removed[]> {
  if (isOfPerson(dataset)) {
    // Whoever is recording something of the person has ended by then, and who begins later finds nobody.
    await query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [leadLock(dataset.name)]);
    return removeRows(query, catalogue, dataset, [uuid]);
  }
  const named = namingFields(dataset).filter(({ name }) => !fields || fields.includes(name));
  if (named.length === 0) return [];
  const emptied = await emptyFields(
    query,
    dataset,
    uuid,
    named,
    `${by.department}/${by.actor}`.slice(0, 160),
  );
  return emptied ? [emptied] : [];
}

function versionsOf({ now, history }: Removed): string[] {
  return [...history, ...(now ? [now] : [])];
}

function latestOf(one: Removed): { territory: string; version: number } {
  return JSON.parse(versionsOf(one).at(-1) as string);
}

function settled(one: Removed): SettledRow {
  const { uuid, fields } = one;
  const { version } = latestOf(one);
  if (!fields) return { uuid, version, values: {}, retired: true };
  return { uuid, version, values: Object.fromEntries(fields.map((name) => [name, null])) };
}

function forgotten({ dataset, uuid, fields }: Removed): Forgotten {
  return { dataset: dataset.name, uuid, fields };
}

function notNow({ id, state }: Standing, message: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "act", reason: "NOT_NOW", erasure: id, state });
}
