/** One reader before one state of the data: what every part of the reference model is given. */
import type { Catalogue, DatasetEntry } from "../../../src/declare";
import type { Policy } from "./levels";
import { isRetired, type Row, type Rows, versionsOf } from "./rows";

export class Model {
  /** Versions already sought: the levels of a row are known by the row itself. */
  readonly #versions = new Map<string, readonly Row[]>();

  constructor(
    readonly catalogue: Catalogue,
    readonly rows: Rows,
    readonly policy: Policy,
    /** Every node that a row or a right may name. */
    readonly territories: readonly string[],
    /** Of the root field, for the whole tree below it. */
    readonly era: Era = { withRetired: false },
    /** What happened on the way, for the report of what a run covered. */
    readonly noted = new Set<string>(),
  ) {}

  /** As a root field with these arguments reads. */
  under({ retired, asOf }: { readonly retired?: unknown; readonly asOf?: unknown }): Model {
    const era: Era = { withRetired: retired === "INCLUDE", asOf: asOf == null ? undefined : String(asOf) };
    return new Model(this.catalogue, this.rows, this.policy, this.territories, era, this.noted);
  }

  /** Rows in the version that counts, retired ones only where they are asked for. */
  rowsOf(dataset: DatasetEntry): readonly Row[] {
    return this.everyRow(dataset).filter((r) => this.era.withRetired || !isRetired(r));
  }

  everyRow(dataset: DatasetEntry): readonly Row[] {
    const { asOf } = this.era;
    const rows = this.rows[dataset.name] ?? [];
    if (asOf === undefined) return rows;
    const then = (row: Row) => Date.parse(String(row.values.changedAt)) <= Date.parse(asOf);
    const versions =
      this.#versions.get(dataset.name) ??
      rows.flatMap((row) =>
        versionsOf(row)
          .filter(then)
          .slice(-1)
          .map((version) => ({ ...version, now: row })),
      );
    this.#versions.set(dataset.name, versions);
    return versions;
  }
}

interface Era {
  readonly withRetired: boolean;
  /** The instant whose versions are read; the present ones if left out. */
  readonly asOf?: string;
}
