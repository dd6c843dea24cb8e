/** Who imports: a steward in its territory, or the hub itself for its seeds. */
import { writable } from "../../access";
import { contains, type DatasetEntry, EVERYWHERE, type FieldEntry, type Range } from "../../declare";
import type { Identity, Rights, RightsStore } from "../../identity";
import { forbidden, signature } from "../right";
import type { ImportRequest } from "./request";

/** In whose name rows are written, and where. */
export interface Importer {
  /** As `createdBy` and `changedBy` keep it. */
  readonly signature: string;
  readonly subject: string;
  readonly department: string;
  /** Where rows of the dataset may be added. */
  readonly rows: readonly Range[];
  /** Where a field may be changed. */
  fieldRanges(field: string): readonly Range[];
  /** Epoch of the rights this was decided under; undefined for the hub itself. */
  readonly epoch?: number;
}

export async function importerOf(
  rights: Pick<RightsStore, "current" | "refresh">,
  as: ImportRequest["as"],
  dataset: DatasetEntry,
  refresh = false,
): Promise<Importer> {
  if ("system" in as) return systemImporter(as.system);
  return stewardImporter(as, dataset, await (refresh ? rights.refresh() : rights.current()));
}

/** The steward's reach; FORBIDDEN where it may write nothing of the dataset anywhere. */
export function stewardImporter(identity: Identity, dataset: DatasetEntry, rights: Rights): Importer {
  const at = new Date();
  const ranges = new Map(
    dataset.fields.map(({ name }) => [name, writable(identity, dataset, rights, at, name)]),
  );
  if ([...ranges.values()].every((of) => of.length === 0)) throw forbidden(dataset, []);
  return {
    signature: signature(identity),
    subject: identity.subject,
    department: identity.department.code,
    rows: writable(identity, dataset, rights, at),
    fieldRanges: (field) => ranges.get(field) ?? [],
    epoch: rights.epoch,
  };
}

/** The hub itself, on its own machine: what the seeds load. */
function systemImporter(reason: string): Importer {
  return {
    signature: `system/${reason}`,
    subject: reason,
    department: "system",
    rows: [EVERYWHERE],
    fieldRanges: () => [EVERYWHERE],
  };
}

/** FORBIDDEN where the file has columns of another steward: whether a value differs there is not to be tried out. */
export function refuseForeignColumns(
  importer: Importer,
  dataset: DatasetEntry,
  fields: readonly FieldEntry[],
): void {
  const foreign = fields.filter((f) => !f.key && importer.fieldRanges(f.name).length === 0);
  if (foreign.length > 0)
    throw forbidden(
      dataset,
      foreign.map((f) => f.name),
    );
}

export function within(ranges: readonly Range[], territory: string): boolean {
  return ranges.some((range) => contains(range, territory));
}
