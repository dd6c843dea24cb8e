/** The line a request walks here: asked → planned → one statement per root field → the answer's text. */
import {
  type DocumentNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from "graphql";
import type { Pool } from "pg";
import type { Decide, Decisions } from "../access";
import { toWire, type WireText } from "../database/wire";
import type { Catalogue, Range } from "../declare";
import type { Cipher } from "../declare/cipher";
import { HubError } from "../errors";
import { type Answer, located, type Part, parsed, sum, told, typed } from "./answer";
import { joined, lackingOf, partsOf } from "./apply";
import { type Asked, askField, coerce, fieldsOf, type Question, rootNames } from "./asked";
import { type Account, bound, type CompiledRoot, compile, compileRoot, type Prepared } from "./compiled";
import type { NamedRows } from "./context";
import { isClosed, isHeld, type Needs, needsOf, type Patience } from "./needs";
import { grantsOf, isPersonal, mergeNotes, mergeTouched, notesOf, touchedOf } from "./notes";
import { type Door, doorsOf, planRoot, rowById, rowsNamed, severally } from "./plan";
import type { RootPlan } from "./plan-types";
import { type Fact, type Limits, Planning } from "./planning";
import { type OpenQuestion, Plans } from "./plans";
import { createSender, type Send } from "./sender";
import { settled } from "./slot";
import { type OnAway, Sources } from "./sources";
import { SEALED, TRAILER } from "./sql";

export interface ReaderParts {
  readonly catalogue: Catalogue;
  readonly pool: Pick<Pool, "connect" | "query">;
  readonly cipher: Cipher;
  readonly limits: Limits;
  readonly nameOf: (code: string) => string | undefined;
  /** Told of linked sources that do not answer. */
  readonly onAway?: OnAway;
}

interface RootPart extends Part {
  readonly root: CompiledRoot;
  readonly error?: HubError;
}

/** Rows by their uuids, with what is asked of each. */
export interface WantedRows {
  readonly dataset: string;
  readonly uuids: readonly string[];
  readonly asked: readonly Asked[];
  readonly retired: boolean;
  /** Where alone they are sought. */
  readonly within?: Range;
}

/** What a refused root field lacks is told by its error. */
function applyFor(planning: Planning, root: RootPlan, { args }: Asked): unknown[] {
  return root.is === "refused" ? [] : partsOf(lackingOf(planning, root), args.where);
}

/** Fields that a refused question is looked through for. */
const MOST_REFUSALS = 10;

/** Times a question is decided anew while rights keep changing under it. */
const ATTEMPTS = 5;

export class Reader {
  readonly sources: Sources;
  readonly #doors: Map<string, Door>;
  readonly #send: Send;
  readonly #plans: Plans;
  /** By document, for each of its operations. */
  readonly #own = new WeakMap<DocumentNode, Map<OperationDefinitionNode, boolean>>();

  constructor(
    readonly parts: ReaderParts,
    readonly schema: GraphQLSchema,
  ) {
    this.sources = new Sources(parts.pool, parts.onAway);
    this.#send = createSender(parts.pool, this.sources);
    this.#doors = doorsOf(parts.catalogue.readable);
    this.#plans = new Plans(schema);
  }

  /** Whether all root fields of a query lead to datasets, so that the reader's text is the whole answer. */
  answers({ document, operationName }: Question): boolean {
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== "query") return false;
    const known = this.#own.get(document) ?? new Map<OperationDefinitionNode, boolean>();
    this.#own.set(document, known);
    const own =
      known.get(operation) ??
      [...rootNames(document, operation)].every((name) => name === "__typename" || this.#doors.has(name));
    known.set(operation, own);
    return own;
  }

  /** Forgets plans: the names of divisions that they hold have changed. */
  forget(): void {
    this.#plans.clear();
  }

  /**
   * The text exit: the whole operation. A root field that fails is null with an error at its path, or takes the whole
   * answer with it where the schema says it cannot be null, as graphql-js has it.
   */
  async answer(question: Question, decisions: Decisions): Promise<Answer> {
    const { operation, values } = coerce(this.schema, question);
    return this.#current(decisions, async (now) => {
      const asked = this.#plans.open(question.document, operation, values, now.alike);
      const { account, roots } = this.#compiled(question.document, operation, asked, now);
      now.allow?.(account.touched);
      const parts = await Promise.all(roots.map((root) => this.#part(root)));
      const errors = parts.flatMap((part) =>
        part.error ? [located(part.error, operation, part.root.key)] : [],
      );
      const lost = parts.some((part) => part.error && !part.root.nullable);
      // Keys of an answer are names of GraphQL, hence ASCII.
      const members = parts.map((part) => `"${part.root.key}":${part.wire}`);
      const wire = (lost ? "null" : `{${members.join(",")}}`) as WireText;
      const apply = account.apply.map((part) => settled(part, asked.values) as string);
      return told({ ...sum(parts), wire }, account, errors, apply);
    });
  }

  /** The remembered plan with the question's values in it, or a new one. */
  #compiled(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    asked: OpenQuestion,
    now: Decisions,
  ): { account: Account; roots: readonly CompiledRoot[] } {
    try {
      const known = this.#plans.find(asked) ?? this.#newPlan(document, operation, asked, now);
      if (known) return { account: known, roots: bound(known, asked.values) };
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
    // A value that will not do is refused by a plan of its own, which tells what any other would.
    const fields = fieldsOf(this.schema, document, operation, { ...asked.values });
    const exact = compile(this.schema, this.prepare(fields, now), now.epoch);
    return { account: exact, roots: exact.roots };
  }

  /** Plans with open values and remembers it; undefined where a root field is refused. */
  #newPlan(document: DocumentNode, operation: OperationDefinitionNode, asked: OpenQuestion, now: Decisions) {
    if (asked.key === undefined) return undefined;
    const facts: Fact[] = [];
    const fields = fieldsOf(this.schema, document, operation, { ...asked.open });
    const prepared = this.prepare(fields, now, 0, facts);
    if (prepared.roots.some((root) => root.is === "refused")) return undefined;
    const compiled = compile(this.schema, prepared, now.epoch);
    this.#plans.keep(asked, facts, compiled);
    return compiled;
  }

  /** The objects exit: one root field of an operation that graphql-js executes; `spent` is what others have cost. */
  async value(
    info: GraphQLResolveInfo,
    decisions: Decisions,
    spent = 0,
  ): Promise<{ value: unknown; answer: Answer }> {
    const asked = askField(info);
    return this.#current(decisions, async (now) => {
      const { roots, ...account } = this.prepare([asked], now, spent);
      now.allow?.(account.touched);
      const root = compileRoot(this.schema, roots[0] as RootPlan, now.epoch);
      const part = await this.#part(root);
      if (part.error) throw part.error;
      return {
        value: typed(root, parsed(part)),
        answer: told(part, account),
      };
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
    return this.found({ dataset, uuids, asked: askField(info).of(), retired: true }, decisions, spent);
  }

  /** The same for a selection that stands anywhere; the rows that are not found are not open to the reader. */
  async found(
    { dataset, uuids, asked, retired, within }: WantedRows,
    decisions: Decisions,
    spent = 0,
  ): Promise<{ values: ReadonlyMap<string, unknown>; answer: Answer }> {
    return this.#current(decisions, async (now) => {
      const planning = this.#planning(now, spent);
      const from = this.parts.catalogue.dataset(dataset);
      const row = severally(planning, uuids.length, () =>
        rowById(planning, from, uuids, asked, { retired }, within),
      );
      const account = this.#accountOf(planning, now, spent);
      now.allow?.(account.touched);
      const linked = [...planning.linked];
      const root = compileRoot(this.schema, { is: "rows", key: dataset, row, linked }, now.epoch);
      const part = await this.#run(root);
      const values = new Map(Object.entries(parsed(part) as Record<string, unknown>));
      return { values, answer: told(part, account) };
    });
  }

  /** The objects exit for rows by what names them, one statement for all: at each place the row or nothing. */
  async named(
    info: GraphQLResolveInfo,
    { dataset, ...names }: NamedRows,
    decisions: Decisions,
    spent = 0,
  ): Promise<{ values: readonly unknown[]; answer: Answer }> {
    const asked = askField(info).of(dataset.type);
    return this.#current(decisions, async (now) => {
      const planning = this.#planning(now, spent);
      const row = rowsNamed(planning, dataset, names, asked);
      const account = this.#accountOf(planning, now, spent);
      now.allow?.(account.touched);
      const linked = [...planning.linked];
      const plan: RootPlan = { is: "named", key: info.fieldName, row, names, linked };
      const root = compileRoot(this.schema, plan, now.epoch);
      const part = await this.#run(root);
      const found = parsed(part) as Record<string, unknown>;
      const values = (names.values[0] ?? []).map((_, i) => typed(dataset, found[i + 1] ?? null));
      return { values, answer: told(part, account) };
    });
  }

  /** Plans a root list for the rows exit: a page's limit does not hold for the list itself, only for what lies below each row. */
  prepareStream(fields: readonly Asked[], decisions: Decisions): Prepared {
    const unpaged = fields.map((asked) => ({ ...asked, args: { ...asked.args, first: 1 } }));
    return this.prepare(unpaged, decisions);
  }

  /** Plans root fields, each for itself as in the objects exit; no SQL is sent. A refusal stands in its root's place. */
  prepare(fields: readonly Asked[], decisions: Decisions, spent = 0, facts?: Fact[]): Prepared {
    let cost = spent;
    const each = fields.map((asked) => {
      const planning = this.#planning(decisions, cost);
      const planned = { ...this.#planned(planning, asked), linked: [...planning.linked] };
      // A question with open values is planned anew where it is refused.
      const root = facts ? planned : this.#toldToApply(planned, asked, decisions);
      facts?.push(...planning.facts);
      const account = this.#accountOf(planning, decisions, cost, applyFor(planning, root, asked));
      cost = planning.cost;
      return { root, account };
    });
    const accounts = each.map((one) => one.account);
    return {
      roots: each.map((one) => one.root),
      cost: cost - spent,
      access: mergeNotes(accounts.map((a) => a.access)),
      apply: accounts.flatMap((a) => a.apply),
      touched: mergeTouched(accounts.map((a) => a.touched)),
      grants: [...new Set(accounts.flatMap((a) => a.grants))].sort(),
      personal: accounts.some((a) => a.personal),
    };
  }

  #planning({ decide }: Pick<Decisions, "decide">, spent: number): Planning {
    const { catalogue, cipher, limits, nameOf } = this.parts;
    return new Planning({ catalogue, limits, nameOf, hash: cipher.hash, decide }, spent);
  }

  #accountOf(
    planning: Planning,
    decisions: Decisions,
    spent: number,
    apply: readonly unknown[] = [],
  ): Account {
    return {
      cost: planning.cost - spent,
      access: notesOf(planning, decisions),
      apply,
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

  /** What a root field needs, as far as planning can tell: fields that it is refused for, too. */
  needs(asked: Asked, { decide }: Pick<Decisions, "decide">, patience: Patience): Needs | undefined {
    const plan = (supposed: Decide) => {
      const planning = this.#planning({ decide: supposed }, 0);
      return { planning, root: this.#planned(planning, asked) };
    };
    return needsOf(plan, decide, patience);
  }

  /** A field that is withheld is told with the id of all that the question lacks; without where no request would do. */
  #toldToApply(root: RootPlan, asked: Asked, decisions: Decisions): RootPlan {
    if (root.is !== "refused" || root.error.code !== "FIELD_WITHHELD") return root;
    const { code, message, extensions } = root.error;
    try {
      const found = this.needs(asked, decisions, { left: MOST_REFUSALS });
      const refused = found?.root.is === "refused" || !found;
      const needs = found?.needs.filter((need) => !isClosed(need) && !isHeld(decisions, need)) ?? [];
      const apply = refused ? undefined : joined(partsOf(needs, asked.args.where) as string[]);
      return apply ? { ...root, error: new HubError(code, message, { ...extensions, apply }) } : root;
    } catch (error) {
      if (error instanceof HubError) return root;
      throw error;
    }
  }

  /** Decrypts sealed values where the decision lets them out in full. */
  open(text: string, encode: (text: string) => string = (opened) => opened): string {
    if (!text.includes(SEALED.from)) return text;
    return text.replace(SEALED_VALUE, (_, dataset: string, field: string, sealed: string) => {
      const value = this.parts.cipher.open(dataset, field, Buffer.from(sealed, "base64"));
      return encode(JSON.stringify(value).slice(1, -1));
    });
  }

  #opened(wire: WireText): WireText {
    return this.open(wire, toWire) as WireText;
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
  async #part(root: CompiledRoot): Promise<RootPart> {
    try {
      return { root, ...(await this.#run(root)) };
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      return { root, wire: NULL, rows: 0, suppressed: 0, error };
    }
  }

  async #run({ statement, text: known = NULL, error }: CompiledRoot): Promise<Part> {
    if (error) throw error;
    if (!statement) return { wire: known as WireText, rows: 0, suppressed: 0 };
    const text = await this.#send(statement);
    if (text === undefined) throw new Stale();
    const end = text.lastIndexOf(TRAILER);
    const [rows = 0, suppressed = 0] = text
      .slice(end + 1)
      .split(",")
      .map(Number);
    return { wire: this.#opened(text.slice(0, end) as WireText), rows, suppressed };
  }
}

const SEALED_VALUE = new RegExp(`${SEALED.from}(\\w+)\\.(\\w+):([A-Za-z0-9+/=]*)${SEALED.to}`, "g");

const NULL = "null" as WireText;

/** The epoch has moved since the decision. */
class Stale extends Error {}
