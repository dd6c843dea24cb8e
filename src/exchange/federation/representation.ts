/** What names a row in a question of a gateway: a type, and its id or its whole business key. */
import { coerceInputValue, type GraphQLSchema } from "graphql";
import type { Catalogue, DatasetEntry, FieldEntry } from "../../declare";
import { HubError } from "../../errors";
import { parseId } from "../../read";

export interface Representation {
  readonly dataset: DatasetEntry;
  readonly by: readonly FieldEntry[];
  /** One for each field; null where a part of the name is missing, which names no row. */
  readonly values: readonly unknown[];
}

type Given = Readonly<Record<string, unknown>>;

/** Reads the key fields alone: whatever else a client puts there finds nothing and tells nothing. */
export function readRepresentation(
  catalogue: Catalogue,
  schema: GraphQLSchema,
  value: unknown,
): Representation {
  const given = objectOf(value);
  const dataset = catalogue.readable.find((d) => d.type === given.__typename);
  if (!dataset) throw malformed("__typename 不是数据集类型。__typename is no type of a dataset", {});
  const isById = given.id !== undefined && given.id !== null;
  const by = (isById ? ["id"] : dataset.key).map((name) => catalogue.field(dataset, name));
  const missing = by.filter(({ name }) => given[name] === undefined).map(({ name }) => name);
  if (missing.length > 0)
    throw malformed(
      `须有 id，或业务主键（${dataset.key.join("、")}）。It must hold id or the business key (${dataset.key.join(", ")})`,
      { dataset: dataset.name, missing },
    );
  return { dataset, by, values: by.map((field) => coercedTo(schema, dataset, field, given[field.name])) };
}

function objectOf(value: unknown): Given {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw malformed("每项须为对象。Each must be an object", {});
  return value as Given;
}

/** As the dataset's own query takes it. */
function coercedTo(schema: GraphQLSchema, dataset: DatasetEntry, field: FieldEntry, value: unknown): unknown {
  const args = schema.getQueryType()?.getFields()[dataset.name]?.args ?? [];
  const type = args.find(({ name }) => name === field.name)?.type;
  if (!type) throw new Error(`the query ${dataset.name} takes no ${field.name}`);
  const refuse = (): never => {
    throw malformed(`${field.name} 的值无法使用。The value of ${field.name} cannot be used`, {
      dataset: dataset.name,
      field: field.name,
    });
  };
  const coerced = coerceInputValue(value, type, refuse);
  if (field.kind !== "reference" || coerced === null) return coerced;
  const id = parseId(String(coerced));
  return id?.dataset === field.references ? id?.uuid : refuse();
}

function malformed(message: string, facts: Given): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "representations", ...facts });
}
