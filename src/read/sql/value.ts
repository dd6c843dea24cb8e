/** Values as JSON text: each kind written once, masked forms included, null where nothing may be shown. */
import type { FieldEntry, Mask } from "../../declare";
import type { Cell, Source } from "../plan-types";
import { predicateSql } from "./predicate";
import { column, literal, type Parameters } from "./statement";

/** Around a sealed value in the answer; raw control characters, which JSON text itself never holds. */
export const SEALED = { from: "\u0001", to: "\u0002" } as const;

/** JSON text of one field at the level held in each row; never NULL. */
export function fieldSql(source: Source, cell: Cell & { is: "field" }, to: Parameters): string {
  const { row } = source;
  const { field, full, masked } = cell;
  if (full.is === "true") return orNull(openSql(source, field));
  const hidden = field.mask && masked.is !== "false" ? maskSql(row, field, field.mask) : undefined;
  const branches = [
    ...(full.is === "false" ? [] : [`WHEN ${predicateSql(full, to)} THEN ${openSql(source, field)}`]),
    ...(hidden ? [`WHEN ${predicateSql(masked, to)} THEN ${hidden}`] : []),
  ];
  return branches.length === 0 ? "'null'" : orNull(`CASE ${branches.join(" ")} END`);
}

function orNull(sql: string): string {
  return `coalesce(${sql}, 'null')`;
}

/** JSON text of the true value, NULL where there is none. */
function openSql({ row, dataset }: Source, field: FieldEntry): string {
  const own = column(row, field.column);
  if (field.encrypted)
    return `(${literal(`"${SEALED.from}${dataset.name}.${field.name}:`)} || translate(encode(${own}, 'base64'), E'\\n', '') || ${literal(`${SEALED.to}"`)})`;
  return jsonSql(field, own);
}

/** JSON text of an expression of this field's kind, NULL where it is NULL. */
export function jsonSql(field: FieldEntry, sql: string): string {
  switch (field.kind) {
    case "reference":
      return `(${literal(`"${field.references}:`)} || ${sql}::text || '"')`;
    case "enum":
    case "decimal":
    case "date":
      return `('"' || ${sql}::text || '"')`;
    case "float":
      return `trim_scale(${sql})::text`;
    case "int":
    case "boolean":
      return `${sql}::text`;
    case "datetime":
      return `('"' || to_char(${sql} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || '+08:00"')`;
    case "text":
    case "code":
    case "enumList":
      return `to_json(${sql})::text`;
  }
}

/** JSON text of the masked form (C8): surname, or the form stored beside the value. */
function maskSql(row: string, field: FieldEntry, mask: Mask): string {
  if (mask === "NAME") return `to_json(left(${column(row, field.column)}, 1) || '*')::text`;
  return `to_json(${column(row, `${field.column}_masked`)})::text`;
}

/** `{"key":value,…}` from alternating literals and never-NULL expressions. */
export function objectSql(members: readonly (readonly [string, string])[]): string {
  if (members.length === 0) return "'{}'";
  const pieces: string[] = [];
  let open = "{";
  for (const [key, sql] of members) {
    const constant = /^'((?:[^']|'')*)'$/.exec(sql);
    open += `${JSON.stringify(key)}:`;
    if (constant) open += `${(constant[1] as string).replaceAll("''", "'")},`;
    else {
      pieces.push(literal(open), sql);
      open = ",";
    }
  }
  pieces.push(literal(`${open.replace(/,$/, "")}}`));
  return concatSql(pieces);
}

/** Concatenation that does not copy what stands left for every piece; a function takes 100 arguments at most. */
export function concatSql(pieces: readonly string[]): string {
  if (pieces.length === 1) return pieces[0] as string;
  if (pieces.length <= 90) return `concat(${pieces.join(", ")})`;
  const chunks: string[] = [];
  for (let i = 0; i < pieces.length; i += 90) chunks.push(concatSql(pieces.slice(i, i + 90)));
  return concatSql(chunks);
}
