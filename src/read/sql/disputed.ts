/** Open corrections of a row as SQL: names of the disputed fields, as far as its reader sees those fields. */
import type { Cell, ShownFields, Source } from "../plan-types";
import { whereSql } from "./predicate";
import { column, literal, type Parameters } from "./statement";

/** JSON text of a list of names, `null` where former versions are read; never NULL. Of the row it reads its index alone. */
export function disputedSql(source: Source, { shown }: Cell & { is: "disputed" }, to: Parameters): string {
  if (source.asOf || source.versions) return literal("null");
  const allowed = shown.map((group) => namedSql(group, to));
  if (allowed.length === 0) return literal("[]");
  const about = `k.open AND k.row_id = ${column(source.row, "id")} AND k.dataset = ${literal(source.dataset.name)}`;
  // Names of fields need no escape.
  const names = `string_agg(DISTINCT '"' || k.field || '"', ',' ORDER BY '"' || k.field || '"') AS names`;
  const some = `SELECT ${names} FROM correction k WHERE ${about} AND (${allowed.join(" OR ")})`;
  return `(SELECT concat('[', d.names, ']') FROM (${some}) d)`;
}

function namedSql({ names, where }: ShownFields, to: Parameters): string {
  const named = `k.field = ANY(${literal(`{${names.join()}}`)}::text[])`;
  return where.is === "true" ? named : `(${named} AND ${whereSql(where, to)})`;
}
