// What an answer touched, and by which grants, as access records refer to it: kept once for all that say the same.
import { createHash } from "node:crypto";
import type { TouchedDataset } from "./record";

export interface Footprint {
  /** First 16 bytes of the SHA-256 of the canonical JSON, as PostgreSQL reads bytes. */
  readonly hash: string;
  readonly datasets: readonly TouchedDataset[];
  /** Ids of the grants that gave a level used. */
  readonly grants: readonly string[];
}

/** A remembered plan hands out the same two arrays with each of its answers, so that a hot plan hashes nothing. */
const footprints = new WeakMap<readonly TouchedDataset[], Footprint>();

export function footprintOf(datasets: readonly TouchedDataset[], grants: readonly string[]): Footprint {
  const known = footprints.get(datasets);
  if (known?.grants === grants) return known;
  const hash = createHash("sha256").update(canonical(datasets, grants)).digest().toString("hex", 0, 16);
  const footprint = { hash: `\\x${hash}`, datasets, grants };
  footprints.set(datasets, footprint);
  return footprint;
}

/**
 * Names of members in alphabetical order, no blanks; what stands in a list stays in its order, which readers see.
 * Without grants it is the list alone, by which footprints were named before they held grants.
 */
function canonical(datasets: readonly TouchedDataset[], grants: readonly string[]): string {
  const touched = datasets.map(({ dataset, fields }) => ({
    dataset,
    fields: fields.map(({ field, level, territories }) => ({ field, level, territories })),
  }));
  return JSON.stringify(grants.length > 0 ? { datasets: touched, grants } : touched);
}
