/** The line a change walks: right → values → rules → what it names → one guarded statement. */
import type { DataSource, EntityManager } from "typeorm";
import { v7 } from "uuid";
import { checkKey, claim } from "../database/idempotency";
import type { Catalogue, DatasetEntry } from "../declare";
import type { Cipher } from "../declare/cipher";
import { HubError } from "../errors";
import type { Identity, Rights, RightsStore } from "../identity";
import { idIn, toId } from "../read/id";
import { absenceProblems, draftOf, rowProblems } from "./check";
import { erasedProblems, namedIn } from "./erasing";
import { beforeLeading, followed, leadOthers } from "./follow";
import type { LookUps, StoredRow } from "./look-ups";
import { refuse } from "./problem";
import { forbidden, signature, unwritable, writesSomewhere } from "./right";
import type { Settle, SettledRow } from "./settle";
import { sharedProblems, sharedRulesOf } from "./shared-rules";
import { Store } from "./store";
import { storedOf } from "./stored";
import { sameValue, type Values } from "./value";

export type Input = Readonly<Record<string, unknown>>;

/** The row that was written, by which its payload is read. */
export interface Written {
  readonly id: string;
  readonly uuid: string;
}

export interface WriterParts {
  readonly catalogue: Catalogue;
  readonly source: DataSource;
  readonly cipher: Cipher;
  readonly lookUps: LookUps;
  readonly rights: Pick<RightsStore, "current" | "refresh">;
  /** What follows from a change of a row, in its own transaction. */
  readonly settle: Settle;
}

export interface Writer {
  create(asker: Identity, dataset: string, input: Input, idempotencyKey?: string): Promise<Written>;
  /** Fields left out stay, fields given as null are cleared. */
  update(
    asker: Identity,
    dataset: string,
    id: string,
    input: Input,
    expectedVersion: number,
  ): Promise<Written>;
  /** Takes the row out of use; done again it changes nothing. */
  retire(asker: Identity, dataset: string, id: string, expectedVersion?: number): Promise<Written>;
}

/** What one change is made of. */
interface Change {
  readonly asker: Identity;
  readonly dataset: DatasetEntry;
  readonly rights: Rights;
}

export function createWriter(parts: WriterParts): Writer {
  const { catalogue, cipher, lookUps, rights } = parts;
  const store = new Store(parts.source, rights);
  const underRights = (asker: Identity, dataset: string, work: (change: Change) => Promise<string>) =>
    store.underRights(async (now) => {
      const uuid = await work({ asker, dataset: catalogue.dataset(dataset), rights: now });
      return { id: toId(dataset, uuid), uuid };
    });

  async function create(change: Change, input: Input, key?: string): Promise<string> {
    const { asker, dataset } = change;
    if (key !== undefined) checkKey(key);
    const draft = draftOf(dataset, { source: asker.department.code, ...input });
    mayCreate(change, draft.values);
    const row: Values = { ...draft.values, id: v7() };
    await refuseRow(dataset, draft.problems, row);
    return store.change(change, async (manager) => {
      const creation = { asker: signature(asker), dataset: dataset.name, input };
      const ask = (text: string, values: unknown[]) => manager.query(text, values);
      const earlier = key && (await claim(ask, cipher.hash, { ...creation, key }, row.id as string));
      if (earlier) return earlier;
      const shared = dataset.sharedRules ?? [];
      refuse(dataset.name, await sharedProblems(manager, dataset, shared, row, lookUps));
      const copied = await followed(manager, catalogue, dataset, row, lookUps);
      await store.insert(
        manager,
        dataset,
        storedOf(dataset, { ...row, ...copied }, cipher),
        signature(asker),
      );
      await refuseErased(manager, dataset, row);
      return row.id as string;
    });
  }

  async function update(change: Change, id: string, input: Input, version: number): Promise<string> {
    const { asker, dataset } = change;
    const draft = draftOf(dataset, input);
    const names = Object.keys(input).filter((name) => input[name] !== undefined);
    if (names.length === 0)
      throw new HubError("BAD_USER_INPUT", "没有要修改的字段。There is nothing to change");
    const before = await found(change, id);
    const territory = draft.values.territory ?? before.territory;
    await mayChange(change, before, names, [before.territory, String(territory)]);
    checkVersion(dataset, before, version);
    refuseRetired(dataset, before, draft.values);
    const values = changedOf(dataset, before, draft.values);
    const changed = Object.keys(values);
    const after = { ...before, ...draft.values };
    await refuseRow(dataset, draft.problems, values, after);
    if (changed.length === 0) return before.id;
    await store.change(change, async (manager) => {
      const rules = sharedRulesOf(dataset, changed);
      refuse(dataset.name, await sharedProblems(manager, dataset, rules, after, lookUps));
      const copied = await followed(manager, catalogue, dataset, after, lookUps);
      await beforeLeading(manager, catalogue, dataset, changed);
      const stored = storedOf(dataset, { ...values, ...copied }, cipher);
      const by = signature(asker);
      const done = await store.update(manager, dataset, before, stored, by);
      if (!done) await conflict(dataset, before.id);
      await refuseErased(manager, dataset, namedIn(dataset, { ...before, ...values }, changed));
      await leadOthers(manager, catalogue, store, { dataset, after, changed, by });
      await settle(manager, change, { uuid: before.id, version: before.version, values });
    });
    return before.id;
  }

  async function retire(change: Change, id: string, version?: number): Promise<string> {
    const { asker, dataset } = change;
    const before = await found(change, id);
    await mayChange(change, before, [undefined], [before.territory]);
    if (version !== undefined) checkVersion(dataset, before, version);
    if (before.retiredAt !== null) return before.id;
    await store.change(change, async (manager) => {
      const done = await store.update(manager, dataset, before, { retiredAt: new Date() }, signature(asker));
      if (!done) await conflict(dataset, before.id);
      await settle(manager, change, { uuid: before.id, version: before.version, values: {}, retired: true });
    });
    return before.id;
  }

  /** After the row was written, so that nobody else holds it. */
  async function settle(manager: EntityManager, { asker, dataset }: Change, row: SettledRow): Promise<void> {
    const by = { actor: asker.subject, department: asker.department.code };
    await parts.settle((text, values) => manager.query(text, values), { dataset, rows: [row], ...by });
  }

  /** After the row was written: an erasure that it had to wait for is seen then. */
  async function refuseErased(
    manager: EntityManager,
    dataset: DatasetEntry,
    row: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const ask = (text: string, values: unknown[]) => manager.query(text, values);
    const found = await erasedProblems(ask, cipher, dataset, [row]);
    refuse(
      dataset.name,
      found.filter((problem) => problem !== undefined),
    );
  }

  /** All problems of the row at once, except those that only the transaction can see. */
  async function refuseRow(
    dataset: DatasetEntry,
    first: readonly { field: string; problem: string; rule: string }[],
    given: Values,
    after?: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const known = new Set(first.map((p) => p.field));
    // A value that is wrong in itself is not also missing.
    const rules = rowProblems(dataset, after ?? given, after && Object.keys(given)).filter(
      (p) => p.rule !== "REQUIRED" || !known.has(p.field),
    );
    const [absent = []] = await absenceProblems(dataset, [given], lookUps);
    refuse(dataset.name, [...first, ...rules, ...absent]);
  }

  async function found({ dataset }: Change, id: string): Promise<StoredRow> {
    const row = await lookUps.row(dataset.name, idIn(dataset.name, id));
    return row ?? notFound(dataset);
  }

  /** A row that the asker does not see is not there; one it sees may be another's to write. */
  async function mayChange(
    { asker, dataset, rights: now }: Change,
    row: StoredRow,
    names: readonly (string | undefined)[],
    territories: readonly string[],
  ): Promise<void> {
    const refused = unwritable(asker, dataset, now, names, territories);
    if (refused.length === 0) return;
    if (!(await lookUps.sees(asker, dataset.name, row.id))) notFound(dataset);
    throw forbidden(dataset, refused);
  }

  async function conflict(dataset: DatasetEntry, uuid: string): Promise<never> {
    const row = await lookUps.row(dataset.name, uuid);
    throw row ? versionConflict(dataset, row) : notFound(dataset);
  }

  return {
    create: (asker, dataset, input, key) => underRights(asker, dataset, (c) => create(c, input, key)),
    update: (asker, dataset, id, input, version) =>
      underRights(asker, dataset, (c) => update(c, id, input, version)),
    retire: (asker, dataset, id, version) => underRights(asker, dataset, (c) => retire(c, id, version)),
  };
}

