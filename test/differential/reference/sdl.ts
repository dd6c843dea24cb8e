/** The schema that the catalogue promises, written independently of the hub's: for the reference's own tests. */
import {
  type Catalogue,
  type DatasetEntry,
  type FieldEntry,
  isNumeric,
  operatorsOf,
  scream,
} from "../../../src/declare";
import { ranged, summed } from "./figures";
import { groupKeysOf } from "./groups";

const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);
const SCALARS: Record<string, string> = {
  text: "String",
  code: "String",
  int: "Int",
  float: "Float",
  decimal: "Decimal",
  boolean: "Boolean",
  date: "Date",
  datetime: "DateTime",
  reference: "ID",
};
const scalarOf = (f: FieldEntry) => SCALARS[f.kind] ?? (f.enum?.name as string);
const typeOf = (f: FieldEntry) => (f.kind === "enumList" ? `[${scalarOf(f)}!]` : scalarOf(f));

export function sdlOf(catalogue: Catalogue): string {
  return [BASE, ...enums(catalogue), ...catalogue.datasets.map((d) => ofDataset(d)), query(catalogue)].join(
    "\n",
  );
}

const BASE = `
scalar Date scalar DateTime scalar Decimal
enum SortDirection { ASC DESC } enum NullPlacement { FIRST LAST } enum RetiredRows { EXCLUDE INCLUDE }
interface Node { id: ID! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Coverage { territory: String! name: String counted: Boolean! withheld: [String!]! }
input IntFilter { eq: Int ne: Int in: [Int!] notIn: [Int!] lt: Int lte: Int gt: Int gte: Int isNull: Boolean }
input FloatFilter { eq: Float ne: Float in: [Float!] notIn: [Float!] lt: Float lte: Float gt: Float gte: Float isNull: Boolean }
input DecimalFilter { eq: Decimal ne: Decimal in: [Decimal!] notIn: [Decimal!] lt: Decimal lte: Decimal gt: Decimal gte: Decimal isNull: Boolean }
`;

function* enums(catalogue: Catalogue): Generator<string> {
  const seen = new Map(
    catalogue.datasets.flatMap((d) => d.fields).flatMap((f) => (f.enum ? [[f.enum.name, f.enum]] : [])),
  );
  for (const e of seen.values()) yield `enum ${e.name} { ${Object.keys(e.values).join(" ")} }`;
}

function filterOf(f: FieldEntry): string {
  if (isNumeric(f.kind)) return `${SCALARS[f.kind]}Filter`;
  return `${capital(f.name)}Filter_`;
}

