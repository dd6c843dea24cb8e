/** Output types that a dataset gets by being declared: connection, edge, aggregate, groups and their figures. */
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString } from "graphql";
import { type ClassType, Field } from "type-graphql";
import {
  type Catalogue,
  classOf,
  type DatasetEntry,
  DecimalScalar,
  type FieldEntry,
  scream,
} from "../../declare";
import { groupKeysOf, measurable } from "../figures";
import { DISPUTED } from "../plan";
import type { FigureKind } from "../plan-types";
import { connectionType } from "./connection";
import { Filters, valueType } from "./filters";
import { enumType, inputType, type Member, objectType, remember } from "./words";

/** All generated types of one dataset that its queries need. */
export interface Surface {
  readonly row: ClassType;
  readonly where: ClassType;
  readonly order: ClassType;
  readonly connection: ClassType;
  readonly aggregate: ClassType;
  readonly groupKey: object;
  readonly having: ClassType;
  readonly groupOrder: ClassType;
}

const Direction = enumType("Direction", "排序方向。Direction of an order.", {
  ASC: "升序。ascending",
  DESC: "降序。descending",
});
const Nulls = enumType("Nulls", "空值的位置。Where missing values go.", {
  FIRST: "在前。first",
  LAST: "在后（默认）。last, the default",
});
export const RetiredRows = enumType(
  "RetiredRows",
  "是否包含已停用的记录。Whether retired rows are included.",
  {
    EXCLUDE: "不含（默认）。left out, the default",
    INCLUDE: "包含。included",
  },
);

const Coverage = objectType(
  "Coverage",
  "汇总覆盖范围：哪里计入、哪里未授权；最具体的区划为准。Where rows enter the figures; the most specific entry speaks.",
  [
    { name: "territory", type: () => GraphQLString, description: "区划代码。division code" },
    { name: "name", type: () => GraphQLString, description: "区划名称。its name" },
    {
      name: "counted",
      type: () => GraphQLBoolean,
      description: "该处记录是否计入。whether rows there are counted",
    },
    {
      name: "withheld",
      type: () => [GraphQLString],
      description: "该处未授权的字段。asked fields withheld there",
    },
  ],
);

export class Outputs {
  readonly filters: Filters;
  readonly of: (dataset: string) => Surface;

  constructor(readonly catalogue: Catalogue) {
    this.filters = new Filters(catalogue);
    this.of = remember((name) => this.#make(catalogue.dataset(name)));
  }

  #make(dataset: DatasetEntry): Surface {
    return {
      row: classOf(dataset.name) as ClassType,
      where: this.filters.where(dataset),
      order: orderOf(dataset),
      connection: connectionOf(dataset),
      ...this.#figures(dataset),
    };
  }

  #figures(dataset: DatasetEntry): Pick<Surface, "aggregate" | "groupKey" | "having" | "groupOrder"> {
    const keys = groupKeysOf(dataset);
    const words = (key: { name: string; field?: FieldEntry }) => key.field?.zh ?? `区划汇总 ${key.name}`;
    const groupKey = enumType(
      `${dataset.type}GroupKey`,
      "分组依据。What groups are cut by.",
      Object.fromEntries([...keys].map(([k, v]) => [k, words(v)])),
    );
    const values = objectType(
      `${dataset.type}GroupValues`,
      "分组的键；未用作分组依据的为空。The group's keys; null where not grouped by.",
      [...keys.values()].map((k) => ({
        name: k.name,
        nullable: true,
        description: words(k),
        type: () =>
          k.is === "field" ? valueType(k.field as FieldEntry) : k.is === "year" ? GraphQLInt : GraphQLString,
      })),
    );
    const figures = FIGURE_KINDS.map((kind) => [kind, figureType(dataset, kind)] as const).filter(
      ([, type]) => type,
    );
    const group = objectType(
      `${dataset.type}Group`,
      "一组的数字；人数少于 5 的不公布。Figures of one group; suppressed under five persons.",
      [
        { name: "key", type: () => values, description: "分组的键。the group's keys" },
        { name: "count", type: () => GraphQLInt, nullable: true, description: "记录数。number of rows" },
        ...figures.map(([kind, type]) => ({ name: kind, type: () => type, description: FIGURE_WORDS[kind] })),
        {
          name: "suppressed",
          type: () => GraphQLBoolean,
          description: "是否有数字因人数过少而不公布。whether a figure asked for is suppressed",
        },
      ],
    );
    const aggregate = objectType(
      `${dataset.type}Aggregate`,
      `${dataset.zh}的汇总。Figures over ${dataset.plural}.`,
      [
        { name: "groups", type: () => [group], description: "各组。the groups" },
        { name: "coverage", type: () => [Coverage], description: "覆盖范围。what the figures cover" },
      ],
    );
    return { aggregate, groupKey, having: this.#having(dataset), groupOrder: groupOrderOf(dataset, keys) };
  }

