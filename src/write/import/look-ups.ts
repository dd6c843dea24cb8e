/** What an import must know of rows that stand: asked once for a batch, by key, over the connection that writes. */
import type { ClientBase } from "pg";
import type { FieldEntry } from "../../declare";
import { parseId } from "../../read/id";
import { absenceProblems } from "../check";
import type { Problem } from "../problem";
import type { Value } from "../value";
import type { Candidate, Stored } from "./candidate";
import { keyOf, quoted, type Reference, type Target } from "./target";

/** All values as PostgreSQL writes them. */
const AS_TEXT = { getTypeParser: () => (text: string) => text } as never;

async function textRows(client: ClientBase, text: string, values: unknown[]): Promise<(string | null)[][]> {
  const { rows } = await client.query({ text, values, rowMode: "array", types: AS_TEXT });
  return rows;
}

/** Puts uuids in the place of ids and business keys; a reference that leads nowhere is a problem of its row. */
export async function resolveReferences(
  client: ClientBase,
  target: Target,
  candidates: readonly Candidate[],
): Promise<void> {
  for (const reference of target.references) {
    const { name } = reference.field;
    const named = new Set<string>();
    for (const { values } of candidates) if (typeof values[name] === "string") named.add(values[name]);
    if (named.size === 0) continue;
    const found = await findReferenced(client, reference, [...named]);
    for (const candidate of candidates) {
      const given = candidate.values[name];
      if (typeof given !== "string") continue;
      const uuid = found.get(given);
      if (uuid) candidate.values[name] = uuid;
      else {
        delete candidate.values[name];
        candidate.problems.push(absent(reference));
      }
    }
  }
}

async function findReferenced(
  client: ClientBase,
  reference: Reference,
  named: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const table = quoted(reference.target.table);
  const byId = new Map<string, string>();
  const byKey = new Map<string, string[]>();
  for (const text of named) {
    const id = parseId(text);
    if (id) {
      if (id.dataset === reference.target.name) byId.set(id.uuid, text);
      continue;
    }
    const parts = reference.key.length === 1 ? [text] : text.split("/");
    if (parts.length === reference.key.length && reference.key.every((f, i) => fits(f, parts[i] as string)))
      byKey.set(text, parts);
  }
  if (byId.size > 0) {
    const sql = `SELECT id FROM ${table} WHERE id = ANY($1::uuid[]) AND retired_at IS NULL`;
    for (const [uuid] of await textRows(client, sql, [[...byId.keys()]]))
      found.set(byId.get(uuid as string) as string, uuid as string);
  }
  if (byKey.size > 0) {
    const match = keyMatch(reference.key);
    const sql = `SELECT k.at, t.id FROM unnest($1::text[], ${match.arrays(2)}) AS k(at, ${match.names})
      JOIN ${table} t ON ${match.condition} WHERE t.retired_at IS NULL`;
    const columns = reference.key.map((_, i) => [...byKey.values()].map((parts) => parts[i]));
    for (const [text, uuid] of await textRows(client, sql, [[...byKey.keys()], ...columns]))
      found.set(text as string, uuid as string);
  }
  return found;
}

/** Whether the text can be asked for as a key of this kind at all. */
function fits(field: FieldEntry, text: string): boolean {
  if (field.kind === "int") return /^\d{1,9}$/.test(text);
  return field.kind === "text" || field.kind === "code" || field.kind === "enum";
}

function absent({ field, target, key }: Reference): Problem {
  const names = key.map((f) => f.name).join("/");
  return {
    field: field.name,
    rule: "NO_SUCH_ROW",
    problem: `没有这样的 ${target.name}；可填其 ${names} 或 id。There is no such ${target.name}; its ${names} or its id is expected`,
  };
}

const KEY_TYPES: Partial<Record<FieldEntry["kind"], string>> = {
  int: "integer",
  date: "date",
  reference: "uuid",
};

/** The pieces of a statement that compares a business key with arrays of its parts. */
function keyMatch(key: readonly FieldEntry[]) {
  const type = (f: FieldEntry) => KEY_TYPES[f.kind] ?? "text";
  return {
    arrays: (first: number) => key.map((f, i) => `$${first + i}::${type(f)}[]`).join(", "),
    names: key.map((_, i) => `k${i}`).join(", "),
    condition: key.map((f, i) => `t.${quoted(f.column)} = k.k${i}`).join(" AND "),
  };
}

/** Finds for each candidate the row in use with its business key. */
export async function findStored(
  client: ClientBase,
  target: Target,
  candidates: readonly Candidate[],
): Promise<void> {
  const asked = candidates.filter((c) => keyOf(target, c.values) !== undefined);
  for (const candidate of candidates) candidate.stored = undefined;
  if (asked.length === 0) return;
  const match = keyMatch(target.key.map((f) => f.field));
  const columns = target.fields.map((f) => `t.${quoted(f.compared)}`).join(", ");
  const sql = `SELECT k.at, t.id, t.version, ${columns}
    FROM unnest($1::integer[], ${match.arrays(2)}) AS k(at, ${match.names})
    JOIN ${quoted(target.dataset.table)} t ON ${match.condition} WHERE t.retired_at IS NULL`;
  const parts = target.key.map(({ field }) => asked.map((c) => c.values[field.name]));
  for (const [at, id, version, ...cells] of await textRows(client, sql, [asked.map((_, i) => i), ...parts])) {
    const candidate = asked[Number(at)] as Candidate;
    candidate.stored = storedOf(target, id as string, Number(version), cells);
  }
}

function storedOf(target: Target, id: string, version: number, cells: readonly (string | null)[]): Stored {
  const values: Record<string, Value> = {};
  for (let i = 0; i < target.fields.length; i++) {
    const stored = target.fields[i] as Target["fields"][number];
    values[stored.field.name] = stored.get(cells[i] ?? null);
  }
  return { id, version, values };
}

/** The working scheme and edition (semantics 8). */
const DIVISIONS = `SELECT DISTINCT code FROM division
  WHERE scheme = 'STATISTICS' AND edition = '2023' AND code = ANY($1::text[]) AND retired_at IS NULL`;

/** Adds a problem for each code that must be a division and is none; codes found once are known for the whole import. */
export async function checkDivisions(
  client: ClientBase,
  target: Target,
  candidates: readonly Candidate[],
  known: Set<string>,
): Promise<void> {
  // A division declares its own code, which is a `divisionCode`.
  const fields = target.dataset.fields.filter((f) => f.check?.startsWith("division"));
  const divisions = async (codes: readonly string[]) => {
    const unknown = codes.filter((code) => !known.has(code));
    if (unknown.length > 0)
      for (const [code] of await textRows(client, DIVISIONS, [unknown])) known.add(code as string);
    return known;
  };
  const lookUp = () => Promise.reject(new Error("references are resolved before divisions are checked"));
  const rows = candidates.map((c) => c.values);
  const found = await absenceProblems({ ...target.dataset, fields }, rows, { divisions, lookUp });
  for (const [i, candidate] of candidates.entries()) candidate.problems.push(...(found[i] as Problem[]));
}
