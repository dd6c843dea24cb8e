/** The planner: what was asked and what was decided become a plan, in plain data. */
import { type Decision, rightOf } from "../access";
import { type DatasetEntry, EVERYWHERE, type FieldEntry, type LinkEntry, type Range } from "../declare";
import type { Asked } from "./asked";
import { figuresOf } from "./figures";
import { parseId } from "./id";
import { type PageArgs, pageOf } from "./page";
import type {
  Cell,
  ConnectionPart,
  EdgePart,
  ListPlan,
  Names,
  PageInfoPart,
  RootPlan,
  RowPlan,
  Source,
} from "./plan-types";
import { badInput, type Era, isTypename, type Planning } from "./planning";
import { and, equal, given, type Predicate, TRUE, within } from "./predicate";
import { reachOf } from "./reach";
import { withFigures } from "./report";
import { mapped } from "./slot";
import { fieldOf, joined, type Scene, whereOf } from "./where";

/** The field by which every row of a dataset tells which of its fields are being corrected. */
export const DISPUTED = "disputed";

/** What a root field of the schema means; derived from the catalogue, so a new dataset has its doors by being declared. */
export type Door =
  | { readonly is: "one" | "list" | "figures" | "history"; readonly dataset: DatasetEntry }
  | { readonly is: "node" };

/** Whether former versions of its rows are there to be read: a linked source offers none (semantics 25). */
export function keepsHistory(dataset: DatasetEntry): boolean {
  return !dataset.from && !dataset.linked;
}

/** The doors of Query by field name. */
export function doorsOf(datasets: readonly DatasetEntry[]): Map<string, Door> {
  const doors = new Map<string, Door>([["node", { is: "node" }]]);
  for (const dataset of datasets) {
    doors.set(dataset.name, { is: "one", dataset });
    doors.set(dataset.plural, { is: "list", dataset });
    doors.set(`${dataset.plural}Aggregate`, { is: "figures", dataset });
    if (keepsHistory(dataset)) doors.set(`${dataset.name}History`, { is: "history", dataset });
  }
  return doors;
}

/** Whether its figures may be of one year; elsewhere `year` is the name of a key. */
function isByYear(door: Door): boolean {
  return door.is !== "node" && door.dataset.byYear === true;
}

/** Plans one root field behind its door. */
export function planRoot(planning: Planning, door: Door, asked: Asked): RootPlan {
  const { retired, asOf, year } = asked.args;
  const era: Era = {
    retired: retired === "INCLUDE",
    asOf: planning.exact(asOf),
    year: isByYear(door) ? (planning.exact<number | null | undefined>(year) ?? undefined) : undefined,
  };
  const key = asked.key;
  switch (door.is) {
    case "node":
      return node(planning, asked, era);
    case "one":
      return { is: "one", key, row: one(planning, door.dataset, era, asked) };
    case "list":
      return { is: "list", key, list: list(planning, whole(planning, door.dataset, era), era, asked) };
    case "history":
      return { is: "list", key, list: history(planning, door.dataset, asked) };
    case "figures": {
      const counted = planning.countedRows(door.dataset, era, () => TRUE);
      return {
        is: "figures",
        key,
        figures: figuresOf(planning, withFigures(planning, counted, era), era, asked),
      };
    }
  }
}

/**
 * The versions of one row, oldest first: each decided by today's rights on the territory it had then, a version out of
 * reach left out (semantics 23). What is linked to them is read as it is now.
 */
function history(planning: Planning, dataset: DatasetEntry, asked: Asked): ListPlan {
  const era: Era = { retired: true };
  const source = planning.rows(dataset, { ...era, versions: true }, () => TRUE);
  const { id, ...page } = asked.args;
  const args = { ...page, where: { id: { eq: id } }, orderBy: [{ field: "VERSION" }] };
  return list(planning, source, era, { ...asked, args });
}

/** All rows of a dataset or report that exist for this reader. */
function whole(planning: Planning, dataset: DatasetEntry, era: Era): Source {
  const source = planning.rows(dataset, era, () => TRUE);
  return withFigures(planning, source, era);
}

function node(planning: Planning, asked: Asked, era: Era): RootPlan {
  const name = planning.fact(asked.args.id, (id) => parseId(String(id))?.dataset ?? null);
  const dataset = name === null ? undefined : planning.world.catalogue.find(name);
  if (!dataset) return { is: "nothing", key: asked.key };
  const uuids = mapped(asked.args.id, (id) => [parseId(String(id))?.uuid]);
  return {
    is: "one",
    key: asked.key,
    row: rowById(planning, dataset, uuids, asked.of(dataset.type), era),
  };
}

