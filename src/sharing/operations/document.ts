/** A registered document and its names: the SHA-256 of its normalised text, and of the text as its app has it. */
import { createHash } from "node:crypto";
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print } from "graphql";
import { HubError } from "../../errors";

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const ID = /^(?:sha256:)?([0-9a-f]{64})$/;

/** The hash that a document id names, with or without its algorithm. */
export function hashOfId(id: unknown): string {
  const [, hash] = typeof id === "string" ? (ID.exec(id) ?? []) : [];
  if (hash) return hash;
  throw new HubError(
    "BAD_USER_INPUT",
    "documentId 的形式为 sha256:<64 位小写十六进制>。A documentId is sha256: and 64 digits of lower-case hex",
    { argument: "documentId" },
  );
}

/** Blanks, commas and comments do not matter; the order of what is asked does. */
export function normalised(text: string, maxTokens = 10_000): string {
  return print(parse(text, { noLocation: true, maxTokens }));
}

/** The one operation of a document that is to be registered. */
export function onlyOperation({ definitions }: DocumentNode): OperationDefinitionNode {
  const operations = definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 1) return operations[0] as OperationDefinitionNode;
  throw new HubError(
    "BAD_USER_INPUT",
    "一份文档只登记一个操作。A document that is registered holds one operation",
    { argument: "document" },
  );
}