/** The row's own steward creates it; a field that another department keeps is left to that one. */
function mayCreate({ asker, dataset, rights }: Change, values: Values): void {
  if (!writesSomewhere(asker, dataset, rights)) throw forbidden(dataset, []);
  const territory = values.territory;
  // Without a territory there is no place to judge by: the row is refused for that.
  if (typeof territory !== "string") return;
  const given = Object.keys(values).filter((name) => values[name] !== null);
  const [own] = unwritable(asker, dataset, rights, [undefined], [territory]).map(() => true);
  if (own) throw forbidden(dataset, []);
  const refused = unwritable(asker, dataset, rights, given, [territory]);
  if (refused.length > 0) throw forbidden(dataset, refused);
}

/** The given values that differ from what is stored; an encrypted value always does, for nobody compares it. */
function changedOf(dataset: DatasetEntry, before: StoredRow, given: Values): Values {
  const differs = ([name, value]: [string, Values[string]]) => {
    const field = dataset.fields.find((f) => f.name === name);
    return field && (field.encrypted || !sameValue(field, before[name], value));
  };
  return Object.fromEntries(Object.entries(given).filter(differs));
}

function checkVersion(dataset: DatasetEntry, row: StoredRow, expected: number): void {
  if (row.version !== expected) throw versionConflict(dataset, row);
}

/** But for a withdrawal of consent (B-35): who asks for retired rows still reads them. */
function refuseRetired(dataset: DatasetEntry, row: StoredRow, given: Values): void {
  if (row.retiredAt === null || withdrawsOnly(dataset, given)) return;
  const problem = "记录已停用，不能修改。The row is retired and no longer changes";
  refuse(dataset.name, [{ field: "retiredAt", rule: "RETIRED", problem }]);
}

function withdrawsOnly({ consent }: DatasetEntry, given: Values): boolean {
  if (!consent) return false;
  const { field, guardian, on, withdrawn } = consent;
  const says = (name: string) => name === field || name === guardian;
  const names = Object.keys(given);
  return names.some(says) && names.every((name) => (says(name) ? given[name] === withdrawn : name === on));
}

function versionConflict(dataset: DatasetEntry, row: StoredRow): HubError {
  return new HubError(
    "VERSION_CONFLICT",
    `记录现为第 ${row.version} 版。The row is at version ${row.version} now`,
    { dataset: dataset.name, id: toId(dataset.name, row.id), currentVersion: row.version },
  );
}

function notFound(dataset: DatasetEntry): never {
  throw new HubError("NOT_FOUND", "没有这样的记录，或不在可见范围。No such row within your reach", {
    dataset: dataset.name,
  });
}
