/** The hub's side of the differential test: real tables, and both exits of the planner. */
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  printSchema,
  validate,
} from "graphql";
import type { Pool } from "pg";
import { type Decision, type Decisions, decideIn } from "../../src/access";
import type { Catalogue, DatasetEntry } from "../../src/declare";
import { createCipher } from "../../src/declare/cipher";
import { tableSql } from "../../src/declare/table";
import type { Identity, Rights } from "../../src/identity";
import { Reader, schemaOf } from "../../src/read";
import type { Question } from "./reference/answer";
import { type Row, type Rows, type Value, versionsOf } from "./reference/rows";

const cipher = createCipher(Buffer.alloc(32, 7));
const LIMITS = { cost: 100_000, defaultFirst: 20, maxFirst: 1000 };

/** What left the hub: the answer, the errors of its root fields, and every byte of both. */
export interface Told {
  readonly data: unknown;
  readonly errors: readonly ToldError[];
  /** What is explained about levels, each note once. */
  readonly access: readonly string[];
  readonly raw: string;
}

export interface ToldError {
  /** Response key of the root field. */
  readonly root: string;
  readonly code: string;
  readonly reason: unknown;
}

export class Hub {
  readonly schema: GraphQLSchema;
  /** The same types without the hub's resolvers, for the reference. */
  readonly types: GraphQLSchema;
  readonly #reader: Reader;
  #epoch = 0;
  #askers = 0;

  constructor(
    readonly catalogue: Catalogue,
    readonly pool: Pool,
  ) {
    this.schema = schemaOf(catalogue);
    this.types = buildSchema(printSchema(this.schema));
    this.#reader = new Reader(
      { catalogue, pool, cipher, limits: LIMITS, nameOf: (code) => `n${code}` },
      this.schema,
    );
  }

  async createTables(): Promise<void> {
    for (const dataset of this.catalogue.datasets)
      for (const statement of tableSql(dataset)) await this.pool.query(statement);
  }

  /** Replaces all rows. */
  async load(rows: Rows): Promise<void> {
    for (const dataset of this.catalogue.datasets) {
      await this.pool.query(`TRUNCATE "${dataset.table}", "${dataset.table}_history"`);
      const stored = (rows[dataset.name] ?? []).map((r) => storedRow(dataset, r));
      await this.pool.query(
        `INSERT INTO "${dataset.table}" SELECT * FROM json_populate_recordset(NULL::"${dataset.table}", $1)`,
        [JSON.stringify(stored)],
      );
      const past = (rows[dataset.name] ?? []).flatMap((row) => pastRows(dataset, row));
      const history = `${dataset.table}_history`;
      await this.pool.query(
        `INSERT INTO "${history}" SELECT * FROM json_populate_recordset(NULL::"${history}", $1)`,
        [JSON.stringify(past)],
      );
      await this.pool.query(`ANALYZE "${dataset.table}"`);
    }
    await this.#loadDisputes(rows);
  }

  /** Corrections as they stand, past the triggers by which they come about; each field by one or two departments. */
  async #loadDisputes(rows: Rows): Promise<void> {
    const corrections = Object.entries(rows).flatMap(([dataset, of]) => {
      const fields = this.catalogue.dataset(dataset).fields.filter((f) => !f.generated);
      return of.flatMap(({ id, disputed = [] }) => [
        ...disputed.map((field) => [dataset, id, field, "d0", "RECEIVED"]),
        ...disputed.slice(1).map((field) => [dataset, id, field, "d1", "ACCEPTED"]),
        // Answered ones, which are no disputes.
        ...fields
          .filter((f) => !disputed.includes(f.name))
          .map((f) => [dataset, id, f.name, "d0", "REJECTED"]),
      ]);
    });
    const columns = [0, 1, 2, 3, 4].map((n) => corrections.map((one) => one[n]));
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL session_replication_role = replica");
      await client.query("TRUNCATE correction, correction_transition");
      await client.query(
        `INSERT INTO correction (id, dataset, row_id, field, territory, requester, provider, authority, found, proposed,
           evidence, reason, filed_at, state)
         SELECT gen_random_uuid(), d, r, f, '140100000000', q, 'p', 'a', '', '', '', '', now(), s
           FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[]) AS o(d, r, f, q, s)`,
        columns,
      );
      await client.query("COMMIT");
    } finally {
      client.release();
    }
  }

  /** Every change of rights moves the epoch. */
  async changeRights(): Promise<void> {
    const { rows } = await this.pool.query("UPDATE grant_epoch SET epoch = epoch + 1 RETURNING epoch");
    this.#epoch = Number(rows[0].epoch);
  }

  /** Decisions under these rights; under `before` first, where a request began before they changed. */
  decisions(identity: Identity, rights: Rights, before?: Rights): Decisions {
    const at = new Date();
    const held = { ...(before ?? rights), epoch: this.#epoch };
    const made = new Map<string, Decision>();
    const make = (dataset: string) => decideIn(this.catalogue, dataset, identity, held, at);
    return {
      alike: `asker ${++this.#askers}`,
      epoch: before ? this.#epoch - 1 : this.#epoch,
      decide: (dataset) => {
        const decision = made.get(dataset) ?? make(dataset);
        made.set(dataset, decision);
        return decision;
      },
      purposesFor: () => [],
      refresh: async () => this.decisions(identity, rights),
    };
  }

  async text(question: Question, decisions: Decisions): Promise<Told> {
    const document = parse(question.query);
    const faults = validate(this.schema, document);
    if (faults.length > 0)
      throw new Error(`the hub's schema refuses the question: ${faults.map((f) => f.message).join("; ")}`);
    // Asked of other values first, so that the answer comes from a plan which was made for those.
    const others = otherValues(question.variables) as Question["variables"];
    await this.#reader.answer({ document, variables: others }, decisions).catch(() => undefined);
    const answer = await this.#reader.answer({ document, variables: question.variables }, decisions);
    const { errors, text, prepared, apply } = answer;
    const raw = `${text}\n${JSON.stringify([prepared.access, apply, errors])}`;
    return {
      data: JSON.parse(text),
      errors: errors.map(told),
      access: distinct([...prepared.access, ...apply]),
      raw,
    };
  }

  async objects(question: Question, decisions: Decisions): Promise<Told> {
    const access: unknown[] = [];
    const read = async (info: never) => {
      const { value, answer } = await this.#reader.value(info, decisions);
      access.push(...answer.prepared.access, ...answer.apply);
      return value;
    };
    const result: ExecutionResult = await execute({
      schema: this.schema,
      document: parse(question.query),
      variableValues: question.variables as Record<string, unknown>,
      contextValue: { read },
    });
    const { data, errors = [] } = result;
    return {
      data: JSON.parse(JSON.stringify(data ?? null)),
      errors: errors.map(told),
      access: distinct(access),
      raw: JSON.stringify([result, access]),
    };
  }
}

