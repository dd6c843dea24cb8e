// The file exit: a question posted with a file's media type is answered by its root list as that file, row by row.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RequestHandler, Response } from "express";
import type { GraphQLSchema } from "graphql";
import type { Pool } from "pg";
import type { AccessRecord, Recorder } from "../audit";
import { HubError } from "../errors";
import { formatOf, type Stamps, sealed } from "../exchange";
import { openRows, type Reader, RowCells, type RowStream } from "../read";
import type { HubContext } from "./context";
import { ofQuestion, type Posted, questionOf } from "./file-question";
import { ending } from "./file-stamp";
import { sendRefusal, shown } from "./refusal";
import type { OnFault } from "./text-exit";
import { millisecondsOf, type Visit, visitOf } from "./visit";

export interface FileParts {
  readonly schema: GraphQLSchema;
  readonly reader: Reader;
  /** Streams have a pool of their own, so that no look-up waits for them. */
  readonly streams: Pool;
  readonly recorder: Recorder;
  /** Left out: files leave without a stamp. */
  readonly stamps?: Stamps;
  readonly contextOf: (visit: Visit) => Promise<HubContext>;
  readonly onFault: OnFault;
}

export function fileExit(parts: FileParts): RequestHandler {
  return async (request, response, next) => {
    const asked = request.method === "POST" ? formatOf(request.get("accept")) : undefined;
    if (!asked) return next();
    const visit = visitOf(response);
    let stream: RowStream | undefined;
    try {
      const body = (request.body ?? {}) as Posted;
      const question = questionOf(parts.schema, body);
      const { decisions } = await parts.contextOf(visit);
      const { marks } = asked.format;
      const rows = await openRows(parts.reader, parts.streams, question, decisions, { marks });
      const opened = spending(rows, visit);
      stream = opened;
      const record = (code: string, rows: number) => recordOf(visit, body, opened, code, rows);
      await recordFirst(parts.recorder, opened, record);
      const end = ending(parts, visit, body, opened, asked.format, () => record("EXPORTED", visit.rows ?? 0));
      // Who leaves before the first byte is not noticed by writing.
      response.once("close", () => opened.close());
      if (response.destroyed) return;
      const file = asked.format.write(opened, { ...asked, ...end.options });
      const pieces = sealed(file, end.close)[Symbol.asyncIterator]();
      const first = await pieces.next();
      head(response, asked.format.type, asked.format.extension);
      if (end.record) response.setHeader("Hub-Stamp", end.record);
      await pipeline(Readable.from(resumed(first, pieces)), response);
    } catch (error) {
      refuse(parts, response, error);
    } finally {
      stream?.close();
    }
  };
}

/** Rows of a quota are spent as they leave: who hangs up before the last one has the others all the same. */
function spending(stream: RowStream, { registered }: Visit): RowStream {
  return registered ? { ...stream, rows: counted(stream.rows, registered.spend) } : stream;
}

async function* counted(rows: AsyncIterable<Buffer>, spend: (rows: number) => void): AsyncGenerator<Buffer> {
  const cells = new RowCells();
  for await (const batch of rows) {
    let count = 0;
    for (cells.load(batch); cells.nextRow(); ) count++;
    spend(count);
    yield batch;
  }
}

/** The first piece is known before the status is sent: a statement that fails at once is refused like any other. */
async function* resumed(first: IteratorResult<Buffer>, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** What cannot be recorded is not answered where persons are concerned: the record is durable before the first byte. */
async function recordFirst(
  recorder: Recorder,
  stream: RowStream,
  record: (code: string, rows: number) => AccessRecord,
): Promise<void> {
  try {
    if (stream.prepared.personal) await recorder.recordDurably(record("EXPORT_BEGUN", 0));
    else recorder.record(record("EXPORT_BEGUN", 0));
  } catch (error) {
    throw error instanceof HubError
      ? error
      : new HubError("UNAVAILABLE", "The access could not be recorded.");
  }
}

function head(response: Response, type: string, extension: string): void {
  response.setHeader("Content-Type", type.startsWith("text/") ? `${type}; charset=utf-8` : type);
  response.setHeader("Content-Disposition", `attachment; filename="community-hub.${extension}"`);
}

/** Before the first byte a refusal is told; after it, the broken connection and the missing end note tell. */
function refuse(parts: FileParts, response: Response, error: unknown): void {
  const visit = visitOf(response);
  if (!hasLeft(error)) parts.onFault(ofQuestion(error), visit.requestId);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const told = shown(ofQuestion(error), visit.requestId);
  parts.recorder.record(recordOf(visit, {}, undefined, told.code, 0));
  sendRefusal(response, told);
}

/** The stream broke off because nobody reads it any more. */
function hasLeft(error: unknown): boolean {
  return (error as { code?: unknown }).code === "ERR_STREAM_PREMATURE_CLOSE";
}

function recordOf(
  visit: Visit,
  body: Posted,
  stream: RowStream | undefined,
  code: string,
  rows: number,
): AccessRecord {
  if (!visit.identity) throw new Error("a request came in without passing the entrance");
  const { subject, department, app, purpose } = visit.identity;
  return {
    at: visit.at,
    requestId: visit.requestId,
    subject,
    department: department.code,
    app,
    purpose,
    operation: body.operationName ?? undefined,
    kind: "EXPORT",
    registered: visit.registered?.mark,
    document: typeof body.query === "string" ? body.query : undefined,
    datasets: stream?.prepared.touched ?? [],
    rows,
    suppressed: 0,
    grants: stream?.prepared.grants ?? [],
    cost: stream?.prepared.cost ?? 0,
    outcome: stream ? "ANSWERED" : "REFUSED",
    code,
    milliseconds: millisecondsOf(visit),
  };
}
