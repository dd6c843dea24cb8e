/** What an answer says about itself: withheld and masked fields explained, and what its access record must name. */
import { type Decision, type Decisions, levelAt, rightOf } from "../access";
import {
  type DatasetEntry,
  EVERYWHERE,
  type FieldEntry,
  higher,
  type Level,
  type Sharing,
  type Stricter,
} from "../declare";
import { partId } from "./apply";
import { isClosed } from "./needs";
import type { Planning } from "./planning";
import { visible } from "./reach";

/** One entry of `extensions.access`: a field (or a whole dataset) that is not FULL everywhere for this reader. */
export interface AccessNote {
  readonly dataset: string;
  /** Left out where no row of the dataset is visible at all. */
  readonly field?: string;
  readonly zh: string;
  readonly en: string;
  /** Left out for a report's field: the right to it follows from its inputs. */
  readonly class?: string;
  readonly needed: Level;
  readonly held: readonly { readonly territory: string; readonly name: string; readonly level: Level }[];
  /** Rows of a stricter class, where the field has them. */
  readonly exceptWhere?: ExceptedRows;
  readonly steward: string;
  /** Purposes under which this department already holds more. */
  readonly purposes: readonly string[];
  /** Names the field to `requestAccess(missing: …)`; left out where no request opens it. */
  readonly apply?: string;
}

/** A row condition, and in words what it closes. */
export interface ExceptedRows {
  readonly code: string;
  readonly class: Sharing;
  readonly zh: string;
  readonly en: string;
}

export interface TouchedDataset {
  readonly dataset: string;
  readonly fields: readonly {
    readonly field: string;
    readonly level: Level;
    readonly territories: readonly string[];
  }[];
}

/** Computed from the plan before SQL: the same in both exits, and when no row comes back (semantics 14). */
export function notesOf(planning: Planning, decisions: Decisions): AccessNote[] {
  const unseen = [...planning.listed].filter(
    (d) => visible({ dataset: d, row: "r" }, planning.decision(d)).is === "false",
  );
  const fields = [...planning.touched.values()].filter((t) => !unseen.includes(t.dataset));
  return [
    ...unseen.map((d) => datasetNote(planning, decisions, d)),
    ...fields
      .filter((t) => !fullEverywhere(planning, t.dataset, t.field))
      .map((t) => fieldNote(planning, decisions, t.dataset, t.field)),
  ];
}

function fullEverywhere(planning: Planning, dataset: DatasetEntry, field: FieldEntry): boolean {
  const right = rightOf(planning.decision(dataset), field.name);
  const whole = (spans: typeof right.spans) =>
    spans[0]?.from === EVERYWHERE.from &&
    spans.at(-1)?.to === EVERYWHERE.to &&
    spans.every((s, i) => s.level === "FULL" && (i === 0 || spans[i - 1]?.to === s.from));
  return whole(right.spans) && (!right.strict || whole(right.strict.spans));
}

function datasetNote(planning: Planning, decisions: Decisions, dataset: DatasetEntry): AccessNote {
  const names = dataset.fields.filter((f) => !f.key).map((f) => f.name);
  const decision = planning.decision(dataset);
  return {
    dataset: dataset.name,
    zh: dataset.zh,
    en: dataset.en,
    needed: "MASKED",
    held: decision.territories.map((territory) => ({
      territory,
      name: planning.world.nameOf(territory) ?? territory,
      level: names.map((name) => levelAt(rightOf(decision, name), territory)).reduce(higher, "NONE"),
    })),
    steward: stewardOf(planning, dataset),
    purposes: [...new Set(names.flatMap((f) => decisions.purposesFor(dataset.name, f)))].sort(),
    apply: applyFor(dataset, touchedIn(planning, dataset)),
  };
}

function fieldNote(
  planning: Planning,
  decisions: Decisions,
  dataset: DatasetEntry,
  field: FieldEntry,
): AccessNote {
  const decision = planning.decision(dataset);
  const steward = field.steward ?? stewardOf(planning, dataset);
  return {
    dataset: dataset.name,
    field: field.name,
    zh: field.zh,
    en: field.en,
    class: dataset.from ? undefined : field.sharing,
    needed: "FULL",
    held: heldBy(planning, decision, field.name),
    exceptWhere: field.stricter && exceptedBy(field.stricter),
    steward,
    purposes: decisions.purposesFor(dataset.name, field.name),
    apply: applyFor(dataset, [field]),
  };
}

