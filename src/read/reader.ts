/** The line a request walks here: asked → planned → one statement per root field → the answer's text. */
import {
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isNonNullType,
  type OperationDefinitionNode,
} from "graphql";
import type { Pool } from "pg";
import type { Decisions } from "../access";
import type { Catalogue } from "../declare";
import type { Cipher } from "../declare/cipher";
import { HubError } from "../errors";
import { type Asked, ask, askField, type Question } from "./asked";
import { TYPE } from "./context";
import {
  type AccessNote,
  grantsOf,
  isPersonal,
  mergeNotes,
  mergeTouched,
  notesOf,
  type TouchedDataset,
  touchedOf,
} from "./notes";
import { type Door, doorsOf, planRoot, rowById } from "./plan";
import type { RootPlan } from "./plan-types";
import { type Limits, Planning } from "./planning";
import { createSender, type Send } from "./sender";
import { rootStatement, SEALED, TRAILER } from "./sql";

export interface ReaderParts {
  readonly catalogue: Catalogue;
  readonly pool: Pick<Pool, "query">;
  readonly cipher: Cipher;
  readonly limits: Limits;
  readonly nameOf: (code: string) => string | undefined;
}

/** An operation planned under the decisions of one epoch. */
export interface Prepared {
  readonly roots: readonly RootPlan[];
  readonly cost: number;
  readonly access: readonly AccessNote[];
  readonly touched: readonly TouchedDataset[];
  readonly grants: readonly string[];
  readonly personal: boolean;
}

export interface Answer {
  /** JSON text of `data`. */
  readonly text: string;
  readonly rows: number;
  readonly suppressed: number;
  readonly prepared: Prepared;
  readonly errors: readonly GraphQLError[];
}

/** JSON text of one root field with what its record counts. */
interface Part {
  readonly text: string;
  readonly rows: number;
  readonly suppressed: number;
}

interface RootPart extends Part {
  readonly root: RootPlan;
  readonly error?: HubError;
}

/** Times a question is decided anew while rights keep changing under it. */
const ATTEMPTS = 5;

export class Reader {
  readonly #doors: Map<string, Door>;
  readonly #send: Send;

  constructor(
    readonly parts: ReaderParts,
    readonly schema: GraphQLSchema,
  ) {
    this.#send = createSender(parts.pool);
    this.#doors = doorsOf(parts.catalogue.readable);
  }

  /** Whether all root fields of a query lead to datasets, so that the reader's text is the whole answer. */
  answers(question: Question): boolean {
    const { operation, fields } = ask(this.schema, question);
    return (
      operation.operation === "query" &&
      fields.every((f) => f.name === "__typename" || this.#doors.has(f.name))
    );
  }

  /**
   * The text exit: the whole operation. A root field that fails is null with an error at its path, or takes the whole
   * answer with it where the schema says it cannot be null, as graphql-js has it.
   */
  async answer(question: Question, decisions: Decisions): Promise<Answer> {
    const { operation, fields } = ask(this.schema, question);
    return this.#current(decisions, async (now) => {
      const prepared = this.prepare(fields, now);
      const parts = await Promise.all(prepared.roots.map((root) => this.#part(root, now)));
      const errors = parts.flatMap((part) =>
        part.error ? [located(part.error, operation, part.root.key)] : [],
      );
      const lost = parts.some((part) => part.error && !this.#nullable(part.root));
      const members = parts.map((part) => `${JSON.stringify(part.root.key)}:${part.text}`);
      return { ...sum(parts), text: lost ? "null" : `{${members.join(",")}}`, prepared, errors };
    });
  }

  /** The objects exit: one root field of an operation that graphql-js executes; `spent` is what others have cost. */
  async value(
    info: GraphQLResolveInfo,
    decisions: Decisions,
    spent = 0,
  ): Promise<{ value: unknown; answer: Answer }> {
    const asked = askField(info);
    return this.#current(decisions, async (now) => {
      const prepared = this.prepare([asked], now, spent);
      const root = prepared.roots[0] as RootPlan;
      const part = await this.#part(root, now);
      if (part.error) throw part.error;
      return { value: typed(root, JSON.parse(part.text)), answer: { ...part, prepared, errors: [] } };
    });
  }

