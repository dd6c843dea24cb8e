/** The hub's own look-ups: through the planner like everybody's, under a named SYSTEM decision (semantics 6). */
import type { Pool } from "pg";
import { type Decide, systemDecision } from "../access";
import type { Catalogue, DatasetEntry, FieldEntry } from "../declare";
import { parseId } from "./id";
import type { Cell, ListPlan } from "./plan-types";
import { Planning } from "./planning";
import { and, type Predicate, TRUE } from "./predicate";
import { away, isAway } from "./sources";
import { keyedSql, Parameters, streamSql } from "./sql";
import { fieldOf, whereOf } from "./where";

export type SystemRow = Readonly<Record<string, unknown>>;

export interface Wanted {
  readonly dataset: string;
  /** Names of fields; encrypted ones cannot be had this way. */
  readonly fields: readonly string[];
  /** A condition as clients write it; ids as uuids. */
  readonly where?: Readonly<Record<string, unknown>>;
  readonly uuids?: readonly string[];
  readonly retired?: boolean;
  /** Superseded versions too. */
  readonly versions?: boolean;
  /** Nobody else changes the rows before the transaction on this connection ends. */
  readonly hold?: boolean;
  /** In the order of their uuids: no more than so many, those after this one. */
  readonly first?: number;
  readonly after?: string;
}

/** What stands under a business key, as PostgreSQL writes it; of an encrypted field its keyed hash. */
export interface KeyedRow {
  /** Place of the key among those asked for. */
  readonly at: number;
  readonly id: string;
  readonly version: number;
  readonly values: readonly (string | null)[];
}

/** All values as PostgreSQL writes them. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

const NO_LIMITS = { cost: Number.POSITIVE_INFINITY, defaultFirst: 0, maxFirst: 0 };

export class SystemRows {
  constructor(
    readonly catalogue: Catalogue,
    readonly pool: Pick<Pool, "query">,
    /** Names what the look-ups are for; it stands as the ground of the decision. */
    readonly reason: string,
  ) {}

  /** Rows with references as uuids, everything else as the API writes it. */
  async select(wanted: Wanted, decide?: Decide): Promise<SystemRow[]> {
    const dataset = this.catalogue.dataset(wanted.dataset);
    const fields = wanted.fields.map((name) => fieldOf(dataset, name)).filter((f) => !f.encrypted);
    const { plan, to, linked } = this.#plan(wanted, decide);
    const cells = fields.map(
      (field): Cell => ({ is: "field", key: field.name, field, full: TRUE, masked: TRUE }),
    );
    const text = streamSql(plan, cells, wanted.first, to);
    const { rows } = await this.pool
      .query({
        text: wanted.hold ? `${text} FOR SHARE` : text,
        values: to.values,
        rowMode: "array",
      })
      .catch((error: unknown) => {
        throw linked[0] && isAway(error) ? away(linked[0]) : error;
      });
    const references = fields.filter((f) => f.kind === "reference").map((f) => f.name);
    return (rows as unknown as [string][]).map(([text]) => uuidsIn(JSON.parse(text), references));
  }

  async count(wanted: Omit<Wanted, "fields" | "hold" | "first" | "after">): Promise<number> {
    const { plan, to } = this.#plan({ ...wanted, fields: [] });
    const text = `SELECT count(*) AS n FROM (${streamSql(plan, [], undefined, to)}) found`;
    const { rows } = await this.pool.query({ text, values: to.values });
    return Number(rows[0]?.n);
  }

  /**
   * Rows in use by business key, for a writer that compares many with what it was given: no JSON is made of them on the
   * way, and keyed hashes come along, which no other look-up gives. `keys` has a list for each field of the key.
   */
  async keyed(
    name: string,
    keys: readonly (readonly unknown[])[],
    fields: readonly FieldEntry[],
  ): Promise<KeyedRow[]> {
    const { plan, to } = this.#plan({ dataset: name, fields: [] });
    const { rows } = await this.pool.query({
      text: keyedSql(plan.source, keys, fields, to),
      values: to.values,
      rowMode: "array",
      types: AS_TEXT as never,
    });
    return (rows as unknown as [string, string, string, ...(string | null)[]][]).map(
      ([at, id, version, ...values]) => ({ at: Number(at) - 1, id, version: Number(version), values }),
    );
  }

  /** Whether a reader's own decision shows one of the rows. */
  async sees(decide: Decide, dataset: string, uuid: string): Promise<boolean> {
    return (await this.select({ dataset, fields: ["id"], uuids: [uuid], retired: true }, decide)).length > 0;
  }

  #plan(
    wanted: Wanted,
    decide?: Decide,
  ): { plan: ListPlan; to: Parameters; linked: readonly DatasetEntry[] } {
    const dataset = this.catalogue.dataset(wanted.dataset);
    const own: Decide = (name) => systemDecision(this.catalogue.dataset(name), this.reason, 0);
    const hash = () => {
      throw new Error("the hub looks nothing up by an encrypted value");
    };
    const planning = new Planning({
      catalogue: this.catalogue,
      decide: decide ?? own,
      hash,
      limits: NO_LIMITS,
      nameOf: () => undefined,
    });
    const era = { retired: wanted.retired ?? false, versions: wanted.versions };
    const id = fieldOf(dataset, "id");
    const chosen = (row: string): Predicate =>
      wanted.uuids ? { is: "compare", row, field: id, op: "in", value: wanted.uuids } : TRUE;
    const source = planning.rows(dataset, era, chosen);
    const where = and(whereOf({ planning, source, era, figures: false }, wanted.where));
    const from = wanted.after === undefined ? undefined : [wanted.after];
    const plan: ListPlan = {
      ...{ source, where, order: [], size: 0, backward: false },
      ...{ from, fingerprint: "", parts: [] },
    };
    return { plan, to: new Parameters(), linked: [...planning.linked] };
  }
}

function uuidsIn(row: Record<string, unknown>, references: readonly string[]): SystemRow {
  for (const name of references) {
    const value = row[name];
    if (typeof value === "string") row[name] = parseId(value)?.uuid ?? null;
  }
  return row;
}
