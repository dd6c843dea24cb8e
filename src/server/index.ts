// Opens the server room: Apollo, the doors and the HTTP server over what the other rooms bring.
import type { GraphQLResolveInfo, GraphQLSchema } from "graphql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { AccessLog, Recorder } from "../audit";
import type { Limits } from "../config";
import type { Catalogue } from "../declare";
import type { ErrorCode } from "../errors";
import type { Feed, Stamps, Watch, Webhooks } from "../exchange";
import type { Identify, RightsStore } from "../identity";
import { createRowLoader, type NamedRows, type Question, type Reader as RowReader } from "../read";
import { latestChanges } from "../reports";
import { notApproved, type Sharing } from "../sharing";
import type { Writer } from "../write";
import type { Imports } from "../write/import";
import { createApollo } from "./apollo";
import { createApp } from "./app";
import { type Asking, type HubContext, Tally } from "./context";
import { createDecisions } from "./decisions";
import type { DemoIdentities } from "./demo";
import { createAdmit, createRate, type OnRefusal } from "./entrance";
import { eventStream } from "./event-stream";
import { fileExit } from "./file-exit";
import { createFront } from "./front";
import { createReadiness, type LookAtLinked } from "./health";
import { importDoor } from "./import-door";
import { createJournal } from "./journal";
import { createKinds } from "./kinds";
import { createKnown } from "./known";
import { createInspector, DOCUMENT_LIMITS, inspectVariables } from "./limits";
import { listen } from "./listen";
import { createSubscriptions } from "./live";
import type { Metrics } from "./metrics";
import type { Reader } from "./reading";
import { recording } from "./recording";
import { faultOf, isFault } from "./refusal";
import { createRegistered } from "./registered";
import { createRepeats } from "./repeats";
import { openSockets } from "./socket";
import { textExit } from "./text-exit";
import { millisecondsOf, type Visit } from "./visit";

export type { HubContext } from "./context";
export { Tally } from "./context";
export { createDecisions } from "./decisions";
export type { DemoIdentities, DemoIdentity } from "./demo";
export { createLogger } from "./journal";
export type { Metrics } from "./metrics";
export { createMetrics, watchChain } from "./metrics";
export type { Reader, Reading } from "./reading";
export { faultOf } from "./refusal";
export { hubSchema } from "./schema";

export interface ServerParts {
  readonly schema: GraphQLSchema;
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  readonly identify: Identify;
  readonly rights: Pick<RightsStore, "current" | "refresh">;
  readonly recorder: Recorder;
  readonly accessLog: AccessLog;
  /** What the doors of access need, but for the limits of documents; left out where the schema has none of them. */
  readonly sharing?: Omit<Sharing, "inspect">;
  /** Left out where the schema has no mutations of datasets. */
  readonly writer?: Writer;
  /** Left out: no imports over the network. */
  readonly imports?: Imports;
  /** Left out where the schema has no feed of changes. */
  readonly changes?: Feed;
  /** Left out: no webhooks. */
  readonly webhooks?: Webhooks;
  /** Left out: files leave without a stamp. */
  readonly stamps?: Stamps;
  /** Left out: no subscriptions. */
  readonly watch?: Watch;
  /** Reads rows for files, from a pool of their own; left out: no files. */
  readonly files?: { readonly reader: RowReader; readonly streams: Pool };
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly limits: Pick<Limits, "depth" | "aliases" | "document" | "ratePerMinute">;
  readonly host: string;
  readonly port: number;
  /** Rejects where the database cannot answer or lacks a migration. */
  readonly lookIfReady: () => Promise<void>;
  /** Left out: no dataset is read at a linked source. */
  readonly lookAtLinked?: LookAtLinked;
  readonly demo?: DemoIdentities;
}

export interface HubServer {
  readonly url: string;
  /** Says so to probes, takes nobody new, and finishes what runs within so many milliseconds. */
  close(milliseconds: number): Promise<void>;
  /** Ends at once what still runs. */
  hurry(): void;
}