const USES: Record<Sharing, readonly [zh: string, en: string]> = {
  UNCONDITIONAL: ["无条件共享", "Shared without condition"],
  CONDITIONAL: ["有条件共享", "Shared on conditions"],
  NOT_SHARED: ["不予共享", "Not shared"],
};

function exceptedBy({ code, sharing, zh, en }: Stricter): ExceptedRows {
  const [use, inEnglish] = USES[sharing];
  const where = en.replace(/^The /, "the ");
  return { code, class: sharing, zh: `${zh}的，${use}。`, en: `${inEnglish} where ${where}.` };
}

/** A report has no steward of its own: whoever keeps the rows it is about answers for it. */
function stewardOf(planning: Planning, dataset: DatasetEntry): string {
  return dataset.from ? planning.world.catalogue.dataset(dataset.from).steward : dataset.steward;
}

function heldBy(planning: Planning, decision: Decision, field: string): AccessNote["held"] {
  return decision.territories.map((territory) => ({
    territory,
    name: planning.world.nameOf(territory) ?? territory,
    level: levelAt(rightOf(decision, field), territory),
  }));
}

function touchedIn(planning: Planning, dataset: DatasetEntry): FieldEntry[] {
  return [...planning.touched.values()].filter((t) => t.dataset === dataset).map((t) => t.field);
}

/** Without a territory: these notes serve every question of their plan, wherever it looks. */
function applyFor(dataset: DatasetEntry, fields: readonly FieldEntry[]): string | undefined {
  const names = fields.filter((field) => !isClosed({ dataset, field })).map(({ name }) => name);
  return names.length > 0 ? partId({ dataset: dataset.name, fields: names, level: "FULL" }) : undefined;
}

/** Datasets and fields by level and territory, as the access record keeps them. */
export function touchedOf(planning: Planning): TouchedDataset[] {
  const datasets = new Set<DatasetEntry>([...planning.listed, ...planning.figured]);
  for (const t of planning.touched.values()) datasets.add(t.dataset);
  return [...datasets].map((dataset) => ({
    dataset: dataset.name,
    fields: [...planning.touched.values()]
      .filter((t) => t.dataset === dataset)
      .flatMap((t) => levelsOf(planning, dataset, t.field)),
  }));
}

function levelsOf(planning: Planning, dataset: DatasetEntry, field: FieldEntry): TouchedDataset["fields"] {
  const decision = planning.decision(dataset);
  const right = rightOf(decision, field.name);
  const levels = new Map<Level, string[]>();
  for (const code of decision.territories) {
    const level = levelAt(right, code);
    levels.set(level, [...(levels.get(level) ?? []), code]);
  }
  return [...levels].map(([level, territories]) => ({ field: field.name, level, territories }));
}

/** Ids of the grants that gave a level used. */
export function grantsOf(planning: Planning): string[] {
  const grounds = [...planning.touched.values()].flatMap((t) => {
    const { spans, strict } = rightOf(planning.decision(t.dataset), t.field.name);
    return [...spans, ...(strict?.spans ?? [])].flatMap((s) => s.grounds);
  });
  return [...new Set(grounds.filter((g) => g.kind === "GRANT").map((g) => g.id))].sort();
}

/** Whether rows or fields of persons may be in the answer, so that its record must be durable first. */
export function isPersonal(planning: Planning): boolean {
  const ofPerson = (f: FieldEntry) => f.personal === "PERSONAL" || f.personal === "SENSITIVE";
  const touched = [...planning.touched.values()].some(
    (t) => ofPerson(t.field) && planning.listed.has(t.dataset),
  );
  return touched || [...planning.listed].some((d) => !d.rowsOpen && d.fields.some(ofPerson));
}

/** The notes of several root fields as one list, each field told once. */
export function mergeNotes(lists: readonly (readonly AccessNote[])[]): AccessNote[] {
  const told = new Map(lists.flat().map((note) => [`${note.dataset}.${note.field ?? ""}`, note]));
  return [...told.values()];
}

/** What several root fields touched, each dataset and each level of a field once. */
export function mergeTouched(lists: readonly (readonly TouchedDataset[])[]): TouchedDataset[] {
  const merged = new Map<string, Map<string, TouchedDataset["fields"][number]>>();
  for (const { dataset, fields } of lists.flat()) {
    const known = merged.get(dataset) ?? new Map<string, TouchedDataset["fields"][number]>();
    for (const field of fields) known.set(`${field.field} ${field.level}`, field);
    merged.set(dataset, known);
  }
  return [...merged].map(([dataset, fields]) => ({ dataset, fields: [...fields.values()] }));
}
