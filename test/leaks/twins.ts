/**
 * Two databases that differ in nothing but what one asker may not see: rows out of its reach are gone or others in one
 * of them, withheld values are others. Whatever the asker asks, both must answer with the same bytes.
 */
import { parse } from "graphql";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import { told } from "../permission/check";
import { Hub } from "../permission/hub";
import {
  conditionFields,
  isMarker,
  makeRows,
  pointees,
  type Row,
  type Rows,
  type Value,
} from "../permission/rows";
import { type Asker, atLeast, factsOf, GRANTEE, GRANTS, PLACES, paperOf } from "../permission/rules";
import { View } from "../permission/view";

/** Rows: all that is not FULL is withheld. Figures: only what is NONE, for figures may be taken of the rest. */
export type Mode = "rows" | "figures";

const ASKERS: readonly Asker[] = [
  { name: "a bureau with no right of its own", ...GRANTEE },
  { name: "a committee", kind: "committee", territory: PLACES.community },
  { name: "the big-data bureau", kind: "big-data", territory: PLACES.city },
  { name: "granted some fields", ...GRANTEE, purpose: "fields" },
  { name: "granted less and less", ...GRANTEE, purpose: "deepening" },
];

export class Twin {
  constructor(
    readonly asker: Asker,
    readonly mode: Mode,
    readonly rows: Rows,
    readonly plain: Hub,
    readonly other: Hub,
    /** Who really asks: another than the asker only to prove that a leak would be found. */
    readonly asking: Asker = asker,
  ) {}

  readonly #secrets = new Map<string, [string, Value][]>();
  readonly view = new View(this.asker, catalogue, this.rows);
  readonly #hubs = [this.plain, this.other].map((hub) => ({ hub, decisions: hub.decisions(this.asking) }));

  /** The same two databases, asked by one to whom everything is open. */
  asSteward(dataset: DatasetEntry): Twin {
    const steward = { name: "the steward", kind: paperOf(dataset.name).steward, territory: PLACES.city };
    return new Twin(this.asker, this.mode, this.rows, this.plain, this.other, steward);
  }

  /** Whether the two databases differ in this field of this row, for its asker must not see it. */
  withheld(row: Row, field: string): boolean {
    return hides(this.view, this.mode, row, field);
  }

  /** Fields withheld in some row, of those that are ruled alike one in turn. */
  fields(dataset: DatasetEntry, turn: number): FieldEntry[] {
    const rows = this.rows.get(dataset.name) ?? [];
    const alike = new Map<string, FieldEntry[]>();
    for (const field of dataset.fields) {
      if (!rows.some((row) => this.withheld(row, field.name))) continue;
      const words = `${field.kind} ${paperOf(dataset.name).fields[field.name]}`;
      alike.set(words, [...(alike.get(words) ?? []), field]);
    }
    return [...alike.values()].map((fields) => fields[turn % fields.length] as FieldEntry);
  }

  /** A value that this asker must not see. */
  secret(dataset: DatasetEntry, field: FieldEntry): Value {
    const rows = (this.rows.get(dataset.name) ?? []).filter((row) => this.withheld(row, field.name));
    return rows.map((row) => row.values[field.name] ?? null).find((value) => value !== null) ?? null;
  }

  /** Questions that are answered differently, or whose answer holds what is withheld. */
  async differences(dataset: DatasetEntry, questions: readonly string[]): Promise<string[]> {
    const both = await Promise.all(
      questions.map(async (question) => {
        const document = parse(`{ a: ${question} }`);
        const replies = this.#hubs.map(({ hub, decisions }) => hub.text(document, decisions).catch(bytesOf));
        const [a, b] = await Promise.all(replies);
        return { question, a: a?.raw ?? "", b: b?.raw ?? "" };
      }),
    );
    return both.flatMap(({ question, a, b }) => [
      ...(a === b
        ? []
        : [`${this.asker.name} tells two databases apart by ${question}: ${a}\n${b}`.slice(0, 2000)]),
      ...this.#secretsIn(dataset, a).map((secret) => `${this.asker.name} is told ${secret} by ${question}`),
    ]);
  }

  #secretsIn(dataset: DatasetEntry, bytes: string): string[] {
    const isTold = told(bytes);
    return this.#secretsOf(dataset).flatMap(([name, value]) => (isTold(value) ? [name] : []));
  }

  /** What may stand in no answer: the withheld values that can be searched for, each with its place. */
  #secretsOf(dataset: DatasetEntry): [string, Value][] {
    const known = this.#secrets.get(dataset.name);
    if (known) return known;
    const rows = this.rows.get(dataset.name) ?? [];
    const secrets = dataset.fields
      .filter((field) => isMarker(catalogue, dataset.name, field))
      .flatMap((field) =>
        rows
          .filter((row) => this.view.level(row, field.name) !== "FULL" && row.values[field.name] !== null)
          .map((row): [string, Value] => [`${field.name} of ${row.id}`, row.values[field.name] ?? null]),
      );
    this.#secrets.set(dataset.name, secrets);
    return secrets;
  }
}

