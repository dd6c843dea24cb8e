/** The real thing that the matrix asks: PostgreSQL with the seeded rights, the given grants and rows, and both exits. */
import { type DocumentNode, execute, type GraphQLSchema } from "graphql";
import { seedRights } from "../../seeds";
import { type Decision, type Decisions, decide, purposesFor } from "../../src/access";
import type { Catalogue, DatasetEntry } from "../../src/declare";
import { createCipher } from "../../src/declare/cipher";
import { FORMATS, type Format } from "../../src/exchange";
import { createRightsStore, type Identity, type Rights } from "../../src/identity";
import { type AccessNote, openRows, Reader, type RowStream, schemaOf } from "../../src/read";
import { type TestDatabase, testDatabase } from "../setup/database";
import type { Row, Rows } from "./rows";
import { type Asker, type Given, GRANTEE, grantable } from "./rules";

export const cipher = createCipher(Buffer.alloc(32, 7));
const LIMITS = { cost: Number.POSITIVE_INFINITY, defaultFirst: 20, maxFirst: 1000 };

export interface Refusal {
  readonly key: string;
  readonly code: unknown;
  readonly field: unknown;
  readonly message: string;
}

export interface Reply {
  readonly data: Record<string, unknown> | null;
  readonly refusals: readonly Refusal[];
  readonly access: readonly AccessNote[];
  /** Every byte that left the hub. */
  readonly raw: string;
}

export class Hub {
  readonly rights: Rights;
  readonly #readers = new Map<Catalogue, Reader>();

  private constructor(
    readonly database: TestDatabase,
    readonly catalogue: Catalogue,
    readonly schema: GraphQLSchema,
    rights: Rights,
  ) {
    this.rights = rights;
  }

  /** A database of its own with these rows and grants, beside the rights that every hub starts with. */
  static async open(
    catalogue: Catalogue,
    rows: Rows,
    grants: readonly Given[],
    schema?: GraphQLSchema,
    put: typeof insert = insert,
  ): Promise<Hub> {
    const database = await testDatabase();
    await seedRights(database.pool, catalogue, { demo: false });
    await giveGrants(database, catalogue, grants);
    for (const dataset of catalogue.datasets) await put(database, dataset, rows.get(dataset.name) ?? []);
    const rights = await createRightsStore(database.pool).current();
    return new Hub(database, catalogue, schema ?? schemaOf(catalogue), rights);
  }

  /** On a database that another one opened. */
  static async beside(database: TestDatabase, catalogue: Catalogue): Promise<Hub> {
    const rights = await createRightsStore(database.pool).current();
    return new Hub(database, catalogue, schemaOf(catalogue), rights);
  }

  /** Decisions about this asker; a test may widen the catalogue or the rights on their way. */
  decisions(asker: Asker, catalogue = this.catalogue, rights = this.rights): Decisions {
    const identity: Identity = {
      subject: "matrix",
      department: { code: `${asker.kind}@${asker.territory}`, kind: asker.kind, territory: asker.territory },
      duties: asker.watches ? ["audit"] : ["read"],
      purpose: asker.purpose,
    };
    const at = new Date();
    const made = new Map<string, Decision>();
    const purposes = new Map<string, string[]>();
    const decideOnce = (name: string) => {
      const decision = made.get(name) ?? decide(identity, catalogue.dataset(name), rights, at);
      made.set(name, decision);
      return decision;
    };
    const own: Decisions = {
      epoch: rights.epoch,
      decide: decideOnce,
      purposesFor: (name, field) => {
        const known = purposes.get(`${name}.${field}`) ?? purposesFor(identity, name, field, rights, at);
        purposes.set(`${name}.${field}`, known);
        return known;
      },
      refresh: async () => own,
    };
    return own;
  }

  async text(document: DocumentNode, decisions: Decisions, catalogue = this.catalogue): Promise<Reply> {
    const answer = await this.#reader(catalogue).answer({ document }, decisions);
    const refusals = answer.errors.map((e) => ({
      key: String(e.path?.[0]),
      code: e.extensions.code,
      field: e.extensions.field,
      message: e.message,
    }));
    const access = answer.prepared.access;
    const raw = [answer.text, JSON.stringify(answer.errors), JSON.stringify(access)].join("\n");
    return { data: JSON.parse(answer.text), refusals, access, raw };
  }

