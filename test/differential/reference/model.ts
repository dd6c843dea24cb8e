/** One reader before one state of the data: what every part of the reference model is given. */
import type { Catalogue, DatasetEntry } from "../../../src/declare";
import type { Policy } from "./levels";
import { isRetired, type Row, type Rows } from "./rows";

export class Model {
  constructor(
    readonly catalogue: Catalogue,
    readonly rows: Rows,
    readonly policy: Policy,
    /** Every node of the territory tree. */
    readonly territories: readonly string[],
    /** `retired: INCLUDE` of the root field, which holds for the tree below it. */
    readonly withRetired = false,
    /** What happened on the way, for the report of what a run covered. */
    readonly noted = new Set<string>(),
  ) {}

  including(retired: unknown): Model {
    return new Model(
      this.catalogue,
      this.rows,
      this.policy,
      this.territories,
      retired === "INCLUDE",
      this.noted,
    );
  }

  rowsOf(dataset: DatasetEntry): readonly Row[] {
    return (this.rows[dataset.name] ?? []).filter((r) => this.withRetired || !isRetired(r));
  }
}