/** An error that takes the whole answer is told by its text. */
function bytesOf(error: unknown): { raw: string } {
  return { raw: JSON.stringify(error) + String(error) };
}

export async function openTwins(mode: Mode): Promise<{ twins: Twin[]; close: () => Promise<void> }> {
  const rows = makeRows(catalogue);
  const plain = await Hub.open(catalogue, rows, GRANTS);
  const twins: Twin[] = [];
  for (const asker of ASKERS) {
    const view = new View(asker, catalogue, rows);
    const other = await Hub.open(catalogue, altered(view, mode, rows), GRANTS, plain.schema);
    twins.push(new Twin(asker, mode, rows, plain, other));
  }
  const close = async () => {
    for (const hub of [plain, ...twins.map((t) => t.other)]) await hub.close();
  };
  return { twins, close };
}

function exists(view: View, mode: Mode, row: Row): boolean {
  return mode === "rows" ? view.visible(row) : view.counted(row);
}

function hides(view: View, mode: Mode, row: Row, field: string): boolean {
  const { key } = factsOf(row.dataset, field);
  if (key) return !exists(view, mode, row) && isFree(row.dataset, field);
  // Whether the condition holds must stay as it is; and the number of persons behind a figure is no secret of theirs.
  if (conditionFields(row.dataset).includes(field)) return false;
  if (mode === "figures" && paperOf(row.dataset).person === field) return false;
  if (row.retired) return true;
  const level = view.level(row, field);
  return mode === "rows" ? level !== "FULL" : level === "NONE";
}

/** A key that says where the row is, or that other rows point to, stays what it is. */
function isFree(dataset: string, field: string): boolean {
  const entry = catalogue.dataset(dataset).fields.find((f) => f.name === field) as FieldEntry;
  const leads = pointees(catalogue, dataset, entry).length > 0;
  return !leads && !["id", "territory", "retiredAt", "code", "node", "creditCode"].includes(field);
}

/** The other database: of the rows out of reach every second is gone, and whatever is withheld is another value. */
function altered(view: View, mode: Mode, rows: Rows): Rows {
  return new Map(
    [...rows].map(([name, own]) => {
      const dataset = catalogue.dataset(name);
      const kept = own.filter((row, i) => exists(view, mode, row) || i % 2 === 0);
      return [name, kept.map((row) => changed(view, mode, dataset, own, row))];
    }),
  );
}

function changed(view: View, mode: Mode, dataset: DatasetEntry, all: readonly Row[], row: Row): Row {
  const values: Record<string, Value> = { ...row.values };
  const masked: Record<string, string | null> = { ...row.masked };
  for (const field of dataset.fields) {
    if (!hides(view, mode, row, field.name)) continue;
    const shown =
      !row.retired && !factsOf(row.dataset, field.name).key && atLeast(view.level(row, field.name), "MASKED");
    const i = all.indexOf(row);
    // A masked form is shown, and so is whether there is one at all.
    const mayVanish = !field.required && !field.generated && !field.key && !(shown && field.mask);
    values[field.name] = mayVanish && i % 5 === 2 ? null : another(dataset, field, all, i, shown);
    const form = masked[field.name];
    if (form && !shown) masked[field.name] = form.replace("xq", "vq");
  }
  return { ...row, values, masked };
}

/** A different value of the same kind; where the masked form is shown, one with the same masked form. */
function another(
  dataset: DatasetEntry,
  field: FieldEntry,
  all: readonly Row[],
  i: number,
  shown: boolean,
): Value {
  const value = all[i]?.values[field.name] ?? null;
  if (shown && field.mask && value === null) return null;
  const next = all[(i + 1) % all.length]?.values[field.name] ?? null;
  if (pointees(catalogue, dataset.name, field).length > 0) return next ?? value;
  const names = Object.keys(field.enum?.values ?? {});
  const own = value ?? next;
  if (own === null) return null;
  switch (field.kind) {
    case "text":
    case "code":
      return String(own)
        .replace("zq", "yq")
        .replace("赵", shown ? "赵" : "钱");
    case "enum":
      return names[(names.indexOf(String(own)) + 1) % names.length] as string;
    case "enumList":
      return names.slice(-1);
    case "int":
      return Number(own) + (field.coded ? 10 : 500);
    case "float":
      return Number(own) + 500;
    case "decimal":
      return `${Number(String(own).split(".")[0]) + 500}.11`;
    case "boolean":
      return !own;
    case "date":
      return `20${String(own).slice(2)}`;
    default:
      return own;
  }
}