/** Rows of a dataset by their uuids: `node`, mutation payloads. */
export function rowById(
  planning: Planning,
  dataset: DatasetEntry,
  uuids: unknown,
  asked: readonly Asked[],
  era: Era,
  area: Range = EVERYWHERE,
): RowPlan {
  const chosen = (row: string): Predicate =>
    and({ is: "compare", row, field: fieldOf(dataset, "id"), op: "in", value: uuids }, within(row, [area]));
  const source = withFigures(planning, planning.rows(dataset, era, chosen), era);
  return rowOf(planning, source, TRUE, era, asked);
}

/** Rows by what names them, each name paid for, the same as an earlier one too. */
export function rowsNamed(
  planning: Planning,
  dataset: DatasetEntry,
  { by, values }: Names,
  asked: readonly Asked[],
): RowPlan {
  const era: Era = { retired: false };
  const sought = (row: string): Predicate =>
    and(...by.map((field, i): Predicate => ({ is: "compare", row, field, op: "in", value: values[i] })));
  const source = withFigures(planning, planning.rows(dataset, era, sought), era);
  return severally(planning, values[0]?.length ?? 0, () => rowOf(planning, source, TRUE, era, asked));
}

/** Charges what is planned once as often as it is had. */
export function severally<T>(planning: Planning, count: number, work: () => T): T {
  const before = planning.cost;
  const result = work();
  planning.charge((planning.cost - before) * (count - 1));
  return result;
}

/** By id, or by the whole business key: exactly one of the two (semantics 26). */
function one(planning: Planning, dataset: DatasetEntry, era: Era, asked: Asked): RowPlan {
  const given = (name: string) => asked.args[name] !== undefined && asked.args[name] !== null;
  const byId = given("id");
  const keys = dataset.key.filter(given);
  if (byId ? keys.length > 0 : keys.length !== dataset.key.length)
    throw badInput(
      `请给出 id，或业务主键（${dataset.key.join("、")}）。Give either id or the business key (${dataset.key.join(", ")})`,
    );
  const source = whole(planning, dataset, era);
  const filter = Object.fromEntries(
    (byId ? ["id"] : dataset.key).map((name) => [name, { eq: asked.args[name] }]),
  );
  const where = whereOf({ planning, source, era, figures: false }, filter);
  return rowOf(planning, source, where, era, asked.of());
}

function rowOf(
  planning: Planning,
  source: Source,
  where: Predicate,
  era: Era,
  asked: readonly Asked[],
): RowPlan {
  planning.listed.add(source.dataset);
  planning.charge(1);
  return {
    source,
    where,
    cells: cellsOf(planning, { ...source, base: and(source.base, where) }, era, asked),
  };
}

/** Plans a list and, once per row of its page, everything below. */
export function list(planning: Planning, source: Source, era: Era, asked: Asked): ListPlan {
  planning.listed.add(source.dataset);
  const scene: Scene = { planning, source, era, figures: false };
  const args = asked.args as PageArgs;
  const where = whereOf(scene, args.where);
  const narrowed: Source = { ...source, base: and(source.base, certain(where)) };
  const page = pageOf({ ...scene, source: narrowed }, args);
  const parts = times(planning, page.size, () =>
    asked.of().map((part) => connectionPart(planning, narrowed, era, part)),
  );
  return { source, where, ...page, parts };
}

/** What follows from a condition being TRUE for the rows that remain: its certain territory. */
function certain(where: Predicate): Predicate {
  if (where.is === "within") return where;
  return where.is === "and" ? and(...where.of.filter((p) => p.is === "within")) : TRUE;
}

/** Charges the rows of a page, and what lies below them once for each. */
function times<T>(planning: Planning, rows: number, below: () => T): T {
  const before = planning.cost;
  planning.charge(rows);
  const own = planning.cost;
  const result = below();
  const nested = planning.cost - own;
  planning.cost = before;
  planning.charge(rows + nested * Math.max(rows, 1));
  return result;
}

