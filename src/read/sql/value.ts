/** Values as JSON text: each kind written once, masked forms included, null where nothing may be shown. */
import type { FieldEntry, Mask } from "../../declare";
import type { Cell, Source } from "../plan-types";
import { predicateSql } from "./predicate";
import { column, literal, type Parameters } from "./statement";

/** A part of a JSON text: a constant, or an expression that is never NULL; of an empty page's columns NULL is nothing. */
export type Piece = { readonly text: string } | { readonly sql: string };

/** Around a sealed value in the answer; raw control characters, which JSON text itself never holds. */
export const SEALED = { from: "\u0001", to: "\u0002" } as const;

/** JSON text of one field at the level held in each row; never NULL. */
export function fieldSql(source: Source, cell: Cell & { is: "field" }, to: Parameters): Piece[] {
  const { row } = source;
  const { field, full, masked } = cell;
  if (full.is === "true") return isNeverNull(field) ? openSql(source, field) : orNull(openSql(source, field));
  const hidden = field.mask && masked.is !== "false" && `to_json(${maskSql(row, field, field.mask)})::text`;
  const branches = [
    ...(full.is === "false"
      ? []
      : [`WHEN ${predicateSql(full, to)} THEN ${joinSql(openSql(source, field))}`]),
    ...(hidden ? [`WHEN ${predicateSql(masked, to)} THEN ${hidden}`] : []),
  ];
  return branches.length === 0 ? [{ text: "null" }] : orNull([{ sql: `CASE ${branches.join(" ")} END` }]);
}

/** Whether every row holds a value: the column refuses NULL. */
export function isNeverNull(field: FieldEntry): boolean {
  if (field.unchecked) return false;
  return field.required || (field.generated && field.name !== "retiredAt");
}

function orNull(pieces: readonly Piece[]): Piece[] {
  return [{ sql: `coalesce(${joinSql(pieces)}, 'null')` }];
}

/** JSON text of the true value, NULL where there is none. */
function openSql({ row, dataset }: Source, field: FieldEntry): Piece[] {
  const own = column(row, field.column);
  if (!field.encrypted) return valueSql(field, own);
  return [
    { text: `"${SEALED.from}${dataset.name}.${field.name}:` },
    { sql: `translate(encode(${own}, 'base64'), E'\\n', '')` },
    { text: `${SEALED.to}"` },
  ];
}

/** JSON text of an expression of this field's kind, NULL where it is NULL. */
export function jsonSql(field: FieldEntry, sql: string): string {
  return joinSql(valueSql(field, sql));
}

function valueSql(field: FieldEntry, sql: string): Piece[] {
  switch (field.kind) {
    case "reference":
      return [{ text: `"${field.references}:` }, { sql: `${sql}::text` }, { text: '"' }];
    case "enum":
      // What no rule has held for may be any text.
      return field.unchecked ? [{ sql: `to_json(${sql})::text` }] : quoted(`${sql}::text`);
    case "decimal":
    case "date":
      return quoted(`${sql}::text`);
    case "float":
      return [{ sql: `trim_scale(${sql})::text` }];
    case "int":
    case "boolean":
      return [{ sql: `${sql}::text` }];
    case "datetime":
      return [{ text: '"' }, { sql: momentSql(sql) }, { text: `${OFFSET}"` }];
    case "text":
    case "code":
    case "enumList":
      return [{ sql: `to_json(${sql})::text` }];
  }
}

/** What follows the text of a moment. */
export const OFFSET = "+08:00";

/** A moment by the local clock, without its offset. */
export function momentSql(sql: string): string {
  return `to_char(${sql} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`;
}

function quoted(sql: string): Piece[] {
  return [{ text: '"' }, { sql }, { text: '"' }];
}

/** The masked form (C8): surname, or the form stored beside the value. */
export function maskSql(row: string, field: FieldEntry, mask: Mask): string {
  return mask === "NAME"
    ? `left(${column(row, field.column)}, 1) || '*'`
    : column(row, `${field.column}_masked`);
}

/** `{"key":value,…}` of never-NULL values, each an expression or pieces, and what follows it. */
export function objectSql(members: Members, after = ""): string {
  return joinSql([...objectPieces(members), { text: after }]);
}

type Members = readonly (readonly [string, string | readonly Piece[]])[];

export function objectPieces(members: Members): Piece[] {
  const values = members.flatMap(([key, value], i): Piece[] => [
    { text: `${i === 0 ? "" : ","}${JSON.stringify(key)}:` },
    ...(typeof value === "string" ? [pieceOf(value)] : value),
  ]);
  return [{ text: "{" }, ...values, { text: "}" }];
}

/** A literal is as good as its text. */
function pieceOf(sql: string): Piece {
  const constant = /^'((?:[^']|'')*)'$/.exec(sql);
  return constant ? { text: (constant[1] as string).replaceAll("''", "'") } : { sql };
}

/** Texts of other rows; a page's columns may be NULL, too. */
const LONG = /\(SELECT |string_agg\(|^concat\(|^page\./;

/** One after the other. What is long, a text of other rows, is copied once and not again for every piece after it. */
export function joinSql(pieces: readonly Piece[]): string {
  const runs: string[][] = [];
  let short = false;
  for (const piece of joinedTexts(pieces)) {
    const sql = "text" in piece ? literal(piece.text) : piece.sql;
    const isShort = !LONG.test(sql);
    if (isShort && short) runs.at(-1)?.push(sql);
    else runs.push([sql]);
    short = isShort;
  }
  return concatSql(runs.map((run) => (run.length === 1 ? (run[0] as string) : `(${run.join(" || ")})`)));
}

function joinedTexts(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && "text" in last && "text" in piece)
      joined[joined.length - 1] = { text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

/** Concatenation that does not copy what stands left for every piece; a function takes 100 arguments at most. */
export function concatSql(pieces: readonly string[]): string {
  if (pieces.length === 1) return pieces[0] as string;
  if (pieces.length <= 90) return `concat(${pieces.join(", ")})`;
  const chunks: string[] = [];
  for (let i = 0; i < pieces.length; i += 90) chunks.push(concatSql(pieces.slice(i, i + 90)));
  return concatSql(chunks);
}
