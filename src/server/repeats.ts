// Limits how often one document asks what no plan bounds: doors that are no rows of a dataset, and the schema itself.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Catalogue } from "../declare";
import { HubError } from "../errors";

/** Times that one operation asks the same door, under other aliases; of the dearest fewer. */
const MOST = 10;
const DEAREST = new Map([
  ["__schema", 1],
  ["_service", 1],
  ["accessMatrix", 3],
  ["explainAccess", 3],
]);
const mostOf = (name: string) => DEAREST.get(name) ?? MOST;

/** What below these fields lists fields again multiplies the schema by itself. */
const TYPES = new Set(["type", "ofType", "interfaces", "possibleTypes"]);
const LISTS = new Set(["fields", "inputFields", "args", "enumValues", "interfaces", "possibleTypes"]);

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Throws TOO_COSTLY. Fields of rows are bounded by what they cost, and by the number of aliases. */
export function createRepeats({ readable }: Pick<Catalogue, "readable">): (document: DocumentNode) => void {
  const bounded = new Set([
    ...["__typename", "node"],
    ...readable.flatMap(({ name, plural }) => [name, plural, `${plural}Aggregate`, `${name}History`]),
    ...readable.flatMap(({ type }) => ["create", "update", "retire"].map((verb) => verb + type)),
  ]);
  return ({ definitions }) => {
    const fragments: Fragments = new Map(
      definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d]] : [])),
    );
    for (const operation of definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        for (const [name, keys] of askedBy(operation, fragments, new Set()))
          if (!bounded.has(name) && keys.size > mostOf(name)) throw over(name, mostOf(name));
  };
}

/** Names of the root fields with the keys under which each is asked; the schema is looked into on the way. */
function askedBy(
  { selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
  walked: Set<string>,
): Map<string, Set<string>> {
  const asked = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) {
        const name = one.name.value;
        asked.set(name, (asked.get(name) ?? new Set()).add((one.alias ?? one.name).value));
        if (/^__(schema|type)$/.test(name) && one.selectionSet)
          inspectSchema(one.selectionSet, fragments, walked, false);
      } else if (one.kind === Kind.INLINE_FRAGMENT) walk(one.selectionSet);
      else if (!seen.has(one.name.value)) {
        seen.add(one.name.value);
        const fragment = fragments.get(one.name.value);
        if (fragment) walk(fragment.selectionSet);
      }
    }
  };
  walk(selectionSet);
  return asked;
}

/** As tools read a schema: each list once, the types of its members by name. */
function inspectSchema(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  walked: Set<string>,
  below: boolean,
): void {
  for (const one of selections) {
    if (one.kind === Kind.FRAGMENT_SPREAD) {
      const key = `${below} ${one.name.value}`;
      const fragment = walked.has(key) ? undefined : fragments.get(one.name.value);
      walked.add(key);
      if (fragment) inspectSchema(fragment.selectionSet, fragments, walked, below);
      continue;
    }
    const name = one.kind === Kind.FIELD ? one.name.value : "";
    if (one.kind === Kind.FIELD && (one.alias || (below && LISTS.has(name))))
      throw over(`__schema.${name}`, 1);
    if (one.selectionSet) inspectSchema(one.selectionSet, fragments, walked, below || TYPES.has(name));
  }
}

function over(field: string, most: number): HubError {
  return new HubError(
    "TOO_COSTLY",
    `一次请求至多问 ${most} 次 ${field}。${field} is asked at most ${most} times in one operation`,
    { limit: "repeats", field, most },
  );
}
