// What an answer touched, as access records refer to it: named by its own hash, and kept once for all that say the same.
import { createHash } from "node:crypto";
import type { TouchedDataset } from "./record";

export interface Footprint {
  /** First 16 bytes of the SHA-256 of the canonical JSON, as PostgreSQL reads bytes. */
  readonly hash: string;
  readonly datasets: readonly TouchedDataset[];
}

/** A remembered plan hands out the same array with each of its answers, so that a hot plan hashes nothing. */
const footprints = new WeakMap<readonly TouchedDataset[], Footprint>();

export function footprintOf(datasets: readonly TouchedDataset[]): Footprint {
  const known = footprints.get(datasets);
  if (known) return known;
  const hash = createHash("sha256").update(canonical(datasets)).digest().toString("hex", 0, 16);
  const footprint = { hash: `\\x${hash}`, datasets };
  footprints.set(datasets, footprint);
  return footprint;
}

/** Names of members in alphabetical order, no blanks; what stands in a list stays in its order, which readers see. */
function canonical(datasets: readonly TouchedDataset[]): string {
  return JSON.stringify(
    datasets.map(({ dataset, fields }) => ({
      dataset,
      fields: fields.map(({ field, level, territories }) => ({ field, level, territories })),
    })),
  );
}
