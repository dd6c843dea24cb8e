/** The line a request walks here: asked → planned → one statement per root field → the answer's text. */
import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import type { Pool, QueryArrayResult } from "pg";
import type { Decisions } from "../access";
import type { Catalogue } from "../declare";
import type { Cipher } from "../declare/cipher";
import { HubError } from "../errors";
import { type Asked, ask, askField, type Question } from "./asked";
import { TYPE } from "./context";
import { type AccessNote, grantsOf, isPersonal, notesOf, type TouchedDataset, touchedOf } from "./notes";
import { type Door, doorsOf, planRoot } from "./plan";
import type { RootPlan } from "./plan-types";
import { type Limits, Planning } from "./planning";
import { rootStatement, SEALED, type Statement, TRAILER } from "./sql";

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
}

/** JSON text of one root field with what its record counts. */
interface Part {
  readonly text: string;
  readonly rows: number;
  readonly suppressed: number;
}

/** Times a question is decided anew while rights keep changing under it. */
const ATTEMPTS = 5;

export class Reader {
  readonly #doors: Map<string, Door>;

  constructor(
    readonly parts: ReaderParts,
    readonly schema: GraphQLSchema,
  ) {
    this.#doors = doorsOf(parts.catalogue.datasets);
  }

  /** Whether all root fields of a query lead to datasets, so that the reader's text is the whole answer. */
  answers(question: Question): boolean {
    const { operation, fields } = ask(this.schema, question);
    return (
      operation.operation === "query" &&
      fields.every((f) => f.name === "__typename" || this.#doors.has(f.name))
    );
  }

  /** The text exit: the whole operation. */
  async answer(question: Question, decisions: Decisions): Promise<Answer> {
    const { fields } = ask(this.schema, question);
    return this.#current(decisions, async (now) => {
      const prepared = this.prepare(fields, now);
      const parts = await Promise.all(prepared.roots.map((root) => this.#run(root, now)));
      const members = prepared.roots.map((root, i) => `${JSON.stringify(root.key)}:${parts[i]?.text}`);
      return { ...sum(parts), text: `{${members.join(",")}}`, prepared };
    });
  }

  /** The objects exit: one root field of an operation that graphql-js executes. */
  async value(info: GraphQLResolveInfo, decisions: Decisions): Promise<{ value: unknown; answer: Answer }> {
    const asked = askField(info);
    return this.#current(decisions, async (now) => {
      const prepared = this.prepare([asked], now);
      const root = prepared.roots[0] as RootPlan;
      const part = await this.#run(root, now);
      return { value: typed(root, JSON.parse(part.text)), answer: { ...part, prepared } };
    });
  }

  /** Plans root fields; no SQL is sent. */
  prepare(fields: readonly Asked[], decisions: Decisions): Prepared {
    const { catalogue, cipher, limits, nameOf } = this.parts;
    const planning = new Planning({ catalogue, limits, nameOf, hash: cipher.hash, decide: decisions.decide });
    const roots = fields.map((asked): RootPlan => {
      const door = this.#doors.get(asked.name);
      if (!door) return { is: "typename", key: asked.key, name: "Query" };
      return planRoot(planning, door, asked);
    });
    return {
      roots,
      cost: planning.cost,
      access: notesOf(planning, decisions),
      touched: touchedOf(planning),
      grants: grantsOf(planning),
      personal: isPersonal(planning),
    };
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

  async #run(root: RootPlan, { epoch }: Decisions): Promise<Part> {
    if (root.is === "typename") return { text: JSON.stringify(root.name), rows: 0, suppressed: 0 };
    if (root.is === "nothing") return { text: "null", rows: 0, suppressed: 0 };
    const text = await this.#send(rootStatement(root, epoch));
    const end = text.lastIndexOf(TRAILER);
    const [rows = 0, suppressed = 0] = text
      .slice(end + 1)
      .split(",")
      .map(Number);
    return { text: this.#open(text.slice(0, end)), rows, suppressed };
  }

  async #send(statement: Statement): Promise<string> {
    const query = { ...statement, values: [...statement.values], rowMode: "array" as const };
    const result: QueryArrayResult<(string | null)[]> = await this.parts.pool.query(query).catch(fault);
    const text = result.rows[0]?.[0];
    if (text === null || text === undefined) throw new Stale();
    return text;
  }

  /** Decrypts sealed values where the decision lets them out in full. */
  #open(text: string): string {
    if (!text.includes(SEALED.from)) return text;
    return text.replace(SEALED_VALUE, (_, dataset: string, field: string, sealed: string) =>
      JSON.stringify(this.parts.cipher.open(dataset, field, Buffer.from(sealed, "base64"))).slice(1, -1),
    );
  }
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

/** What PostgreSQL says never reaches a client; only what a client can act on does. */
function fault(error: unknown): never {
  const code = (error as { code?: string }).code;
  if (code === "57014") throw new HubError("TIMEOUT", "查询超时。The statement took too long");
  if (code === "22003" || code === "22008")
    throw new HubError("BAD_USER_INPUT", "数值或日期超出范围。A number or date is out of range");
  throw error;
}
