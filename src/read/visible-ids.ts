/** Which rows a decision shows, by their ids in order: what a change feed compares when rights have changed. */
import type { Pool } from "pg";
import type { Decision } from "../access";
import type { Catalogue, Range } from "../declare";
import { idIn } from "./id";
import type { ListPlan } from "./plan-types";
import { Planning } from "./planning";
import { and, or, type Predicate, TRUE, within } from "./predicate";
import { Parameters, streamSql } from "./sql";
import { fieldOf } from "./where";

export interface Sight {
  readonly dataset: string;
  readonly decision: Decision;
  /** Where rows are sought; with `until`, those alone that have been as they are since before it. */
  readonly areas: readonly { readonly ranges: readonly Range[]; readonly until?: Date }[];
  readonly after?: string;
  readonly limit: number;
}

const NO_LIMITS = { cost: Number.POSITIVE_INFINITY, defaultFirst: 0, maxFirst: 0 };

/** Uuids of rows in use. The decision may be a former one: nothing but ids leaves here. */
export async function visibleIds(
  catalogue: Catalogue,
  pool: Pick<Pool, "query">,
  { dataset: name, decision, areas, after, limit }: Sight,
): Promise<string[]> {
  const dataset = catalogue.dataset(name);
  const hash = () => Buffer.alloc(0); // there is no condition of a client
  const world = { catalogue, decide: () => decision, hash, limits: NO_LIMITS, nameOf: () => undefined };
  const changedAt = fieldOf(dataset, "changedAt");
  const sought = (row: string): Predicate =>
    or(
      ...areas.map(({ ranges, until }) =>
        and(
          within(row, ranges),
          until ? { is: "compare", row, field: changedAt, op: "lte", value: until.toISOString() } : TRUE,
        ),
      ),
    );
  const source = new Planning(world).rows(dataset, { retired: false }, sought);
  if (source.base.is === "false") return [];
  const from = after === undefined ? undefined : [after];
  const plan: ListPlan = {
    source,
    where: TRUE,
    order: [],
    size: limit,
    backward: false,
    from,
    fingerprint: "",
    parts: [],
  };
  const to = new Parameters();
  const id = { is: "field", key: "id", field: fieldOf(dataset, "id"), full: TRUE, masked: TRUE } as const;
  const text = streamSql(plan, [id], limit, to);
  const { rows } = await pool.query({ text, values: to.values, rowMode: "array" });
  return (rows as unknown as [string][]).map(([json]) => idIn(name, (JSON.parse(json) as { id: string }).id));
}