  /** The rows of a root list as a file holds them. */
  async file(document: DocumentNode, decisions: Decisions, catalogue = this.catalogue): Promise<unknown[]> {
    const text = await this.bytes(document, decisions, "application/x-ndjson", catalogue);
    return text
      .trimEnd()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  /** A root list as a file of this type. */
  async bytes(
    document: DocumentNode,
    decisions: Decisions,
    type: "text/csv" | "application/x-ndjson",
    catalogue = this.catalogue,
  ): Promise<string> {
    return (await this.whole(document, decisions, FORMATS.get(type) as Format, catalogue)).toString();
  }

  /** The rows of a root list, as a format wants them. */
  rows(
    document: DocumentNode,
    decisions: Decisions,
    { marks }: Format,
    catalogue = this.catalogue,
  ): Promise<RowStream> {
    return openRows(this.#reader(catalogue), this.database.pool, { document }, decisions, { marks });
  }

  /** A root list as a file in this format. */
  async whole(
    document: DocumentNode,
    decisions: Decisions,
    format: Format,
    catalogue = this.catalogue,
  ): Promise<Buffer> {
    const stream = await this.rows(document, decisions, format, catalogue);
    try {
      const pieces: Buffer[] = [];
      for await (const piece of format.write(stream, { bom: false, onEnd: () => {} })) pieces.push(piece);
      return Buffer.concat(pieces);
    } finally {
      stream.close();
    }
  }

  /** What graphql-js makes of the planner's objects. */
  async objects(document: DocumentNode, decisions: Decisions): Promise<unknown> {
    const reader = this.#reader(this.catalogue);
    const contextValue = { read: async (info: never) => (await reader.value(info, decisions)).value };
    const result = await execute({ schema: this.schema, document, contextValue });
    if (result.errors) throw result.errors[0];
    return JSON.parse(JSON.stringify(result.data));
  }

  #reader(catalogue: Catalogue): Reader {
    const known = this.#readers.get(catalogue);
    if (known) return known;
    const { pool } = this.database;
    const made = new Reader(
      { catalogue, pool, cipher, limits: LIMITS, nameOf: (code) => `n${code}` },
      this.schema,
    );
    this.#readers.set(catalogue, made);
    return made;
  }

  close(): Promise<void> {
    return this.database.drop();
  }
}

async function giveGrants(
  { pool }: TestDatabase,
  catalogue: Catalogue,
  grants: readonly Given[],
): Promise<void> {
  const purposes = [...new Set(grants.map((g) => g.purpose))];
  await pool.query("INSERT INTO purpose SELECT p, p, p, '试' FROM unnest($1::text[]) p", [purposes]);
  const rows = catalogue.datasets.flatMap((dataset) =>
    grants.map((g) => ({
      department: `${GRANTEE.kind}@${GRANTEE.territory}`,
      dataset: dataset.name,
      fields: g.fields ? g.fields(grantable(dataset.name)) : [],
      level: g.level,
      territory: g.territory,
      purpose: g.purpose,
      legal_basis: "试",
      granted_by: `${dataset.steward}@140100000000`,
      starts_at: g.from ?? "2025-01-01T00:00:00+08:00",
      ends_at: g.until ?? null,
    })),
  );
  const columns =
    "department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at, ends_at";
  await pool.query(
    `INSERT INTO access_grant (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::access_grant, $1)`,
    [JSON.stringify(rows)],
  );
}

/** Rows as their table stores them, whatever it held before; no trigger of theirs runs. */
export async function insert(
  { pool }: TestDatabase,
  dataset: DatasetEntry,
  rows: readonly Row[],
): Promise<void> {
  await pool.query(`TRUNCATE "${dataset.table}"`);
  await pool.query(
    `INSERT INTO "${dataset.table}" SELECT * FROM json_populate_recordset(NULL::"${dataset.table}", $1)`,
    [JSON.stringify(rows.map((row) => stored(dataset, row)))],
  );
}

function stored(dataset: DatasetEntry, row: Row): Record<string, unknown> {
  const columns: Record<string, unknown> = { cell_key: row.cellKey };
  for (const field of dataset.fields) {
    const value = row.values[field.name] ?? null;
    columns[field.column] =
      field.kind === "reference" && value !== null ? String(value).split(":")[1] : value;
    if (field.encrypted && value !== null) {
      const sealed = cipher.seal(dataset.name, field.name, String(value), field.mask ?? "PHONE");
      columns[field.column] = `\\x${sealed.value.toString("hex")}`;
      columns[`${field.column}_hash`] = `\\x${sealed.hash.toString("hex")}`;
    }
    if (field.name in row.masked) columns[`${field.column}_masked`] = row.masked[field.name];
  }
  return columns;
}
