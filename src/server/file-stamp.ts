// The end of a file: its access record and its stamp, kept before the last piece leaves.
import type { GraphQLSchema } from "graphql";
import { v7 as uuidv7 } from "uuid";
import { type AccessRecord, footprintOf, type Recorder } from "../audit";
import {
  canonical,
  type FileOptions,
  type Format,
  type Origin,
  particulars,
  type Stamps,
  schemaHash,
  sha256,
  withheldIn,
} from "../exchange";
import type { RowStream } from "../read";
import type { Posted } from "./file-question";
import type { Visit } from "./visit";

interface Book {
  readonly schema: GraphQLSchema;
  readonly recorder: Recorder;
  readonly stamps?: Stamps;
}

/**
 * How a file ends: its last piece leaves when the record of it all and its stamp are kept. Without a book of stamps it
 * is recorded as anything else.
 */
export function ending(
  { recorder, stamps, schema }: Book,
  visit: Visit,
  body: Posted,
  stream: RowStream,
  { extension }: Format,
  exported: () => AccessRecord,
): {
  readonly record?: string;
  readonly options: Pick<FileOptions, "onEnd" | "stamp">;
  readonly close: (digest: { sha256: string; bytes: number }) => Promise<void>;
} {
  const onEnd = (rows: number) => {
    visit.rows = rows;
  };
  if (!stamps) return { options: { onEnd }, close: async () => recorder.record(exported()) };
  const origin = originOf(visit, body, stream, schema);
  const { record } = origin;
  return {
    record,
    options: { onEnd, stamp: particulars(origin, String(body.query)) },
    close: async (digest) => {
      await recorder.recordDurably({ ...exported(), id: record });
      await stamps.keep(origin, { format: extension, rows: visit.rows ?? 0, ...digest });
    },
  };
}

function originOf(visit: Visit, body: Posted, stream: RowStream, schema: GraphQLSchema): Origin {
  if (!visit.identity) throw new Error("a request came in without passing the entrance");
  const { department, app, purpose } = visit.identity;
  const { prepared, snapshot, isProtected } = stream;
  const { touched, grants } = prepared;
  return {
    record: uuidv7(),
    department: department.code,
    app: app ?? null,
    purpose: purpose ?? null,
    operation: body.operationName ?? null,
    registered: visit.registered?.mark ?? null,
    question: sha256(String(body.query)),
    variables: sha256(canonical(body.variables ?? {})),
    dataTime: snapshot.at.toISOString(),
    schema: schemaHash(schema),
    right: { epoch: snapshot.epoch, fingerprint: footprintOf(touched, grants).hash.slice(2), grants },
    withheld: withheldIn(prepared),
    figures: isProtected ? "PROTECTED" : "NONE",
  };
}
