/** How generated types come to be: classes made at start, decorated by plain calls. */
import { type ClassType, Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar, DecimalScalar, type FieldEntry } from "../../declare";
import { enumObject } from "../../declare/words";

/** What type-graphql takes as a type: a class, a scalar, an enum object, or a list of one. */
// biome-ignore lint/suspicious/noExplicitAny: the library's own word for it
export type GraphType = any;

export interface Member {
  readonly name: string;
  readonly type: () => GraphType;
  readonly description?: string;
  readonly nullable?: boolean;
}

function named(name: string): ClassType {
  return { [name]: class {} }[name] as ClassType;
}

/** An output type of these members. */
export function objectType(name: string, description: string, members: readonly Member[]): ClassType {
  const type = named(name);
  ObjectType(name, { description, simpleResolvers: true })(type);
  for (const m of members)
    Field(m.type, { nullable: m.nullable, description: m.description })(type.prototype, m.name);
  return type;
}

/** An input type of these members, all of them optional unless said otherwise. */
export function inputType(name: string, description: string, members: readonly Member[]): ClassType {
  const type = named(name);
  InputType(name, { description })(type);
  for (const m of members)
    Field(m.type, { nullable: m.nullable ?? true, description: m.description })(type.prototype, m.name);
  return type;
}

/** An enum of these values with their words. */
export function enumType(
  name: string,
  description: string,
  values: Readonly<Record<string, string>>,
): object {
  const object = Object.fromEntries(Object.keys(values).map((v) => [v, v]));
  registerEnumType(object, {
    name,
    description,
    valuesConfig: Object.fromEntries(Object.entries(values).map(([v, words]) => [v, { description: words }])),
  });
  return object;
}

/** Made once per key, however many datasets ask for it. */
export function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

/** The scalar or enum of one value of a field, without its list. */
export function scalarOf(
  field: FieldEntry,
  graphql: { string: GraphType; int: GraphType; float: GraphType; boolean: GraphType; id: GraphType },
): GraphType {
  switch (field.kind) {
    case "text":
    case "code":
      return graphql.string;
    case "int":
      return graphql.int;
    case "float":
      return graphql.float;
    case "boolean":
      return graphql.boolean;
    case "reference":
      return graphql.id;
    case "decimal":
      return DecimalScalar;
    case "date":
      return DateScalar;
    case "datetime":
      return DateTimeScalar;
    case "enum":
    case "enumList":
      return enumObject(field.enum?.name ?? "");
  }
}
