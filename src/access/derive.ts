/** The right to a report follows from the rights to its inputs: nobody grants a report. */
import { createHash } from "node:crypto";
import {
  type Catalogue,
  type Counted,
  type DatasetEntry,
  EVERYWHERE,
  type FieldEntry,
  fieldsIn,
  isCounted,
  type Level,
  type LinkEntry,
  madeOf,
  merge,
  type Range,
} from "../declare";
import type { Identity, Rights } from "../identity";
import { decide, seal } from "./decide";
import { type Decision, type FieldRight, rangesAt, rightOf, type Span } from "./decision";

/** Decides for a dataset or a report of the catalogue. */
export function decideIn(
  catalogue: Catalogue,
  name: string,
  identity: Identity,
  rights: Rights,
  at: Date,
): Decision {
  const entry = catalogue.dataset(name);
  if (!entry.from) return decide(identity, entry, rights, at);
  if (entry.findings) {
    const subjects = [...new Set(entry.findings.map(({ on }) => on))];
    return ofFindings(
      entry,
      subjects.map((on) => decideIn(catalogue, on, identity, rights, at)),
    );
  }
  const inner = (dataset: string) => decide(identity, catalogue.dataset(dataset), rights, at);
  return derive(catalogue, entry, inner);
}

/**
 * A figure is FULL where its rows are counted and the row it stands beside is seen: what leaves is published, protected
 * by its own plan.
 */
export function derive(
  catalogue: Catalogue,
  report: DatasetEntry,
  inner: (dataset: string) => Decision,
): Decision {
  const base = catalogue.dataset(report.from ?? "");
  const ofRows = inner(base.name);
  const inputs = new Set([ofRows]);
  const seen = full(
    base.fields.filter((f) => !f.key).flatMap((f) => rightOf(ofRows, f.name).spans),
    "MASKED",
  ).spans;
  const right = (field: FieldEntry): FieldRight => {
    const { computed } = field;
    if (!computed || computed.is === "own") return rightOf(ofRows, field.name);
    if (!isCounted(computed)) {
      const made = madeOf(computed).map((name) => spansOf(base, byName(report, name), right));
      return { spans: made.reduce(overlap) };
    }
    const link = base.links.find((l) => l.name === computed.link);
    if (!link) throw new Error(`${base.name} has no link ${computed.link}`);
    const target = catalogue.dataset(link.target);
    const ofTarget = inner(target.name);
    inputs.add(ofTarget);
    const joined =
      link.holder === "there" ? joinOf(target, link.there, ofTarget) : joinOf(base, link.here, ofRows);
    return { spans: [seen, ...joined, ...cutsOf(report, target, computed, link, ofTarget)].reduce(overlap) };
  };
  const fields = new Map(
    report.fields.filter((f) => !f.key).map((f): [string, FieldRight] => [f.name, right(f)]),
  );
  return seal({
    dataset: report.name,
    epoch: ofRows.epoch,
    until: Math.min(...[...inputs].map((d) => d.until)),
    fields,
    territories: [...new Set([...inputs].flatMap((d) => d.territories))].sort(),
  });
}

/**
 * A finding is open to whom it exists for: it exists where its reader reads in full all that the rule looks at, and the
 * planner sees to that row by row.
 */
function ofFindings(entry: DatasetEntry, subjects: readonly Decision[]): Decision {
  const open: FieldRight = { spans: [{ ...EVERYWHERE, level: "FULL", grounds: [] }] };
  const fields = entry.fields.filter((f) => !f.key && f.computed);
  const sealed = seal({
    dataset: entry.name,
    epoch: Math.max(...subjects.map((d) => d.epoch)),
    until: Math.min(...subjects.map((d) => d.until)),
    fields: new Map(fields.map((f): [string, FieldRight] => [f.name, open])),
    territories: [...new Set(subjects.flatMap((d) => d.territories))].sort(),
  });
  const hash = createHash("sha256").update([sealed, ...subjects].map((d) => d.fingerprint).join());
  return { ...sealed, fingerprint: hash.digest("base64url").slice(0, 22) };
}

/** Where a link may be followed in figures: a read of the field that holds its key (semantics 13). */
function joinOf(holder: DatasetEntry, name: string, right: Decision): Span[][] {
  const field = byName(holder, name);
  if (!field.key) return [[...full(rightOf(right, name).spans, field.coded ? "AGGREGATE" : "FULL").spans]];
  if (field.coded) return [];
  return [
    [
      ...full(
        others(holder).flatMap((f) => rightOf(right, f.name).spans),
        "MASKED",
      ).spans,
    ],
  ];
}

/** Where a figure may be taken: its own field, and each by which its rows are chosen. */
function cutsOf(
  report: DatasetEntry,
  target: DatasetEntry,
  computed: Counted,
  { there }: LinkEntry,
  right: Decision,
): Span[][] {
  const at = (name: string, level: Level) => [...full(rightOf(right, name).spans, level).spans];
  const named = [...fieldsIn(computed.where), ...(report.byYear ? ["year"] : [])];
  const chosenBy = target.fields.filter((f) => named.includes(f.name));
  // Rows that more than coded dimensions single out are no crowd, and read by the row's own levels (semantics 10).
  const singled = [byName(target, there), ...chosenBy].some((f) => !f.coded);
  const level = singled && !target.protected ? "FULL" : "AGGREGATE";
  const cuts = chosenBy
    .filter((f) => !f.key)
    .map((f) => at(f.name, f.coded && !singled ? "AGGREGATE" : "FULL"));
  switch (computed.is) {
    case "count":
      return [[...full(others(target).flatMap((f) => rightOf(right, f.name).spans)).spans], ...cuts];
    case "sum":
      return [at(computed.field, level), ...(computed.times ? [at(computed.times, level)] : []), ...cuts];
    default:
      return [at(computed.field, "FULL"), ...cuts];
  }
}

function others(dataset: DatasetEntry): FieldEntry[] {
  return dataset.fields.filter((f) => !f.key);
}

function spansOf(
  base: DatasetEntry,
  field: FieldEntry,
  right: (field: FieldEntry) => FieldRight,
): readonly Span[] {
  return field.key || base.key.includes(field.name) ? [] : right(field).spans;
}

function byName(dataset: DatasetEntry, name: string): FieldEntry {
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${dataset.name} declares no field ${name}`);
  return field;
}

/** FULL wherever one of the spans reaches the level; the grounds stay those of the inputs. */
function full(spans: readonly Span[], level: Level = "AGGREGATE"): FieldRight {
  const grounds = spans
    .flatMap((s) => s.grounds)
    .filter((g, i, all) => all.findIndex((h) => h.kind === g.kind && h.id === g.id) === i);
  const ranges: Range[] = merge(spans.flatMap((s) => rangesAt([s], level)));
  return { spans: ranges.map((r) => ({ ...r, level: "FULL", grounds })) };
}

/** Where both are FULL, on the grounds of both. */
function overlap(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return a.flatMap((x) =>
    b.flatMap((y): Span[] => {
      const from = x.from > y.from ? x.from : y.from;
      const to = x.to < y.to ? x.to : y.to;
      return from < to && x.level === "FULL" && y.level === "FULL"
        ? [{ from, to, level: "FULL", grounds: [...x.grounds, ...y.grounds] }]
        : [];
    }),
  );
}