export async function openServer(parts: ServerParts): Promise<HubServer> {
  const { schema, reader, recorder, logger, limits } = parts;
  const onFault = (thrown: unknown, requestId: string) => {
    if (isFault(thrown)) logger.error({ requestId, ...faultOf(thrown) }, "a request failed");
  };
  const known = createKnown();
  const kindOf = createKinds(parts.catalogue);
  const plugins = [textExit(reader, known, onFault), recording(recorder, kindOf, onFault)];
  const apollo = createApollo(schema, plugins, logger);
  await apollo.start();
  const readiness = createReadiness(parts.lookIfReady);
  const { depth, aliases, document: bytes } = limits;
  const documents = { ...DOCUMENT_LIMITS, depth, aliases, bytes };
  const inspect = createInspector(documents, createRepeats(parts.catalogue));
  const inspectAll: Sharing["inspect"] = (document, variables) => {
    inspect(document);
    inspectVariables({ variables });
  };
  const askingOf = askings(parts);
  const contextOf = contexts(parts, askingOf, inspectAll);
  const onRefusal: OnRefusal = (visit, code) => recorder.record(refusalRecord(visit, code));
  const rate = createRate(limits.ratePerMinute, onRefusal);
  const admit = createAdmit(parts.identify, rate);
  const registered = createRegistered(parts.sharing?.operations, onRefusal);
  const common = { ...parts, admit, readiness, contextOf, registered, onRefusal };
  const { changes, watch, identify } = parts;
  const live = { schema, identify, contextOf, inspect: inspectAll, recorder, kindOf, onFault };
  const subscriptions = changes && watch && createSubscriptions({ ...live, changes, watch });
  const app = createApp({
    ...common,
    events: subscriptions && eventStream(subscriptions),
    apollo,
    inspect,
    files:
      parts.files && fileExit({ ...parts.files, stamps: parts.stamps, schema, recorder, contextOf, onFault }),
    imports: parts.imports && importDoor(parts.imports, recorder),
  });
  const front = createFront({
    ...common,
    askingOf,
    known,
    kindOf,
    onFault,
    journal: createJournal(logger, parts.metrics),
    app,
  });
  const { url, drain, server } = await listen(front, parts.host, parts.port);
  logger.info({ url }, "listening");
  const sockets = subscriptions && openSockets(server, { identify, rate, subscriptions });
  const close = async (milliseconds: number) => {
    readiness.leave();
    subscriptions?.leave();
    await watch?.close();
    await sockets?.close();
    await drain(milliseconds);
    await apollo.stop();
  };
  return { url, close, hurry: () => server.closeAllConnections() };
}

function askings({ catalogue, rights }: ServerParts): (visit: Visit) => Promise<Asking> {
  const decisionsOf = createDecisions(catalogue, rights);
  return async (visit) => {
    const { identity, requestId, registered } = visit;
    if (!identity) throw new Error("a request came in without passing the entrance");
    // Whatever door a question comes through: what is not registered gets no context to be answered in.
    if (identity.registeredOnly && !registered) throw notApproved(undefined);
    const decided = await decisionsOf(identity);
    const decisions = registered ? registered.bounded(decided) : decided;
    return { identity, requestId, decisions, visit, tally: new Tally() };
  };
}

/** What resolvers need beside it. */
function contexts(
  { catalogue, reader, accessLog, sharing: doors, writer, imports, changes, webhooks, stamps }: ServerParts,
  askingOf: (visit: Visit) => Promise<Asking>,
  inspect: Sharing["inspect"],
): (visit: Visit) => Promise<HubContext> {
  const sharing = doors && { ...doors, inspect };
  return async (visit) => {
    const asking = await askingOf(visit);
    const { decisions, tally } = asking;
    const turn = inTurn();
    const read = (info: GraphQLResolveInfo) =>
      turn(async () => {
        const { value, answer } = await reader.value(info, decisions, tally.cost);
        tally.add(answer);
        return value;
      });
    const row = createRowLoader((info, dataset, uuids) =>
      turn(async () => {
        const { values, answer } = await reader.rows(info, dataset, uuids, decisions, tally.cost);
        tally.add(answer);
        return values;
      }),
    );
    const named = (info: GraphQLResolveInfo, wanted: NamedRows) =>
      turn(async () => {
        const { values, answer } = await reader.named(info, wanted, decisions, tally.cost);
        tally.add(answer);
        return values;
      });
    const ask = async (question: Question) => {
      const { text, errors, ...answer } = await reader.answer(question, decisions);
      tally.add(answer);
      if (errors[0]) throw errors[0];
      return JSON.parse(text) as unknown;
    };
    return {
      ...asking,
      catalogue,
      turn,
      read,
      row,
      named,
      ask,
      lastChanges: sharing && ((datasets) => latestChanges(sharing.reader.parts.pool, datasets)),
      accessLog,
      sharing,
      writer,
      imports,
      changes,
      webhooks,
      stamps,
    };
  };
}

/** Runs what a request reads one after the other: each must know what the others have cost. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function refusalRecord(visit: Visit, code: ErrorCode) {
  const { subject, department, app, purpose } = visit.identity as NonNullable<Visit["identity"]>;
  const who = { subject, department: department.code, app, purpose };
  const nothing = { datasets: [], rows: 0, suppressed: 0, grants: [], cost: 0 };
  const { at, requestId } = visit;
  return {
    at,
    requestId,
    ...who,
    ...nothing,
    registered: visit.registered?.mark,
    outcome: "REFUSED" as const,
    code,
    milliseconds: millisecondsOf(visit),
  };
}