  /** The objects exit for rows by their uuids, retired ones too: what a change gives back, one statement for all. */
  async rows(
    info: GraphQLResolveInfo,
    dataset: string,
    uuids: readonly string[],
    decisions: Decisions,
    spent = 0,
  ): Promise<{ values: ReadonlyMap<string, unknown>; answer: Answer }> {
    const asked = askField(info).of();
    return this.#current(decisions, async (now) => {
      const planning = this.#planning(now, spent);
      const row = rowById(planning, this.parts.catalogue.dataset(dataset), uuids, asked, { retired: true });
      planning.charge(uuids.length - 1);
      const root: RootPlan = { is: "rows", key: info.fieldName, row };
      const part = await this.#run(root, now);
      const values = new Map(Object.entries(JSON.parse(part.text) as Record<string, unknown>));
      return {
        values,
        answer: { ...part, prepared: this.#prepared(planning, [root], now, spent), errors: [] },
      };
    });
  }

  /** Plans a root list for the rows exit: a page's limit does not hold for the list itself, only for what lies below each row. */
  prepareStream(fields: readonly Asked[], decisions: Decisions): Prepared {
    const unpaged = fields.map((asked) => ({ ...asked, args: { ...asked.args, first: 1 } }));
    return this.prepare(unpaged, decisions);
  }

  /** Plans root fields, each for itself as in the objects exit; no SQL is sent. A refusal stands in its root's place. */
  prepare(fields: readonly Asked[], decisions: Decisions, spent = 0): Prepared {
    let cost = spent;
    const each = fields.map((asked) => {
      const planning = this.#planning(decisions, cost);
      const root = this.#planned(planning, asked);
      const prepared = this.#prepared(planning, [root], decisions, cost);
      cost = planning.cost;
      return prepared;
    });
    return {
      roots: each.flatMap((p) => p.roots),
      cost: cost - spent,
      access: mergeNotes(each.map((p) => p.access)),
      touched: mergeTouched(each.map((p) => p.touched)),
      grants: [...new Set(each.flatMap((p) => p.grants))].sort(),
      personal: each.some((p) => p.personal),
    };
  }

  #planning({ decide }: Decisions, spent: number): Planning {
    const { catalogue, cipher, limits, nameOf } = this.parts;
    return new Planning({ catalogue, limits, nameOf, hash: cipher.hash, decide }, spent);
  }

  #prepared(planning: Planning, roots: readonly RootPlan[], decisions: Decisions, spent: number): Prepared {
    return {
      roots,
      cost: planning.cost - spent,
      access: notesOf(planning, decisions),
      touched: touchedOf(planning),
      grants: grantsOf(planning),
      personal: isPersonal(planning),
    };
  }

  #planned(planning: Planning, asked: Asked): RootPlan {
    const door = this.#doors.get(asked.name);
    if (!door) return { is: "typename", key: asked.key, name: "Query" };
    try {
      return planRoot(planning, door, asked);
    } catch (error) {
      if (error instanceof HubError) return { is: "refused", key: asked.key, name: asked.name, error };
      throw error;
    }
  }

  /** Decrypts sealed values where the decision lets them out in full. */
  open(text: string): string {
    if (!text.includes(SEALED.from)) return text;
    return text.replace(SEALED_VALUE, (_, dataset: string, field: string, sealed: string) =>
      JSON.stringify(this.parts.cipher.open(dataset, field, Buffer.from(sealed, "base64"))).slice(1, -1),
    );
  }

  #nullable(root: RootPlan): boolean {
    return (
      root.is === "one" ||
      root.is === "nothing" ||
      (root.is === "refused" && !isNonNullType(this.schema.getQueryType()?.getFields()[root.name]?.type))
    );
  }

  /** Answers under decisions that are current when the statement runs (semantics 7). */
  async #current<T>(decisions: Decisions, attempt: (now: Decisions) => Promise<T>): Promise<T> {
    let now = decisions;
    for (let i = 0; i < ATTEMPTS; i++) {
      try {
        return await attempt(now);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        now = await now.refresh();
      }
    }
    throw new HubError("UNAVAILABLE", "权限正在变更。Rights keep changing; ask again");
  }

  /** What PostgreSQL brought for a root field, or why it brought nothing. */
  async #part(root: RootPlan, now: Decisions): Promise<RootPart> {
    try {
      return { root, ...(await this.#run(root, now)) };
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      return { root, text: "null", rows: 0, suppressed: 0, error };
    }
  }

  async #run(root: RootPlan, { epoch }: Decisions): Promise<Part> {
    if (root.is === "typename") return { text: JSON.stringify(root.name), rows: 0, suppressed: 0 };
    if (root.is === "refused") throw root.error;
    if (root.is === "nothing") return { text: "null", rows: 0, suppressed: 0 };
    const text = await this.#send(rootStatement(root, epoch));
    if (text === undefined) throw new Stale();
    const end = text.lastIndexOf(TRAILER);
    const [rows = 0, suppressed = 0] = text
      .slice(end + 1)
      .split(",")
      .map(Number);
    return { text: this.open(text.slice(0, end)), rows, suppressed };
  }
}

/** The error as graphql-js would place it. */
function located(error: HubError, operation: OperationDefinitionNode, key: string): GraphQLError {
  const nodes = operation.selectionSet.selections.filter(
    (s) => s.kind === "Field" && (s.alias ?? s.name).value === key,
  );
  return new GraphQLError(error.message, {
    nodes,
    path: [key],
    extensions: error.extensions,
    originalError: error,
  });
}

/** A row tells graphql-js its type where it stands behind an interface. */
function typed(root: RootPlan, value: unknown): unknown {
  if (root.is !== "one" || value === null) return value;
  return Object.defineProperty(value, TYPE, { value: root.row.source.dataset.type });
}

const SEALED_VALUE = new RegExp(`${SEALED.from}(\\w+)\\.(\\w+):([A-Za-z0-9+/=]*)${SEALED.to}`, "g");

/** The epoch has moved since the decision. */
class Stale extends Error {}

function sum(parts: readonly Part[]): { rows: number; suppressed: number } {
  return {
    rows: parts.reduce((n, p) => n + p.rows, 0),
    suppressed: parts.reduce((n, p) => n + p.suppressed, 0),
  };
}