  #having(dataset: DatasetEntry): ClassType {
    const tests = (kind: FigureKind): Member[] => {
      const fields = measurable(dataset, kind);
      if (fields.length === 0) return [];
      const type = inputType(
        `${dataset.type}Having${capital(kind)}`,
        `按${FIGURE_WORDS[kind]}`,
        fields.map((f) => {
          const filter = this.filters.of(figureField(f, kind));
          return { name: f.name, description: f.zh, type: () => filter };
        }),
      );
      return [{ name: kind, type: () => type, description: FIGURE_WORDS[kind] }];
    };
    const number = this.filters.of(COUNT_FIELD);
    const count: Member = {
      name: "count",
      type: () => number,
      description: "记录数。number of rows",
    };
    return inputType(
      `${dataset.type}Having`,
      "按公布的数字筛选分组。Keeps groups by their published figures.",
      [count, ...FIGURE_KINDS.flatMap(tests)],
    );
  }
}

const FIGURE_KINDS = ["sum", "avg", "min", "max"] as const;
const FIGURE_WORDS: Record<FigureKind, string> = {
  count: "记录数。number of rows",
  sum: "合计。sum",
  avg: "平均。average",
  min: "最小值。least",
  max: "最大值。greatest",
};

const COUNT_FIELD = { name: "count", kind: "int", encrypted: false } as FieldEntry;

/** The kind of value a figure of this field has: sums and averages of whole numbers and measures are numbers. */
function figureField(field: FieldEntry, kind: FigureKind): FieldEntry {
  return kind === "min" || kind === "max" || field.kind === "decimal" ? field : { ...field, kind: "float" };
}

function figureType(dataset: DatasetEntry, kind: FigureKind): ClassType | undefined {
  const fields = measurable(dataset, kind);
  if (fields.length === 0) return undefined;
  return objectType(
    `${dataset.type}${capital(kind)}`,
    FIGURE_WORDS[kind],
    fields.map((f) => ({
      name: f.name,
      nullable: true,
      description: `${f.zh}。${f.en}`,
      type: () =>
        f.kind === "decimal" ? DecimalScalar : kind === "min" || kind === "max" ? valueType(f) : GraphQLFloat,
    })),
  );
}

function connectionOf(dataset: DatasetEntry): ClassType {
  return connectionType(dataset.type, () => classOf(dataset.name), {
    list: `${dataset.zh}列表（Relay）。A page of ${dataset.plural}.`,
    row: `${dataset.zh}。The row.`,
  });
}

function orderOf(dataset: DatasetEntry): ClassType {
  const sortable = dataset.fields.filter((f) => !f.encrypted && f.kind !== "enumList");
  const field = enumType(
    `${dataset.type}OrderField`,
    "排序字段。Field to order by.",
    Object.fromEntries(sortable.map((f) => [scream(f.name), `${f.zh}。${f.en}`])),
  );
  return inputType(`${dataset.type}Order`, "排序；同值按 id。An order; ties by id.", [
    { name: "field", type: () => field, nullable: false, description: "字段。the field" },
    { name: "direction", type: () => Direction, description: "方向，默认升序。ascending if left out" },
    { name: "nulls", type: () => Nulls, description: "空值位置，默认在后。last if left out" },
  ]);
}

function groupOrderOf(dataset: DatasetEntry, keys: ReturnType<typeof groupKeysOf>): ClassType {
  const figures = FIGURE_KINDS.flatMap((kind) =>
    measurable(dataset, kind).map((f) => [
      `${kind.toUpperCase()}_${scream(f.name)}`,
      `${f.zh} ${FIGURE_WORDS[kind]}`,
    ]),
  );
  const values = {
    COUNT: FIGURE_WORDS.count,
    ...Object.fromEntries([...keys.keys()].map((k) => [k, k])),
    ...Object.fromEntries(figures),
  };
  const field = enumType(
    `${dataset.type}GroupOrderField`,
    "分组的排序依据。What groups are ordered by.",
    values,
  );
  return inputType(
    `${dataset.type}GroupOrder`,
    "分组的排序；不公布的在最后。An order of groups; suppressed ones last.",
    [
      { name: "field", type: () => field, nullable: false, description: "依据。what to order by" },
      { name: "direction", type: () => Direction, description: "方向，默认升序。ascending if left out" },
    ],
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Declares on the class of a dataset what its rows tell of corrections. */
export function declareDisputed({ row }: Surface): void {
  Field(() => [GraphQLString], {
    nullable: true,
    description:
      "有未结校核的字段名，限本部门可见的字段（政务数据共享条例 第二十六条）；往时版本为空。Names of fields with an open correction, of those that you may see; null in former versions.",
  })(row.prototype, DISPUTED);
}

/** Declares the links of a dataset on its class: one row, or a connection and its figures. */
export function declareLinks(
  dataset: DatasetEntry,
  outputs: Outputs,
  many: (link: DatasetEntry["links"][number], target: Surface) => void,
): void {
  for (const link of dataset.links) {
    const target = outputs.of(link.target);
    if (link.many) many(link, target);
    else
      Field(() => target.row, {
        nullable: true,
        description: `${link.zh}${link.article ? `（${link.article}）` : ""}。${link.en}.`,
      })((outputs.of(dataset.name).row as ClassType).prototype, link.name);
  }
}
