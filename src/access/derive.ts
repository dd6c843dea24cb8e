/** The right to a report follows from the rights to its inputs: nobody grants a report. */
import { type Catalogue, type DatasetEntry, type FieldEntry, merge, type Range } from "../declare";
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
  const inner = (dataset: string) => decide(identity, catalogue.dataset(dataset), rights, at);
  return derive(catalogue, entry, inner);
}

/** A figure is FULL where its rows are counted: what leaves is published, protected by its own plan. */
export function derive(
  catalogue: Catalogue,
  report: DatasetEntry,
  inner: (dataset: string) => Decision,
): Decision {
  const base = catalogue.dataset(report.from ?? "");
  const ofRows = inner(base.name);
  const inputs = new Set([ofRows]);
  const right = (field: FieldEntry): FieldRight => {
    const { computed } = field;
    if (!computed || computed.is === "own") return rightOf(ofRows, field.name);
    if (computed.is === "ratio") return both(byName(report, computed.of), byName(report, computed.to));
    const target = catalogue.dataset(base.links.find((l) => l.name === computed.link)?.target ?? "");
    const ofTarget = inner(target.name);
    inputs.add(ofTarget);
    const counted =
      computed.is === "count" ? target.fields.filter((f) => !f.key).map((f) => f.name) : [computed.field];
    const figure = full(counted.flatMap((f) => rightOf(ofTarget, f).spans));
    const cuts = Object.keys(computed.where ?? {}).map((f) => full(rightOf(ofTarget, f).spans).spans);
    return { spans: cuts.reduce(overlap, figure.spans) };
  };
  const both = (a: FieldEntry, b: FieldEntry): FieldRight => ({
    spans: overlap(spansOf(base, a, right), spansOf(base, b, right)),
  });
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

function spansOf(
  base: DatasetEntry,
  field: FieldEntry,
  right: (field: FieldEntry) => FieldRight,
): readonly Span[] {
  return field.key || base.key.includes(field.name) ? [] : right(field).spans;
}

function byName(report: DatasetEntry, name: string): FieldEntry {
  const field = report.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${report.name} declares no field ${name}`);
  return field;
}

/** FULL wherever one of the spans is AGGREGATE or more; the grounds stay those of the inputs. */
function full(spans: readonly Span[]): FieldRight {
  const grounds = spans
    .flatMap((s) => s.grounds)
    .filter((g, i, all) => all.findIndex((h) => h.kind === g.kind && h.id === g.id) === i);
  const ranges: Range[] = merge(spans.flatMap((s) => rangesAt([s], "AGGREGATE")));
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
