/** The ways in which others leak, each as the questions that would tell two databases apart. */

import { catalogue } from "../../src/datasets";
import {
  type DatasetEntry,
  type FieldEntry,
  type LinkEntry,
  type Operator,
  operatorsOf,
} from "../../src/declare";
import { literal, screaming } from "../permission/doors";
import type { Value } from "../permission/rows";
import { factsOf } from "../permission/rules";
import type { Twin } from "./twins";

/** Root fields of GraphQL that this way asks of a dataset. */
export type Way = (twin: Twin, dataset: DatasetEntry) => string[];

const names = (dataset: DatasetEntry) => dataset.fields.map((f) => f.name).join(" ");

export const select: Way = (twin, d) => [
  `${d.plural}(first: 100) { totalCount nodes { ${names(d)} } }`,
  `${d.plural}(first: 100, retired: INCLUDE, where: { retiredAt: { isNull: true } }) { nodes { ${names(d)} } }`,
  ...(twin.rows.get(d.name) ?? [])
    .filter((_, i) => i % 4 === 0)
    .map((row) => `${d.name}(id: "${row.id}") { ${names(d)} }`),
];

/** Every operator, with a value that is withheld: by itself, negated, within and, or and not. */
export const filter: Way = (twin, d) =>
  conditions(twin, d).map((where) => `${d.plural}(where: ${where}, first: 100) { nodes { id } }`);

const FORMS: readonly ((leaf: string) => string)[] = [
  (leaf) => leaf,
  (leaf) => `{ not: ${leaf} }`,
  (leaf) => `{ and: [{ or: [${leaf}, { id: { isNull: true } }] }, { not: { not: ${leaf} } }] }`,
  (leaf) => `{ not: { and: [${leaf}, { version: { gt: 0 } }] } }`,
];

function conditions(twin: Twin, d: DatasetEntry): string[] {
  return twin.fields(d, d.name.length).flatMap((field, f) =>
    operatorsOf(field.kind, field.encrypted).map((operator, o) => {
      const form = FORMS[(f + o) % FORMS.length] as (leaf: string) => string;
      return form(`{ ${field.name}: { ${operator}: ${operand(field, operator, twin.secret(d, field))} } }`);
    }),
  );
}

function operand(field: FieldEntry, operator: Operator, secret: Value): string {
  if (operator === "isNull") return "true";
  const one = Array.isArray(secret) ? (secret[0] as string) : (secret ?? substitute(field));
  const text = literal(field, one);
  if (operator === "in" || operator === "notIn") return `[${text}]`;
  return operator === "startsWith" || operator === "contains" ? shortened(text) : text;
}

function shortened(text: string): string {
  return text.startsWith('"') ? `${text.slice(0, -3)}"` : text;
}

/** Some value of the kind, where no row holds one that is withheld. */
function substitute(field: FieldEntry): Value {
  if (field.kind === "enum" || field.kind === "enumList")
    return Object.keys(field.enum?.values ?? {})[0] as string;
  if (field.kind === "boolean") return true;
  if (field.kind === "int" || field.kind === "float") return 1;
  if (field.kind === "date") return "1900-01-01";
  if (field.kind === "datetime") return "2025-03-01T08:00:00+08:00";
  return field.kind === "decimal"
    ? "1.00"
    : field.kind === "reference"
      ? `${field.references}:01900000-0000-7000-8000-000000000001`
      : "x";
}

const sortable = (field: FieldEntry) => !field.encrypted && field.kind !== "enumList";

export const sort: Way = (twin, d) =>
  twin
    .fields(d, d.name.length)
    .filter(sortable)
    .flatMap((f, i) => {
      const order = `{ field: ${screaming(f.name)}, direction: ${i % 2 ? "ASC" : "DESC"}, nulls: ${i % 3 ? "FIRST" : "LAST"} }`;
      return [
        `${d.plural}(orderBy: [${order}], first: 100) { nodes { id } }`,
        `${d.plural}(orderBy: [${order}], first: 3) { nodes { id } pageInfo { hasNextPage } }`,
      ];
    });

/** Whole and half pages by withheld fields, with all their cursors; the bytes are searched decoded as well. */
export const cursors: Way = (twin, d) =>
  twin
    .fields(d, d.name.length + 1)
    .filter(sortable)
    .flatMap((f) => [
      `${d.plural}(orderBy: [{ field: ${screaming(f.name)} }], first: 100) { edges { cursor } pageInfo { startCursor endCursor } }`,
      `${d.plural}(orderBy: [{ field: ${screaming(f.name)}, direction: DESC }, { field: CHANGED_AT }], last: 4) { edges { cursor } pageInfo { startCursor hasPreviousPage } }`,
    ]);

const keyName = (field: FieldEntry) =>
  field.kind === "date" || field.kind === "datetime"
    ? ["Year", "Month"].map((p) => field.name + p)
    : [field.name];

export const group: Way = (twin, d) =>
  twin
    .fields(d, d.name.length)
    .filter((f) => sortable(f) && f.name !== "id")
    .flatMap((f) =>
      keyName(f).map(
        (name) =>
          `${d.plural}Aggregate(groupBy: [${screaming(name)}]) { groups { key { ${name} } count suppressed } coverage { territory counted withheld } }`,
      ),
    );

const NUMBERS = ["int", "decimal", "float"];