/** Variables of the same shape with other values in them: each that of a neighbour of its kind, as far as there is one. */
function otherValues(variables: unknown): unknown {
  const leaves: unknown[] = [];
  const collect = (value: unknown): void => {
    if (value !== null && typeof value === "object") for (const one of Object.values(value)) collect(one);
    else leaves.push(value);
  };
  collect(variables);
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (value !== null && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]));
    const neighbours = leaves.filter((leaf) => formOf(leaf) === formOf(value) && leaf !== value);
    if (neighbours.length > 0) return neighbours[0];
    if (typeof value === "string" && formOf(value) === "text") return `${value}其他`;
    return typeof value === "number" && value > 1 ? value - 1 : value;
  };
  return change(variables);
}

function formOf(value: unknown): string {
  if (typeof value !== "string") return typeof value;
  if (/^[A-Z_]+$/.test(value)) return value;
  const forms = [
    /^\w+:[0-9a-f-]{36}$/,
    /^\d+$/,
    /^\d{4}-\d\d-\d\d$/,
    /^\d{4}-\d\d-\d\dT/,
    /^[\w-]+\.[\w-]+$/,
  ];
  const form = forms.findIndex((one) => one.test(value));
  return form < 0 ? "text" : `${form} ${form === 0 ? value.split(":")[0] : form === 1 ? value.length : ""}`;
}

const distinct = (notes: readonly unknown[]) =>
  [...new Set(notes.map((note) => JSON.stringify(note)))].sort();

/** A fault that is no refusal is the test's to show. */
function told(error: GraphQLError): ToldError {
  const { code, reason } = error.extensions;
  if (code === undefined || code === "INTERNAL_SERVER_ERROR") throw error.originalError ?? error;
  return { root: String(error.path?.[0]), code: String(code), reason };
}

/** Superseded versions as the history table holds them: each until the next began. */
function pastRows(dataset: DatasetEntry, row: Row): Record<string, unknown>[] {
  const versions = versionsOf(row);
  return versions
    .slice(0, -1)
    .map((v, i) => ({ ...storedRow(dataset, v), superseded_at: versions[i + 1]?.values.changedAt }));
}

/** A row as its columns hold it. */
function storedRow(dataset: DatasetEntry, row: Row): Record<string, unknown> {
  const stored: Record<string, unknown> = { id: row.id, cell_key: row.cellKey };
  for (const field of dataset.fields) {
    if (field.name === "id") continue;
    const value: Value = row.values[field.name] ?? null;
    stored[field.column] = field.references && value !== null ? String(value).split(":")[1] : value;
    if (field.encrypted && value !== null) {
      const sealed = cipher.seal(dataset.name, field.name, String(value), field.mask as "PHONE");
      stored[field.column] = `\\x${sealed.value.toString("hex")}`;
      stored[`${field.column}_hash`] = `\\x${sealed.hash.toString("hex")}`;
    }
    if (field.name in row.masked) stored[`${field.column}_masked`] = row.masked[field.name];
  }
  return stored;
}
