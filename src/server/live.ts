// Subscriptions, whichever transport they come by: checked as any operation is, bounded in number, followed event by event.
import {
  type DocumentNode,
  type ExecutionArgs,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import type { Recorder } from "../audit";
import { HubError } from "../errors";
import { type ChangeRow, type Feed, type Following, follow, type Live, type Watch } from "../exchange";
import type { Identify, Identity, RequestHeaders } from "../identity";
import { type HubContext, Tally } from "./context";
import type { KindOf } from "./kinds";
import { DOCUMENT_LIMITS } from "./limits";
import { end } from "./recording";
import { formatError } from "./refusal";
import type { OnFault } from "./text-exit";
import type { Visit } from "./visit";

export interface LiveParts {
  readonly schema: GraphQLSchema;
  readonly identify: Identify;
  readonly contextOf: (visit: Visit) => Promise<HubContext>;
  /** Throws for a document, or variables, over the limits. */
  readonly inspect: (document: string, variables: unknown) => void;
  readonly recorder: Recorder;
  readonly kindOf: KindOf;
  readonly onFault: OnFault;
  readonly changes: Feed;
  readonly watch: Watch;
}

export interface Subscribing {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export interface Subscriptions {
  /** What graphql-js subscribes with; throws where the operation is refused before anything runs. It ends with `line`. */
  argsOf(
    asked: Subscribing,
    visit: Visit,
    headers: RequestHeaders,
    line?: AbortSignal,
  ): Promise<ExecutionArgs>;
  /** An error as any other door tells it. */
  told(error: unknown, requestId: string): FormattedExecutionResult;
  /** From now on every subscription ends, and says so. */
  leave(): void;
}

/** Open subscriptions of one hub, and of one asker in it. */
const MOST = 1_000;
const MOST_OF_ONE = 20;

export function createSubscriptions(parts: LiveParts): Subscriptions {
  const { schema, identify, contextOf, recorder, kindOf, onFault, changes, watch } = parts;
  const leaving = new AbortController();
  const places = createPlaces();

  /** A generator that waits is not ended by being told so: it hears it between two looks. */
  function counted(
    live: Omit<Live, "gone">,
    asker: Identity,
    following: Following,
    line: AbortSignal | undefined,
  ): AsyncIterableIterator<readonly ChangeRow[]> {
    const leave = places.take(asker);
    const gone = new AbortController();
    const changed = follow(changes, watch, { ...live, gone: gone.signal }, following);
    const over = () => {
      line?.removeEventListener("abort", over);
      gone.abort();
      leave();
    };
    line?.addEventListener("abort", over);
    if (line?.aborted) over();
    const own: AsyncIterableIterator<readonly ChangeRow[]> = {
      async next() {
        try {
          const result = await changed.next();
          if (result.done) over();
          return result;
        } catch (error) {
          over();
          throw error;
        }
      },
      async return() {
        over();
        void changed.return(undefined).catch(() => undefined);
        return { done: true, value: undefined };
      },
      async throw(error: unknown) {
        over();
        throw error;
      },
      [Symbol.asyncIterator]: () => own,
    };
    return own;
  }

  return {
    async argsOf(asked, visit, headers, line) {
      parts.inspect(asked.query, asked.variables);
      const document = parse(asked.query, { maxTokens: DOCUMENT_LIMITS.tokens });
      const operation = getOperationAST(document, asked.operationName);
      if (operation?.operation !== "subscription") throw noSubscription();
      const [wrong] = validate(schema, document);
      if (wrong) throw wrong;
      const context = await contextOf(visit);
      const live: Omit<Live, "gone"> = {
        leaving: leaving.signal,
        async now() {
          const { purpose } = context.identity;
          const asker = { ...(await identify(headers)), purpose };
          const { decisions } = await contextOf({ ...visit, identity: asker });
          return { asker, decisions };
        },
        record: async (answers) => {
          const tally = new Tally();
          for (const answer of answers) tally.add(answer);
          const ended = await end(recorder, {
            contextValue: {
              ...context,
              tally,
              visit: { ...visit, at: new Date(), started: performance.now() },
            },
            source: asked.query,
            operationName: operation.name?.value,
            kind: kindOf(document, operation),
            result: { data: {} },
          });
          if (ended.result.errors)
            throw new HubError("UNAVAILABLE", "访问记录暂不能保存。The access could not be recorded");
        },
      };
      return {
        schema,
        document: document satisfies DocumentNode,
        operationName: asked.operationName,
        variableValues: asked.variables,
        contextValue: {
          ...context,
          live: { follow: (following: Following) => counted(live, context.identity, following, line) },
        },
      };
    },
    told(thrown, requestId) {
      onFault(thrown, requestId);
      const error =
        thrown instanceof GraphQLError ? thrown : new GraphQLError("", { originalError: thrown as Error });
      return { errors: [formatError(error.toJSON(), thrown)] };
    },
    leave: () => leaving.abort(),
  };
}

function noSubscription(): HubError {
  return new HubError(
    "BAD_USER_INPUT",
    "此处只接受订阅，查询请用普通的 POST。This way takes subscriptions alone: post questions in the ordinary way",
  );
}

/** Gives places out, and takes them back once. */
function createPlaces(): { take(asker: Identity): () => void } {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take({ department, app, subject }) {
      const who = JSON.stringify([department.code, app, subject]);
      const own = taken.get(who) ?? 0;
      if (all >= MOST || own >= MOST_OF_ONE)
        throw new HubError(
          "RATE_LIMITED",
          `同时打开的订阅过多。Too many subscriptions are open: ${all >= MOST ? MOST : `${MOST_OF_ONE} of one asker`}`,
          { retryAfter: 60 },
        );
      taken.set(who, own + 1);
      all++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        all--;
        const left = (taken.get(who) ?? 1) - 1;
        if (left > 0) taken.set(who, left);
        else taken.delete(who);
      };
    },
  };
}