/** One measure at a time and by place, also as what groups are kept and ordered by. */
export const measure: Way = (twin, d) =>
  twin
    .fields(d, d.name.length)
    .filter((f) => !factsOf(d.name, f.name).key && (NUMBERS.includes(f.kind) || f.kind === "date"))
    .flatMap((f) => {
      const figures = f.kind === "date" ? ["min", "max"] : ["sum", "avg", "min", "max"];
      const shown = figures.map((kind) => `${kind} { ${f.name} }`).join(" ");
      const name = screaming(f.name);
      return [
        `${d.plural}Aggregate { groups { count ${shown} suppressed } }`,
        `${d.plural}Aggregate(groupBy: [TERRITORY_DISTRICT], orderBy: [{ field: MAX_${name} }], having: { max: { ${f.name}: { isNull: false } } }) { groups { key { territoryDistrict } count ${shown} suppressed } }`,
        ...(f.kind === "date"
          ? []
          : [
              `${d.plural}Aggregate(groupBy: [TERRITORY_COMMUNITY], orderBy: [{ field: SUM_${name}, direction: DESC }], having: { sum: { ${f.name}: { gte: ${f.kind === "decimal" ? '"1.00"' : "1"} } } }, first: 2) { groups { key { territoryCommunity } suppressed } }`,
            ]),
      ];
    });

/** A third of all conditions for each asker: those that lists are asked with, in figures. */
const third = (twin: Twin, all: readonly string[]) =>
  all.filter((_, i) => i % 3 === twin.asker.name.length % 3);

export const countWithFilter: Way = (twin, d) =>
  third(twin, conditions(twin, d)).flatMap((where) => [
    `${d.plural}Aggregate(where: ${where}) { groups { count suppressed } coverage { territory counted } }`,
  ]);

export const totalWithFilter: Way = (twin, d) =>
  third(twin, conditions(twin, d)).map((where) => `${d.plural}(where: ${where}, first: 1) { totalCount }`);

/** Conditions through every link, on what is withheld at its other end. */
export const linkFilter: Way = (twin, d) =>
  some(d.links, 8).flatMap((link) => {
    const target = catalogue.dataset(link.target);
    const [leaf = "{ }"] = conditions(twin, target).slice(-2);
    return (link.many ? ["some", "none", "every"] : ["is"]).flatMap((quantifier) => {
      const condition = (inner: string) => (quantifier === "is" ? inner : `{ ${quantifier}: ${inner} }`);
      const asks = (inner: string) => `{ ${link.name}: ${condition(inner)} }`;
      return [asks("{ }"), asks(leaf), `{ not: ${asks(`{ not: ${leaf} }`)} }`].map(
        (where) => `${d.plural}(where: ${where}, first: 100) { totalCount nodes { id } }`,
      );
    });
  });

export const foreignNode: Way = (twin, d) => [
  ...(twin.rows.get(d.name) ?? []).map((row) => `node(id: "${row.id}") { __typename id }`),
  `node(id: "${d.name}:01900000-0000-7000-8000-ffffffffffff") { id }`,
  ...["1401", "140105", "140106", "140105001", "140105001002"].map(
    (within) => `${d.plural}(where: { territory: { within: "${within}" } }, first: 0) { totalCount }`,
  ),
  `${d.plural}(where: { not: { territory: { within: "140105" } } }, first: 0) { totalCount }`,
];

export const subtraction: Way = (_, d) => [
  ...["City", "District", "Street", "Community"].map(
    (level) =>
      `${d.plural}Aggregate(groupBy: [TERRITORY_${level.toUpperCase()}]) { groups { key { territory${level} } count suppressed } }`,
  ),
  ...["1401", "140105", "140106", "140105001"].flatMap((within) => [
    `${d.plural}Aggregate(where: { territory: { within: "${within}" } }) { groups { count suppressed } }`,
    `${d.plural}Aggregate(where: { not: { territory: { within: "${within}" } } }) { groups { count suppressed } }`,
  ]),
  `${d.plural}Aggregate { groups { count suppressed } }`,
];

/** Along every link and from there along every link that leads back. */
export const thereAndBack: Way = (_, d) =>
  some(d.links, 10).map((link) => {
    const target = catalogue.dataset(link.target);
    const back = target.links.filter((l) => l.target === d.name).map((l) => taken(l, `id ${names(d)}`));
    return `${d.plural}(first: 30) { nodes { id ${taken(link, `id ${names(target)} ${back.join(" ")}`)} } }`;
  });

function taken(link: LinkEntry, what: string): string {
  return link.many ? `${link.name}(first: 20) { totalCount nodes { ${what} } }` : `${link.name} { ${what} }`;
}

/** At most so many, spread over all. */
function some<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, i) => i % step === 0);
}

/** Questions that are wrong: what the hub says about them must not depend on what it holds. */
export const wrong: Way = (twin, d) => {
  const row = (twin.rows.get(d.name) ?? [])[4];
  const cursor = `AAAAAAAAAAAA.${Buffer.from(JSON.stringify([row?.uuid])).toString("base64url")}`;
  const fields = twin.fields(d, d.name.length);
  return [
    `${d.plural}(after: "${cursor}") { totalCount }`,
    `${d.plural}(after: "nothing") { totalCount }`,
    `${d.plural}(first: -1) { totalCount }`,
    `${d.plural}(where: { territory: { within: "14010" } }) { totalCount }`,
    `${d.plural}(where: { id: { eq: "nowhere:1" } }) { totalCount }`,
    `${d.plural}(where: { and: [{ id: { eq: null } }] }) { totalCount }`,
    `${d.name} { id }`,
    `${d.name}(id: "${row?.id}", retired: INCLUDE) { id }`,
    ...fields.flatMap((f) => [
      `${d.plural}(where: { ${f.name}: { isNull: null } }) { totalCount }`,
      ...operatorsOf(f.kind, f.encrypted)
        .slice(0, 1)
        .map(
          (operator) =>
            `${d.plural}(where: { ${f.name}: { ${operator}: ${operand(f, operator, twin.secret(d, f))} } }) { totalCount }`,
        ),
    ]),
  ];
};
