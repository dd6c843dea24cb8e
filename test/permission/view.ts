/** One asker's view of the rows: at which level each field of each row is held, and what may be shown of it. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../src/declare";
import type { Row, Rows, Value } from "./rows";
import { type Asker, atLeast, factsOf, type Level, levelAt, nonKeys } from "./rules";

export class View {
  readonly #levels = new Map<string, Level>();
  readonly #some = new Map<string, boolean>();

  constructor(
    readonly asker: Asker,
    readonly catalogue: Catalogue,
    readonly rows: Rows,
  ) {}

  /** Of a non-key field in this row. */
  level(row: Row, field: string): Level {
    const key = `${row.dataset} ${field} ${row.place} ${row.strict}`;
    const known = this.#levels.get(key);
    if (known) return known;
    const level = levelAt(this.asker, row.dataset, field, row.place, row.strict);
    this.#levels.set(key, level);
    return level;
  }

  someField(row: Row, needed: Level): boolean {
    const key = `${row.dataset} ${needed} ${row.place} ${row.strict}`;
    const known = this.#some.get(key);
    if (known !== undefined) return known;
    const some = nonKeys(row.dataset).some((field) => atLeast(this.level(row, field), needed));
    this.#some.set(key, some);
    return some;
  }

  visible(row: Row): boolean {
    return !row.retired && this.someField(row, "MASKED");
  }

  counted(row: Row): boolean {
    return !row.retired && this.someField(row, "AGGREGATE");
  }

  /** Visible rows in the order of their ids. */
  listed(dataset: string): Row[] {
    return this.#of(dataset).filter((row) => this.visible(row));
  }

  figured(dataset: string): Row[] {
    return this.#of(dataset).filter((row) => this.counted(row));
  }

  #of(dataset: string): readonly Row[] {
    return this.rows.get(dataset) ?? [];
  }

  /** Whether the true value may be used: a key field where the row is visible, another where it is FULL. */
  readable(row: Row, field: string): boolean {
    return factsOf(row.dataset, field).key ? this.visible(row) : this.level(row, field) === "FULL";
  }

  /** Whether figures may be cut by it: a coded dimension at AGGREGATE. */
  cuts(row: Row, field: string, coded: boolean): boolean {
    const facts = factsOf(row.dataset, field);
    if (!coded) return this.readable(row, field);
    return facts.key ? this.counted(row) : atLeast(this.level(row, field), "AGGREGATE");
  }

  /** The value as it must be answered in a visible row. */
  shown(row: Row, field: FieldEntry): Value {
    const value = row.values[field.name] ?? null;
    if (this.readable(row, field.name) || value === null) return value;
    if (!atLeast(this.level(row, field.name), "MASKED")) return null;
    const { mask } = factsOf(row.dataset, field.name);
    if (mask === "NAME") return `${[...String(value)][0]}*`;
    return mask ? (row.masked[field.name] ?? null) : null;
  }

  /** The row with these fields, as a list or a single row must show it. */
  cells(
    row: Row,
    dataset: DatasetEntry,
    fields: readonly FieldEntry[] = dataset.fields,
  ): Record<string, Value> {
    return Object.fromEntries(fields.map((field) => [field.name, this.shown(row, field)]));
  }
}
