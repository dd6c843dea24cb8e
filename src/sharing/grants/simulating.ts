/** What grants would open: the decision with them beside the decision without them, field by field and place by place. */
import { type Decision, decideIn, rightOf, type Span } from "../../access";
import {
  areaOf,
  type Catalogue,
  type Code,
  contains,
  higher,
  intersect,
  type Level,
  merge,
  type Range,
  CITY as ROOT,
  rangeOf,
  type Stricter,
} from "../../declare";
import type { Grant, Identity, Rights } from "../../identity";
import type { Item } from "../requests/items";

/** Fields of one dataset that go from one level to a higher one in the same places. */
export interface Gain {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly from: Level;
  readonly to: Level;
  readonly ranges: readonly Range[];
  /** The same places as nodes that rights name: these, */
  readonly nodes: readonly Code[];
  /** but not these under them. */
  readonly exceptNodes: readonly Code[];
  /** Rows under this condition stay as closed as they were. */
  readonly except?: Stricter;
}

export interface Difference {
  readonly before: (dataset: string) => Decision;
  readonly after: (dataset: string) => Decision;
  /** All rights, with the grants that are supposed. */
  readonly supposed: Rights;
  readonly gains: readonly Gain[];
}

/** Names a grant that nobody has given. */
export const SUPPOSED = "simulated";

/** `grantee` holds the purpose. Pure: reads no row, and nothing that `decide` does not. */
export function differenceOf(
  catalogue: Catalogue,
  grantee: Identity,
  items: readonly Item[],
  rights: Rights,
  at: Date,
): Difference {
  const supposed = { ...rights, grants: [...rights.grants, ...items.map((item) => suppose(grantee, item))] };
  const before = remembered((name) => decideIn(catalogue, name, grantee, rights, at));
  const after = remembered((name) => decideIn(catalogue, name, grantee, supposed, at));
  const gains = [...new Set(items.map((i) => i.dataset))].flatMap((name) => {
    const dataset = catalogue.dataset(name);
    const fields = dataset.fields.filter((f) =>
      items.some((i) => i.dataset === name && i.fields.includes(f.name)),
    );
    return together(
      fields.flatMap((field) => {
        const [now, then] = [rightOf(before(name), field.name), rightOf(after(name), field.name)];
        const strict =
          now.strict && then.strict && gained(now.strict.spans, then.strict.spans, []).length > 0;
        const except = strict ? undefined : field.stricter;
        const nodes = [...before(name).territories, ...after(name).territories];
        return gained(now.spans, then.spans, nodes).map((g) => ({
          dataset: name,
          fields: [field.name],
          ...g,
          except,
        }));
      }),
    );
  });
  return { before, after, supposed, gains };
}

function suppose({ department, purpose }: Identity, { dataset, fields, level, territory }: Item): Grant {
  return {
    ...{ id: SUPPOSED, department: department.code, dataset, fields, level, territory },
    ...{ purpose: purpose ?? "", legalBasis: "", grantedBy: "", from: "1970-01-01T00:00:00Z" },
  };
}

function remembered(decide: (dataset: string) => Decision): (dataset: string) => Decision {
  const known = new Map<string, Decision>();
  return (dataset) => {
    const decision = known.get(dataset) ?? decide(dataset);
    known.set(dataset, decision);
    return decision;
  };
}

/** Where a level rises, by how it rises. */
function gained(
  now: readonly Span[],
  then: readonly Span[],
  nodes: readonly Code[],
): Pick<Gain, "from" | "to" | "ranges" | "nodes" | "exceptNodes">[] {
  const edges = [...new Set([...now, ...then].flatMap((s) => [s.from, s.to]))].sort();
  const rises = new Map<string, { from: Level; to: Level; ranges: Range[] }>();
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i] as Code, edges[i + 1] as Code];
    const [low, high] = [levelIn(now, from), levelIn(then, from)];
    if (low === high || higher(low, high) === low) continue;
    const rise = rises.get(`${low} ${high}`) ?? { from: low, to: high, ranges: [] };
    rise.ranges.push({ from, to });
    rises.set(`${low} ${high}`, rise);
  }
  return [...rises.values()].map((rise) => {
    const rises = (code: Code) => levelIn(now, code) === rise.from && levelIn(then, code) === rise.to;
    return { ...rise, ranges: merge(rise.ranges), ...nodesWhere(rises, nodes) };
  });
}

/** Nodes at which it holds, and those under them at which it does not; one that says what the node above it says is left out. */
function nodesWhere(
  holds: (code: Code) => boolean,
  all: readonly Code[],
): Pick<Gain, "nodes" | "exceptNodes"> {
  const told: Code[] = [];
  const ordered = [...new Set(all)].sort();
  for (const node of ordered) {
    const above = told.findLast((t) => contains(areaOf(t), node));
    if (above ? holds(above) !== holds(node) : holds(node)) told.push(node);
  }
  return { nodes: told.filter(holds), exceptNodes: told.filter((node) => !holds(node)) };
}

function levelIn(spans: readonly Span[], code: Code): Level {
  return spans.find((s) => s.from <= code && code < s.to)?.level ?? "NONE";
}

/** Fields that rise alike, in the same places and rows, as one. */
function together(gains: readonly Gain[]): Gain[] {
  const by = new Map<string, Gain>();
  for (const gain of gains) {
    const key = JSON.stringify([gain.from, gain.to, gain.ranges, gain.except?.code]);
    const known = by.get(key);
    by.set(key, known ? { ...known, fields: [...known.fields, ...gain.fields] } : gain);
  }
  return [...by.values()];
}

/** The part of the city that lies in these ranges. */
export function inTheCity(ranges: readonly Range[]): Range[] {
  return intersect(ranges, [rangeOf(ROOT)]);
}
