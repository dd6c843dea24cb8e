/** What an import must know of rows that stand, asked once for a batch. */
import type { FieldEntry } from "../../declare";
import { divisionsAmong, type SystemRows } from "../../read";
import { parseId } from "../../read/id";
import { codesElsewhere } from "../../read/registers";
import { absenceProblems } from "../check";
import type { Problem } from "../problem";
import type { Value } from "../value";
import type { Candidate, Stored } from "./candidate";
import { keyOf, type Reference, type Target } from "./target";

/** Puts uuids in the place of ids and business keys; a reference that leads nowhere is a problem of its row. */
export async function resolveReferences(
  rows: SystemRows,
  target: Target,
  candidates: readonly Candidate[],
): Promise<void> {
  for (const reference of target.references) {
    const { name } = reference.field;
    const named = new Set<string>();
    for (const { values } of candidates) if (typeof values[name] === "string") named.add(values[name]);
    if (named.size === 0) continue;
    const found = await findReferenced(rows, reference, [...named]);
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
  rows: SystemRows,
  { target, key }: Reference,
  named: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const byId = new Map<string, string>();
  const byKey = new Map<string, readonly string[]>();
  for (const text of named) {
    const id = parseId(text);
    const parts = key.length === 1 ? [text] : text.split("/");
    if (id?.dataset === target.name) byId.set(id.uuid, text);
    else if (!id && parts.length === key.length && key.every((f, i) => fits(f, parts[i] as string)))
      byKey.set(text, parts);
  }
  if (byId.size > 0)
    for (const { id } of await rows.select({ dataset: target.name, fields: ["id"], uuids: [...byId.keys()] }))
      found.set(byId.get(id as string) as string, id as string);
  if (byKey.size > 0) {
    const parts = [...byKey.values()];
    const where = Object.fromEntries(
      key.map((f, i) => [f.name, { in: [...new Set(parts.map((p) => typed(f, p[i] as string)))] }]),
    );
    const fields = ["id", ...key.map((f) => f.name)];
    // Of a key with several fields this finds all combinations; `byKey` picks out those that were named.
    for (const row of await rows.select({ dataset: target.name, fields, where })) {
      const text = key.map((f) => String(row[f.name])).join("/");
      if (byKey.has(text)) found.set(text, row.id as string);
    }
  }
  return found;
}

/** Whether the text can be asked for as a key of this kind at all. */
function fits(field: FieldEntry, text: string): boolean {
  if (field.kind === "int") return /^(0|[1-9]\d{0,8})$/.test(text);
  if (field.kind === "enum") return Object.hasOwn(field.enum?.values ?? {}, text);
  return field.kind === "text" || field.kind === "code";
}

function typed(field: FieldEntry, text: string): string | number {
  return field.kind === "int" ? Number(text) : text;
}

function absent({ field, target, key }: Reference): Problem {
  const names = key.map((f) => f.name).join("/");
  return {
    field: field.name,
    rule: "NO_SUCH_ROW",
    problem: `没有这样的 ${target.name}；可填其 ${names} 或 id。There is no such ${target.name}; its ${names} or its id is expected`,
  };
}

/** Finds for each candidate the row in use with its business key; it is there to be compared, nothing of it is told. */
export async function findStored(
  rows: SystemRows,
  target: Target,
  candidates: readonly Candidate[],
): Promise<void> {
  const asked = candidates.filter((c) => keyOf(target, c.values) !== undefined);
  for (const candidate of candidates) candidate.stored = undefined;
  if (asked.length === 0) return;
  const keys = target.key.map(({ field }) => asked.map((c) => c.values[field.name]));
  const fields = target.fields.map(({ field }) => field);
  for (const { at, id, version, values } of await rows.keyed(target.dataset.name, keys, fields))
    (asked[at] as Candidate).stored = storedOf(target, id, version, values);
}

function storedOf(target: Target, id: string, version: number, cells: readonly (string | null)[]): Stored {
  const values: Record<string, Value> = {};
  for (let i = 0; i < target.fields.length; i++) {
    const stored = target.fields[i] as Target["fields"][number];
    values[stored.field.name] = stored.get(cells[i] ?? null);
  }
  return { id, version, values };
}

/** Adds a problem for each code that must be a division and is none; codes found once are known for the whole import. */
export async function checkDivisions(
  rows: SystemRows,
  target: Target,
  candidates: readonly Candidate[],
  known: Set<string>,
): Promise<void> {
  // A division declares its own code, which is a `divisionCode`.
  const fields = target.dataset.fields.filter((f) => f.check?.startsWith("division"));
  const divisions = async (codes: readonly string[]) => {
    const unknown = codes.filter((code) => !known.has(code));
    for (const code of await divisionsAmong(rows, unknown)) known.add(code);
    return known;
  };
  const elsewhere = (codes: readonly string[]) => codesElsewhere(rows, codes);
  const lookUp = () => Promise.reject(new Error("references are resolved before divisions are checked"));
  const values = candidates.map((c) => c.values);
  const found = await absenceProblems({ ...target.dataset, fields }, values, {
    divisions,
    lookUp,
    elsewhere,
  });
  for (const [i, candidate] of candidates.entries()) candidate.problems.push(...(found[i] as Problem[]));
}