function connectionPart(planning: Planning, source: Source, era: Era, asked: Asked): ConnectionPart {
  const { key } = asked;
  switch (asked.name) {
    case "nodes":
      return { is: "nodes", key, cells: cellsOf(planning, source, era, asked.of()) };
    case "edges":
      return { is: "edges", key, parts: asked.of().map((part) => edgePart(planning, source, era, part)) };
    case "pageInfo":
      return {
        is: "pageInfo",
        key,
        parts: asked.of().map((part) => ({ key: part.key, name: part.name as PageInfoPart["name"] })),
      };
    case "totalCount":
      return { is: "totalCount", key };
    default:
      return { is: "typename", key, name: `${source.dataset.type}Connection` };
  }
}

function edgePart(planning: Planning, source: Source, era: Era, asked: Asked): EdgePart {
  const { key } = asked;
  if (asked.name === "cursor") return { is: "cursor", key };
  if (asked.name === "node") return { is: "node", key, cells: cellsOf(planning, source, era, asked.of()) };
  return { is: "typename", key, name: `${source.dataset.type}Edge` };
}

function cellsOf(planning: Planning, source: Source, era: Era, asked: readonly Asked[]): Cell[] {
  const { dataset } = source;
  const decision = planning.decision(dataset);
  return asked.map((cell) => {
    if (isTypename(cell)) return { is: "typename", key: cell.key, name: dataset.type };
    const field = dataset.fields.find((f) => f.name === cell.name);
    if (field) return fieldCell(planning, source, decision, field, cell.key);
    const link = dataset.links.find((l) => l.name === cell.name);
    if (link) return linkCell(planning, source, era, link, cell);
    if (cell.name === DISPUTED) return disputedCell(source, decision, cell.key);
    return figuresCell(planning, source, era, cell);
  });
}

function fieldCell(
  planning: Planning,
  source: Source,
  decision: Decision,
  field: FieldEntry,
  key: string,
): Cell {
  planning.touch(source.dataset, field);
  if (field.key) return { is: "field", key, field, full: TRUE, masked: TRUE };
  const right = rightOf(decision, field.name);
  const level = (l: "FULL" | "MASKED") => given(source.base, reachOf(right, l, source));
  return { is: "field", key, field, full: level("FULL"), masked: level("MASKED") };
}

function linkCell(planning: Planning, source: Source, era: Era, link: LinkEntry, asked: Asked): Cell {
  const target = planning.world.catalogue.dataset(link.target);
  const scene: Scene = { planning, source, era, figures: false };
  const held = heldHere(planning, source, link);
  const linked = planning.rows(target, era, (row) => and(held, joined(scene, link, row, false)));
  if (link.many) return { is: "list", key: asked.key, list: list(planning, linked, era, asked) };
  return { is: "one", key: asked.key, row: rowOf(planning, linked, TRUE, era, asked.of()) };
}

/** A field is named where its reader sees it masked or more: of what is withheld not even a dispute is told. */
function disputedCell(source: Source, decision: Decision, key: string): Cell {
  const shown: { names: string[]; where: Predicate }[] = [];
  for (const field of source.dataset.fields) {
    const where = field.key
      ? TRUE
      : given(source.base, reachOf(rightOf(decision, field.name), "MASKED", source));
    if (where.is === "false") continue;
    const alike = shown.find((group) => equal(group.where, where));
    if (alike) alike.names.push(field.name);
    else shown.push({ names: [field.name], where });
  }
  return { is: "disputed", key, shown };
}

/** Where the row holds a readable key of the link; a link is a read of that field (semantics 13). */
function heldHere(planning: Planning, source: Source, link: LinkEntry): Predicate {
  const field = fieldOf(source.dataset, link.here);
  if (link.holder === "there" || field.key) return TRUE;
  planning.touch(source.dataset, field);
  return given(source.base, reachOf(rightOf(planning.decision(source.dataset), field.name), "FULL", source));
}

function figuresCell(planning: Planning, source: Source, era: Era, asked: Asked): Cell {
  const link = source.dataset.links.find((l) => l.many && `${l.name}Aggregate` === asked.name);
  if (!link) throw new Error(`${source.dataset.type}.${asked.name} has no plan`);
  const target = planning.world.catalogue.dataset(link.target);
  const scene: Scene = { planning, source, era, figures: true };
  const linked = planning.countedRows(target, era, (row) => joined(scene, link, row));
  const singled = !fieldOf(target, link.there).coded;
  return { is: "figures", key: asked.key, figures: figuresOf(planning, linked, era, asked, singled) };
}
