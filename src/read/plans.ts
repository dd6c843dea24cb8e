/** Remembers compiled plans by question, decisions and whatever of the open values they depend on. */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { typeFromAST } from "graphql";
import { LRUCache } from "lru-cache";
import type { Compiled } from "./compiled";
import type { Fact } from "./planning";
import { opened, type Values } from "./slot";

/** Characters of statements and keys kept; what was not used longest goes first. */
const MOST = 32 * 1024 * 1024;

/** A fact to be told next, or the plan for those of which all facts were as told. */
type Entry = Fact | Compiled;

/** A question whose variables stand open. */
export interface OpenQuestion {
  readonly values: Values;
  /** Slots in place of the values. */
  readonly open: Values;
  /** Names question and asker; undefined where the asker's decisions are not to be remembered. */
  readonly key?: string;
}

export class Plans {
  readonly #entries = new LRUCache<string, Entry>({ maxSize: MOST, sizeCalculation: sizeOf });
  readonly #documents = new WeakMap<DocumentNode, number>();
  #count = 0;

  constructor(readonly schema: GraphQLSchema) {}

  open(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: Values,
    alike: string | undefined,
  ): OpenQuestion {
    const open: Record<string, unknown> = {};
    const shapes: string[] = [];
    for (const definition of operation.variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      // Validation has made sure of it.
      const type = typeFromAST(this.schema, definition.type as Parameters<typeof typeFromAST>[1]);
      // Not `in`: a variable may be called as what every object inherits.
      if (!type || !Object.hasOwn(values, name)) continue;
      const one = opened(type as Parameters<typeof opened>[0], values[name], (v) => v[name]);
      open[name] = one.value;
      shapes.push(`${name}:${one.shape}`);
    }
    const asked = `${this.#numberOf(document)} ${operation.name?.value ?? ""}`;
    return { values, open, key: alike === undefined ? undefined : `${alike} ${asked} ${shapes.join()}` };
  }

  find({ key, values }: OpenQuestion): Compiled | undefined {
    if (key === undefined) return undefined;
    let at = key;
    for (;;) {
      const entry = this.#entries.get(at);
      if (!entry || !("of" in entry)) return entry;
      at = `${at}|${entry.of(values)}`;
    }
  }

  /** Planning is deterministic: after the same facts it asks the same next one, so each has one place in the tree. */
  keep({ key }: OpenQuestion, facts: readonly Fact[], compiled: Compiled): void {
    if (key === undefined) return;
    let at = key;
    for (const fact of facts) {
      this.#entries.set(at, fact);
      at = `${at}|${fact.told}`;
    }
    this.#entries.set(at, compiled);
  }

  /** After something moved that plans hold and no decision tells, as the names of divisions. */
  clear(): void {
    this.#entries.clear();
  }

  #numberOf(document: DocumentNode): number {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    this.#documents.set(document, ++this.#count);
    return this.#count;
  }
}

/** In characters. */
function sizeOf(entry: Entry, key: string): number {
  return key.length + ("of" in entry ? 200 : entry.size);
}
