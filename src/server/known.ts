// Documents that Apollo has parsed and validated before, by their text: what is known is not looked at again.
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Question } from "../read";

/** Characters of documents kept; what was not asked longest goes first. A parsed one takes some fifty times its text. */
const MOST = 1024 * 1024;

interface Asked {
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export interface Known {
  /** The question put in the document as it was first met, so that whatever is remembered of it is found again. */
  learn(source: string, document: DocumentNode, asked: Asked): Question;
  find(source: string): DocumentNode | undefined;
}

export function createKnown(): Known {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST,
    sizeCalculation: (_document, source) => source.length + 1,
  });
  return {
    learn(source, document, { operationName, variables }) {
      const first = documents.get(source) ?? document;
      documents.set(source, first);
      return { document: first, operationName, variables: variables ?? undefined };
    },
    find: (source) => documents.get(source),
  };
}
