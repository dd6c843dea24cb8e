/** What a change of the schema means to clients: BREAKING, dangerous or safe, one line a change. */
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

export interface SchemaChange {
  readonly kind: "BREAKING" | "dangerous" | "safe";
  readonly message: string;
}

const KINDS = {
  [CriticalityLevel.Breaking]: "BREAKING",
  [CriticalityLevel.Dangerous]: "dangerous",
  [CriticalityLevel.NonBreaking]: "safe",
} as const;
const ORDER = Object.values(KINDS);

/** The changes between two printed schemas, the worst first; a change of words is none. */
export async function schemaChanges(before: string, after: string): Promise<SchemaChange[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ type }) => !type.includes("DESCRIPTION"))
    .map(({ criticality, message }) => ({ kind: KINDS[criticality.level], message }))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