function ofDataset(d: DatasetEntry): string {
  const T = d.type;
  const filters = d.fields
    .filter((f) => !isNumeric(f.kind))
    .map((f) => {
      const operand = (o: string) =>
        o === "isNull" ? "Boolean" : o === "in" || o === "notIn" ? `[${scalarOf(f)}!]` : scalarOf(f);
      const operators = [...operatorsOf(f.kind, f.encrypted)].map((o) => `${o}: ${operand(o)}`);
      if (f.name === "territory") operators.push("within: String");
      return `input ${T}${filterOf(f)} { ${operators.join(" ")} }`;
    });
  const filter = (f: FieldEntry) => (isNumeric(f.kind) ? filterOf(f) : `${T}${filterOf(f)}`);
  const links = d.links.map(
    (l) => `${l.name}: ${l.many ? `${capital(l.target)}Links` : `${capital(l.target)}Where`}`,
  );
  const orders = d.fields.filter((f) => !f.encrypted && f.kind !== "enumList").map((f) => scream(f.name));
  const keys = groupKeysOf(d).filter(
    (k) => !k.field.encrypted && k.field.kind !== "enumList" && k.field.name !== "id",
  );
  const keyType = (name: string, f: FieldEntry) =>
    name.endsWith("Year") ? "Int" : name === f.name ? typeOf(f) : "String";
  const avgType = (f: FieldEntry) => (f.kind === "decimal" ? "Decimal" : "Float");
  const figures = [`sum`, `avg`].flatMap((g) => summed(d).map((f) => `${scream(g)}_${scream(f.name)}`));
  const extremes = [`min`, `max`].flatMap((g) => ranged(d).map((f) => `${scream(g)}_${scream(f.name)}`));
  const having = (fs: FieldEntry[], type: (f: FieldEntry) => string) =>
    fs.map((f) => `${f.name}: ${type(f)}`).join(" ");
  return `
${filters.join("\n")}
input ${T}Links { some: ${T}Where none: ${T}Where every: ${T}Where }
input ${T}Where { and: [${T}Where] or: [${T}Where] not: ${T}Where ${d.fields.map((f) => `${f.name}: ${filter(f)}`).join(" ")} ${links.join(" ")} }
enum ${T}OrderField { ${orders.join(" ")} }
input ${T}Order { field: ${T}OrderField! direction: SortDirection nulls: NullPlacement }
type ${T} implements Node { ${d.fields.map((f) => `${f.name}: ${typeOf(f)}${f.name === "id" ? "!" : ""}`).join(" ")}
disputed: [String!]
${d.links.map((l) => (l.many ? many(l.name, capital(l.target)) : `${l.name}: ${capital(l.target)}`)).join(" ")} }
type ${T}Connection { nodes: [${T}!]! edges: [${T}Edge!]! pageInfo: PageInfo! totalCount: Int! }
type ${T}Edge { cursor: String! node: ${T}! }
enum ${T}GroupKey { ${keys.map((k) => k.code).join(" ")} }
enum ${T}GroupOrderField { COUNT ${[...keys.map((k) => k.code), ...figures, ...extremes].join(" ")} }
input ${T}GroupOrder { field: ${T}GroupOrderField! direction: SortDirection }
input ${T}SumHaving { ${having(summed(d), filterOf)} }
input ${T}AvgHaving { ${having(summed(d), (f) => `${avgType(f)}Filter`)} }
input ${T}RangeHaving { ${having(summed(d), filterOf)} }
input ${T}Having { count: IntFilter sum: ${T}SumHaving avg: ${T}AvgHaving min: ${T}RangeHaving max: ${T}RangeHaving }
type ${T}Aggregate { groups: [${T}Group!]! coverage: [Coverage!]! }
type ${T}Group { key: ${T}Key! count: Int sum: ${T}Sum! avg: ${T}Avg! min: ${T}Range! max: ${T}Range! suppressed: Boolean! }
type ${T}Key { ${keys.map((k) => `${k.name}: ${keyType(k.name, k.field)}`).join(" ")} }
type ${T}Sum { ${summed(d)
    .map((f) => `${f.name}: ${typeOf(f)}`)
    .join(" ")} }
type ${T}Avg { ${summed(d)
    .map((f) => `${f.name}: ${avgType(f)}`)
    .join(" ")} }
type ${T}Range { ${ranged(d)
    .map((f) => `${f.name}: ${typeOf(f)}`)
    .join(" ")} }`;
}

const LIST = (T: string) =>
  `where: ${T}Where, orderBy: [${T}Order!], first: Int, after: String, last: Int, before: String`;
const GROUPS = (T: string) =>
  `where: ${T}Where, groupBy: [${T}GroupKey!], having: ${T}Having, orderBy: [${T}GroupOrder!], first: Int`;
const many = (name: string, T: string) =>
  `${name}(${LIST(T)}): ${T}Connection! ${name}Aggregate(${GROUPS(T)}): ${T}Aggregate!`;

function query(catalogue: Catalogue): string {
  const fields = catalogue.datasets.map((d) => {
    const keys = d.key
      .map((k) => `${k}: ${typeOf(d.fields.find((f) => f.name === k) as FieldEntry)}`)
      .join(", ");
    return `${d.name}(id: ID, ${keys}, retired: RetiredRows, asOf: DateTime): ${d.type}
${d.plural}(${LIST(d.type)}, retired: RetiredRows, asOf: DateTime): ${d.type}Connection!
${d.plural}Aggregate(${GROUPS(d.type)}, retired: RetiredRows, asOf: DateTime): ${d.type}Aggregate!`;
  });
  return `type Query { node(id: ID!): Node ${fields.join("\n")} }`;
}
