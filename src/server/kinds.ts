// Tells the kind of an access by the fields that an operation asks first.
import type {
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";
import type { AccessKind } from "../audit";
import type { Catalogue } from "../declare";

export type KindOf = (document: DocumentNode, operation: OperationDefinitionNode) => AccessKind;

/** Of several kinds in one operation the first here. */
const ORDER: readonly AccessKind[] = ["IMPORT", "ACT", "WRITE", "REPORT", "QUESTION"];

/** Known operations are told at once. */
export function createKinds(catalogue: Catalogue): KindOf {
  const kinds = kindsOfFields(catalogue);
  const known = new WeakMap<OperationDefinitionNode, AccessKind>();
  return (document, operation) => {
    const told = known.get(operation);
    if (told) return told;
    const kind = look(document, operation, kinds);
    known.set(operation, kind);
    return kind;
  };
}

function look(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  kinds: ReadonlyMap<string, AccessKind>,
): AccessKind {
  // Whatever changes something and is no row is an act of sharing: requests, grants, corrections.
  const otherwise = operation.operation === "mutation" ? "ACT" : "QUESTION";
  const found = new Set(
    [...rootFields(document, operation.selectionSet)].map((name) => kinds.get(name) ?? otherwise),
  );
  return ORDER.find((kind) => found.has(kind)) ?? otherwise;
}

function kindsOfFields({ datasets, reports }: Catalogue): Map<string, AccessKind> {
  const kinds = new Map<string, AccessKind>([
    ["report", "REPORT"],
    ["stopImport", "IMPORT"],
  ]);
  for (const { name, plural } of reports)
    for (const field of [name, plural, `${plural}Aggregate`]) kinds.set(field, "REPORT");
  for (const { type, plural } of datasets) {
    for (const verb of ["create", "update", "retire"]) kinds.set(`${verb}${type}`, "WRITE");
    kinds.set(`import${plural.charAt(0).toUpperCase()}${plural.slice(1)}`, "IMPORT");
  }
  return kinds;
}

/** Through fragments, each once: a document may name one in a circle until it is validated. */
function* rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  seen = new Set<string>(),
): Generator<string> {
  for (const selection of selections) {
    if (selection.kind === "Field") yield selection.name.value;
    else if (selection.kind === "InlineFragment") yield* rootFields(document, selection.selectionSet, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = document.definitions.find(
        (d): d is FragmentDefinitionNode =>
          d.kind === "FragmentDefinition" && d.name.value === selection.name.value,
      );
      if (fragment) yield* rootFields(document, fragment.selectionSet, seen);
    }
  }
}
