/** The doors of links: nested rows and lists, nested aggregates, conditions on what is linked. */
import type { DatasetEntry, LinkEntry } from "../../src/declare";
import type { Ask, Extent } from "./doors";
import { mayCut } from "./figure-doors";
import { groupOf } from "./figures";
import type { Row } from "./rows";
import { anywhere, factsOf } from "./rules";
import type { View } from "./view";

export function linkDoors(view: View, dataset: DatasetEntry, { turn, all }: Extent): Ask[] {
  if (dataset.links.length === 0) return [];
  const many = dataset.links.filter((l) => l.many);
  const figured = many.filter((l) => mayFigure(view, dataset, l));
  return [
    nestedDoor(view, dataset),
    ...(figured.length > 0 ? [nestedFiguresDoor(view, dataset, figured)] : []),
    ...many.filter((l) => !figured.includes(l)).map((l) => refusedFiguresDoor(dataset, l)),
    ...dataset.links
      .filter((_, i) => all || dataset.links.length <= 6 || i % 4 === turn % 4)
      .flatMap((l) => conditionDoors(view, dataset, l)),
  ];
}

/** The linked rows that this asker may follow the link to (semantics 13). */
function linked(view: View, link: LinkEntry, row: Row): Row[] {
  if (link.holder === "here" && !view.readable(row, link.here)) return [];
  return view
    .listed(link.target)
    .filter(
      (other) => equal(row, link, other) && (link.holder === "here" || view.readable(other, link.there)),
    );
}

function equal(row: Row, link: LinkEntry, other: Row): boolean {
  const here = row.values[link.here] ?? null;
  return here !== null && here === (other.values[link.there] ?? null);
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => ({ id }));

function nestedDoor(view: View, dataset: DatasetEntry): Ask {
  const asked = dataset.links.map((l) =>
    l.many ? `${l.name}(first: 100) { totalCount nodes { id } }` : `${l.name} { id }`,
  );
  const nodes = view.listed(dataset.name).map((row) => ({
    id: row.id,
    ...Object.fromEntries(
      dataset.links.map((l) => {
        const rows = linked(view, l, row);
        return [l.name, l.many ? { totalCount: rows.length, nodes: ids(rows) } : (ids(rows)[0] ?? null)];
      }),
    ),
  }));
  return {
    door: "nested links",
    text: `${dataset.plural}(first: 100) { nodes { id ${asked.join(" ")} } }`,
    expected: { value: { nodes } },
  };
}

/** A nested figure is a condition on the key of the link, refused as any other. */
function mayFigure(view: View, dataset: DatasetEntry, link: LinkEntry): boolean {
  const target = view.catalogue.dataset(link.target);
  return link.holder === "here"
    ? mayCut(view, dataset, link.here, false)
    : mayCut(view, target, link.there, factsOf(link.target, link.there).coded);
}

function nestedFiguresDoor(view: View, dataset: DatasetEntry, links: readonly LinkEntry[]): Ask {
  const asked = links.map((l) => `${l.name}Aggregate { groups { count suppressed } }`);
  const nodes = view.listed(dataset.name).map((row) => ({
    id: row.id,
    ...Object.fromEntries(
      links.map((l) => {
        const { coded } = factsOf(l.target, l.there);
        const rows = view
          .figured(l.target)
          .filter((other) => equal(row, l, other) && view.cuts(other, l.there, coded));
        const { count, suppressed } = groupOf(view, view.catalogue.dataset(l.target), rows, {
          sum: [],
          min: [],
        });
        return [`${l.name}Aggregate`, { groups: [{ count, suppressed }] }];
      }),
    ),
  }));
  return {
    door: "nested aggregates",
    text: `${dataset.plural}(first: 100) { nodes { id ${asked.join(" ")} } }`,
    expected: { value: { nodes } },
  };
}

function refusedFiguresDoor(dataset: DatasetEntry, link: LinkEntry): Ask {
  return {
    door: `nested aggregate ${link.name}`,
    text: `${dataset.plural}(first: 100) { nodes { id ${link.name}Aggregate { groups { count suppressed } } } }`,
    expected: { refused: link.there },
  };
}

/** some and every over half of the target's rows; for a link to one row, that it is there. */
function conditionDoors(view: View, dataset: DatasetEntry, link: LinkEntry): Ask[] {
  const half = (view.rows.get(link.target) ?? []).filter((_, i) => i % 2 === 0);
  const inHalf = `{ id: { in: [${half.map((row) => JSON.stringify(row.id)).join(", ")}] } }`;
  const holder = link.holder === "here" ? dataset.name : link.target;
  const key = link.holder === "here" ? link.here : link.there;
  const may = factsOf(holder, key).key || anywhere(view.asker, holder, key, "FULL");
  const door = (name: string, where: string, holds: (rows: readonly Row[]) => boolean): Ask => {
    const found = view.listed(dataset.name).filter((row) => holds(linked(view, link, row)));
    return {
      door: `link filter ${link.name} ${name}`,
      text: `${dataset.plural}(where: { ${link.name}: ${where} }, first: 100) { totalCount nodes { id } }`,
      expected: may ? { value: { totalCount: found.length, nodes: ids(found) } } : { refused: key },
    };
  };
  if (!link.many) return [door("is", inHalf, (rows) => rows.some((row) => half.includes(row)))];
  return [
    door("some", `{ some: ${inHalf} }`, (rows) => rows.some((row) => half.includes(row))),
    door("every", `{ every: ${inHalf} }`, (rows) => rows.every((row) => half.includes(row))),
  ];
}
