/** Rows by their business keys as SQL, with what stands in their columns. */
import type { FieldEntry } from "../../declare";
import type { Source } from "../plan-types";
import { castOf, fromSql, whereSql } from "./predicate";
import { column, type Parameters } from "./statement";

/**
 * A row for each key that some row of the source holds: the key's place from 1, `id`, `version`, and the fields as they
 * are stored, of an encrypted one its keyed hash. `keys` has a list for each field of the business key.
 */
export function keyedSql(
  source: Source,
  keys: readonly (readonly unknown[])[],
  fields: readonly FieldEntry[],
  to: Parameters,
): string {
  const { dataset, row } = source;
  const key = dataset.key.map((name) => dataset.fields.find((f) => f.name === name) as FieldEntry);
  const lists = key.map((f, i) => to.bind(keys[i], `${castOf(f)}[]`));
  const matched = key.map((f, i) => `${column(row, f.column)} = k.k${i}`);
  const columns = fields.map((f) => column(row, f.encrypted ? `${f.column}_hash` : f.column));
  return `SELECT ${["k.at", column(row, "id"), column(row, "version"), ...columns].join(", ")}
    FROM unnest(${lists.join(", ")}) WITH ORDINALITY AS k(${key.map((_, i) => `k${i}`).join(", ")}, at)
    JOIN ${fromSql(source, to)} ON ${matched.join(" AND ")} WHERE ${whereSql(source.base, to)}`;
}
