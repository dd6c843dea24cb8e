/** Random selections of rows: fields, links, nested lists and figures, under aliases, fragments and directives. */
import type { DatasetEntry, LinkEntry } from "../../../src/declare";
import { aggregateOf } from "./aggregates";
import type { Draft } from "./draft";
import { listArguments } from "./lists";

/** A selection set on one type; response keys already used by fields with arguments are not used again. */
export class Part {
  constructor(
    readonly draft: Draft,
    readonly type: string,
    readonly used = new Set<string>(),
  ) {}

  /** `alias: name(arguments) @directive below`, under a response key that nothing else has. */
  field(name: string, args = "", below = ""): string {
    const { choose } = this.draft;
    const isTaken = this.used.has(name);
    const hasDetail = args !== "" || below !== "";
    const alias = (hasDetail && isTaken) || choose.maybe(12) ? `${this.draft.name(aliasOf(name))}: ` : "";
    if (alias) this.draft.setting.tally.see("aliases");
    if (!alias && hasDetail) this.used.add(name);
    const asked = `${alias}${name}${args ? `(${args})` : ""}`;
    const whole = `${asked}${this.directive()}${below ? ` ${below}` : ""}`;
    if (below === "" || name === "coverage" || !choose.maybe(6)) return whole;
    this.draft.setting.tally.see("fields merged");
    return `${whole} ${asked} { __typename }`;
  }

  directive(): string {
    const { choose, setting } = this.draft;
    if (!choose.maybe(8)) return "";
    setting.tally.see("directives");
    const keeps = choose.maybe(65);
    const word = choose.maybe(50) ? "include" : "skip";
    const value = word === "include" ? keeps : !keeps;
    return ` @${word}(if: ${choose.maybe(50) ? this.draft.flag(value) : value})`;
  }

  /** The parts as one selection set, some of them inside fragments. */
  set(parts: string[]): string {
    const { choose, setting } = this.draft;
    const loose: string[] = [];
    const wrapped: string[] = [];
    for (const part of parts) (choose.maybe(15) ? wrapped : loose).push(part);
    if (wrapped.length > 0) {
      setting.tally.see("fragments");
      const body = `{ ${wrapped.join(" ")} }`;
      const isNamed = choose.maybe(50);
      const spread = isNamed
        ? this.draft.fragment(this.type, body)
        : choose.maybe(70)
          ? `... on ${this.type}`
          : "...";
      loose.push(`${spread}${this.directive()}${isNamed ? "" : ` ${body}`}`);
    }
    return `{ ${loose.join(" ")} }`;
  }
}

/** Opaque and incomparable parts of an answer keep their names, so that they are recognized. */
function aliasOf(name: string): string {
  return name.toLowerCase().endsWith("cursor") ? "cursor" : name === "coverage" ? "coverage" : "a";
}

export function rowSelection(draft: Draft, dataset: DatasetEntry, depth: number): string {
  const { choose } = draft;
  const part = new Part(draft, dataset.type);
  const parts = choose.some(dataset.fields, 1, 5).map((f) => part.field(f.name));
  if (choose.maybe(12)) parts.push(part.field("__typename"));
  if (choose.maybe(12)) {
    draft.setting.tally.see("disputed");
    parts.push(part.field("disputed"));
  }
  if (choose.maybe(6)) parts.push("... on Node { id }");
  if (depth > 0 && dataset.links.length > 0 && choose.maybe(55))
    for (const link of choose.some(dataset.links, 1, 2)) parts.push(linked(draft, part, link, depth - 1));
  return part.set(parts);
}

function linked(draft: Draft, part: Part, link: LinkEntry, depth: number): string {
  const { choose, setting } = draft;
  const target = setting.catalogue.dataset(link.target);
  setting.tally.see(`nested to depth ${4 - depth}`);
  if (!link.many) return part.field(link.name, "", rowSelection(draft, target, depth));
  if (choose.maybe(30)) {
    setting.tally.see("nested aggregate");
    return part.field(`${link.name}Aggregate`, ...aggregateOf(draft, target, false));
  }
  return part.field(
    link.name,
    listArguments(draft, target, { nested: true }).join(", "),
    connectionSelection(draft, target, depth),
  );
}

export function connectionSelection(draft: Draft, dataset: DatasetEntry, depth: number): string {
  const { choose, setting } = draft;
  const part = new Part(draft, `${dataset.type}Connection`);
  const parts: string[] = [];
  if (choose.maybe(85)) parts.push(part.field("nodes", "", rowSelection(draft, dataset, depth)));
  if (choose.maybe(35)) {
    setting.tally.see("totalCount");
    parts.push(part.field("totalCount"));
  }
  if (choose.maybe(25)) {
    const info = new Part(draft, "PageInfo");
    const names = choose.some(["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"], 1, 4);
    parts.push(part.field("pageInfo", "", info.set(names.map((n) => info.field(n)))));
  }
  if (choose.maybe(20) || parts.length === 0) {
    const edge = new Part(draft, `${dataset.type}Edge`);
    const below = choose.some(["cursor", "node"], 1, 2);
    const selected = (name: string) =>
      name === "node"
        ? edge.field("node", "", rowSelection(draft, dataset, Math.min(depth, 1)))
        : edge.field("cursor");
    parts.push(part.field("edges", "", edge.set(below.map(selected))));
  }
  return part.set(parts);
}
