// A small GraphQL service of a bureau's own: what it inspected where, and who of the volunteers came along.
import { buildSchema, type GraphQLSchema } from "graphql";
import type { ServedContext } from "./serving";

export interface Inspection {
  readonly no: string;
  readonly result: string;
  readonly facility: { readonly code: string };
  readonly helper: { readonly volunteerNo: string };
}

const TYPES = `
  type Inspection { no: String! result: String! facility: Facility helper: Volunteer }
  type Facility KEY_OF_FACILITY { code: String inspections: [Inspection!]! }
  type Volunteer KEY_OF_VOLUNTEER { volunteerNo: String inspected: Int! }`;

/** For composition: the hub's facility by its code, its volunteer by the volunteer's number. */
export const BUREAU_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
  type Query { inspections: [Inspection!]! }
  ${TYPES.replace("KEY_OF_FACILITY", '@key(fields: "code")').replace("KEY_OF_VOLUNTEER", '@key(fields: "volunteerNo")')}`;

/** `asked` is told who came, and with what. */
export function bureauSchema(
  inspections: readonly Inspection[],
  asked: (headers: Record<string, string>) => void,
): GraphQLSchema {
  const schema = buildSchema(`
    scalar _Any
    union _Entity = Facility | Volunteer
    type Query { inspections: [Inspection!]! _entities(representations: [_Any!]!): [_Entity]! }
    ${TYPES.replace(/KEY_OF_\w+/g, "")}`);
  const query = schema.getQueryType()!.getFields();
  query.inspections!.resolve = (_source, _args, { headers }: ServedContext) => {
    asked(headers);
    return inspections;
  };
  query._entities!.resolve = (_source, { representations }, { headers }: ServedContext) => {
    asked(headers);
    return representations;
  };
  const fields = (type: string) => (schema.getType(type) as unknown as { getFields(): FieldMap }).getFields();
  fields("Facility").inspections!.resolve = ({ code }) => inspections.filter((i) => i.facility.code === code);
  fields("Volunteer").inspected!.resolve = ({ volunteerNo }) =>
    inspections.filter((i) => i.helper.volunteerNo === volunteerNo).length;
  return schema;
}

type FieldMap = Record<string, { resolve?: (source: { code?: string; volunteerNo?: string }) => unknown }>;
