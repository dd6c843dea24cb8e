/** Filter inputs: one per kind of value, one per enum, and a `Where` per dataset with and, or, not and links. */
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString } from "graphql";
import type { ClassType } from "type-graphql";
import {
  type Catalogue,
  type DatasetEntry,
  type FieldEntry,
  type Operator,
  operatorsOf,
} from "../../declare";
import { type GraphType, inputType, type Member, remember, scalarOf } from "./words";

const GRAPHQL = {
  string: GraphQLString,
  int: GraphQLInt,
  float: GraphQLFloat,
  boolean: GraphQLBoolean,
  id: GraphQLID,
};

export function valueType(field: FieldEntry): GraphType {
  return scalarOf(field, GRAPHQL);
}

const OPERATOR_WORDS: Record<Operator, string> = {
  eq: "等于。equals",
  ne: "不等于。differs from",
  in: "在列表中。is one of",
  notIn: "不在列表中。is none of",
  lt: "小于。less than",
  lte: "不大于。at most",
  gt: "大于。greater than",
  gte: "不小于。at least",
  contains: "包含（区分大小写）。contains, case-sensitive",
  startsWith: "以……开头。begins with",
  isNull: "是否为空。is missing, or is not",
};

function operatorMembers(operators: readonly Operator[], one: GraphType): Member[] {
  return operators.map((name) => ({
    name,
    description: OPERATOR_WORDS[name],
    type: () => (name === "isNull" ? GraphQLBoolean : name === "in" || name === "notIn" ? [one] : one),
  }));
}

const FILTERS: Record<string, string> = {
  text: "TextFilter",
  code: "TextFilter",
  int: "IntFilter",
  decimal: "DecimalFilter",
  float: "FloatFilter",
  boolean: "BooleanFilter",
  date: "DateFilter",
  datetime: "DateTimeFilter",
  reference: "IdFilter",
};

/** Name of the filter of a field's values; equal names are equal filters. */
function filterName(field: FieldEntry): string {
  if (field.name === "territory") return "TerritoryFilter";
  if (field.encrypted) return "EncryptedFilter";
  if (field.kind === "enum") return `${field.enum?.name}Filter`;
  return field.kind === "enumList" ? `${field.enum?.name}ListFilter` : (FILTERS[field.kind] as string);
}

/** Filters and wheres of one schema. */
export class Filters {
  readonly #fields = new Map<string, FieldEntry>();
  readonly #filter = remember((name) => this.#makeFilter(name));
  readonly #where = remember((name) => this.#makeWhere(name));
  readonly #many = remember((name) => this.#makeMany(name));

  constructor(readonly catalogue: Catalogue) {}

  of(field: FieldEntry): ClassType {
    const name = filterName(field);
    if (!this.#fields.has(name)) this.#fields.set(name, field);
    return this.#filter(name);
  }

  where(dataset: DatasetEntry): ClassType {
    return this.#where(dataset.name);
  }

  #makeFilter(name: string): ClassType {
    const field = this.#fields.get(name) as FieldEntry;
    const members = operatorMembers(operatorsOf(field.kind, field.encrypted), valueType(field));
    if (name === "TerritoryFilter")
      members.push({
        name: "within",
        type: () => GraphQLString,
        description: "在该区划及其下级（2、4、6、9 或 12 位代码）。in this division or below it",
      });
    return inputType(name, "同时满足全部条件。All given operators must hold.", members);
  }

  #makeWhere(name: string): ClassType {
    const dataset = this.catalogue.dataset(name);
    const own = () => this.#where(name);
    const members: Member[] = [
      ...dataset.fields.map((f) => ({
        name: f.name,
        type: () => this.of(f),
        description: `${f.zh}。${f.en}`,
      })),
      ...dataset.links.map((l) => ({
        name: l.name,
        type: () => (l.many ? this.#many(l.target) : this.#where(l.target)),
        description: `${l.zh}。${l.en}`,
      })),
      { name: "and", type: () => [own()], description: "全部成立。all hold" },
      { name: "or", type: () => [own()], description: "任一成立。any holds" },
      { name: "not", type: own, description: "不成立（三值逻辑）。does not hold, three-valued" },
    ];
    // Input types are collected before their thunks are called: all that they name must exist by then.
    for (const f of dataset.fields) this.of(f);
    for (const l of dataset.links) if (l.many) this.#many(l.target);
    return inputType(
      `${dataset.type}Where`,
      `${dataset.zh}的筛选条件。Condition on ${dataset.plural}.`,
      members,
    );
  }

  #makeMany(name: string): ClassType {
    const dataset = this.catalogue.dataset(name);
    const where = () => this.#where(name);
    return inputType(
      `${dataset.type}LinkWhere`,
      `对关联${dataset.zh}的条件，仅限可见的记录。Condition on the visible linked rows.`,
      [
        { name: "some", type: where, description: "至少一条满足。at least one satisfies it" },
        { name: "none", type: where, description: "没有一条满足。none satisfies it" },
        {
          name: "every",
          type: where,
          description: "每条都满足（没有记录时为真）。each satisfies it; true of none",
        },
      ],
    );
  }
}
