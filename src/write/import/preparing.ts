/** Brings the file's rows as far as they can be judged: read, references resolved, divisions checked, keys told apart. */
import type { SystemRows } from "../../read";
import { type Candidate, candidateReader } from "./candidate";
import { Fingerprints } from "./fingerprints";
import { checkDivisions, resolveReferences } from "./look-ups";
import type { Records } from "./records";
import type { Translate } from "./scheme";
import { damagedColumns } from "./suspect";
import { keyOf, type Target } from "./target";

export class Preparing {
  readonly #seen = new Fingerprints();
  readonly #divisions = new Set<string>();
  #read?: ReturnType<typeof candidateReader>;

  constructor(
    readonly target: Target,
    readonly records: Records,
    readonly rows: SystemRows,
    readonly translate: Translate,
  ) {}

  /** The next batch, cell by cell; undefined at the end of the file. */
  async next(): Promise<Candidate[] | undefined> {
    const { value } = await this.records.batches.next();
    if (!value) return undefined;
    const { header } = this.target;
    this.#read ??= candidateReader(header, damagedColumns(header, value));
    return value.map(this.#read);
  }

  async prepare(candidates: readonly Candidate[]): Promise<void> {
    this.translate(candidates);
    await resolveReferences(this.rows, this.target, candidates);
    await checkDivisions(this.rows, this.target, candidates, this.#divisions);
    this.#refuseRepeated(candidates);
  }

  /** Rows that an earlier start dealt with: only their keys are of interest still. */
  async pass(candidates: readonly Candidate[]): Promise<void> {
    const { target } = this;
    this.translate(candidates);
    const references = target.references.filter(({ field }) => target.dataset.key.includes(field.name));
    await resolveReferences(this.rows, { ...target, references }, candidates);
    this.#refuseRepeated(candidates);
  }

  /** A key that stands twice in a file would make its content depend on the order of rows. */
  #refuseRepeated(candidates: readonly Candidate[]): void {
    for (const { line, values, problems } of candidates) {
      const key = keyOf(this.target, values);
      const before = key === undefined ? undefined : this.#seen.add(key, line);
      if (before !== undefined)
        problems.push({
          field: this.target.dataset.key[0] as string,
          fields: this.target.dataset.key,
          rule: "REPEATED_KEY",
          problem: `业务主键与第 ${before} 行重复。The business key stands on line ${before} already`,
        });
    }
  }
}
