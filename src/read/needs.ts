/** What a question needs, found by planning it as if whatever is refused were held. */
import { type Decide, type FieldRight, rangesAt, rightOf } from "../access";
import { covers, type DatasetEntry, EVERYWHERE, type FieldEntry, type Level } from "../declare";
import type { HubError } from "../errors";
import type { RootPlan } from "./plan-types";
import type { Planning, Touch } from "./planning";

export interface Need extends Touch {
  readonly level: Level;
}

/** Refusals that a question may still meet: each tells one field and costs a planning. */
export interface Patience {
  left: number;
}

export interface Needs {
  readonly root: RootPlan;
  /** Fields that are no keys, each once; refused ones are needed in full. */
  readonly needs: readonly Need[];
}

interface Planned {
  readonly planning: Planning;
  readonly root: RootPlan;
}

/** Undefined where patience ends; throws what no right to a field would change. */
export function needsOf(
  plan: (decide: Decide) => Planned,
  decide: Decide,
  patience: Patience,
): Needs | undefined {
  const refused: Touch[] = [];
  for (; patience.left >= 0; patience.left--) {
    const { planning, root } = plan(supposing(decide, refused));
    if (root.is !== "refused")
      return { root, needs: gathered(refused, [...planning.touched.values()], root) };
    const field = withheldBy(root.error, planning);
    if (!field || refused.some((one) => one.field === field.field)) throw root.error;
    refused.push(field);
    // No request opens it: what else the question needs does not matter.
    if (isClosed(field)) return { root, needs: gathered(refused, [], root) };
  }
  return undefined;
}

/** Whether no request opens the field: it is not shared, or follows from what a report reads. */
export function isClosed({ dataset, field }: Touch): boolean {
  return dataset.from !== undefined || field.sharing === "NOT_SHARED";
}

/** Whether the need is met in the whole city. */
export function isHeld({ decide }: { readonly decide: Decide }, { dataset, field, level }: Need): boolean {
  return covers(rangesAt(rightOf(decide(dataset.name), field.name).spans, level), [EVERYWHERE]);
}

/** Figures of their own are needed as figures; figures within rows as whatever the rows are needed for. */
export function levelFor(root: RootPlan): Level {
  return root.is === "figures" ? "AGGREGATE" : "FULL";
}

function gathered(refused: readonly Touch[], touched: readonly Touch[], root: RootPlan): Need[] {
  const nameOf = ({ dataset, field }: Touch) => `${dataset.name}.${field.name}`;
  const full = new Map(refused.map((one) => [nameOf(one), { ...one, level: "FULL" as Level }]));
  const usual = touched.filter((one) => !full.has(nameOf(one)));
  return [...full.values(), ...usual.map((one) => ({ ...one, level: levelFor(root) }))].filter(
    ({ field }) => !field.key,
  );
}

function withheldBy({ code, extensions }: HubError, { world }: Planning): Touch | undefined {
  if (code !== "FIELD_WITHHELD") return undefined;
  const dataset = world.catalogue.find(String(extensions.dataset)) as DatasetEntry | undefined;
  const field = dataset?.fields.find(({ name }) => name === extensions.field) as FieldEntry | undefined;
  return dataset && field && { dataset, field };
}

const HELD: FieldRight = { spans: [{ ...EVERYWHERE, level: "FULL", grounds: [] }] };

/** In the whole city: what is held anywhere is never refused (semantics 10). */
function supposing(decide: Decide, refused: readonly Touch[]): Decide {
  return (name) => {
    const decision = decide(name);
    const held = refused.filter(({ dataset }) => dataset.name === name);
    if (held.length === 0) return decision;
    const fields = held.map(({ field }): [string, FieldRight] => [field.name, HELD]);
    return { ...decision, fields: new Map([...decision.fields, ...fields]) };
  };
}
