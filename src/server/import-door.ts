// The door for files to import: the body is the file, streamed; the answer is the job.
import type { RequestHandler, Response } from "express";
import type { AccessRecord, Recorder } from "../audit";
import { HubError } from "../errors";
import {
  IMPORT_MODES,
  IMPORT_SCHEMES,
  type ImportMode,
  type ImportOptions,
  type ImportScheme,
  type Imports,
} from "../write/import";
import { sendRefusal, shown } from "./refusal";
import { millisecondsOf, type Visit, visitOf } from "./visit";

/** `POST /imports/:dataset?mode=ROWS|ALL_OR_NOTHING&dryRun=true&restart=true&scheme=CIVIL_AFFAIRS`: 200 where it has ended, 202 while it runs. */
export function importDoor(imports: Imports, recorder: Recorder): RequestHandler {
  return async (request, response) => {
    const visit = visitOf(response);
    const dataset = String(request.params.dataset);
    visit.operation = `POST /imports/${dataset}`;
    try {
      if (!visit.identity) throw new Error("a request came in without passing the entrance");
      const options = optionsOf(new URLSearchParams(request.url.split("?")[1] ?? ""));
      const job = await imports.start(visit.identity, dataset, request, options);
      recorder.record(recordOf(visit, dataset, job.added + job.changed));
      const { fileHash: _hash, ...told } = job;
      response.status(job.state === "RUNNING" ? 202 : 200).json(told);
    } catch (error) {
      refuse(response, recorder, dataset, error);
    }
  };
}

function optionsOf(asked: URLSearchParams): ImportOptions {
  const mode = asked.get("mode") ?? "ROWS";
  if (!IMPORT_MODES.includes(mode as ImportMode))
    throw new HubError("BAD_USER_INPUT", `mode 为 ${IMPORT_MODES.join(" 或 ")}。It is one of these`, {
      argument: "mode",
    });
  const scheme = asked.get("scheme") ?? undefined;
  if (scheme !== undefined && !IMPORT_SCHEMES.includes(scheme as ImportScheme))
    throw new HubError("BAD_USER_INPUT", `scheme 为 ${IMPORT_SCHEMES.join(" 或 ")}。It is one of these`, {
      argument: "scheme",
    });
  return {
    scheme: scheme as ImportScheme | undefined,
    mode: mode as ImportMode,
    dryRun: asked.get("dryRun") === "true",
    restart: asked.get("restart") === "true",
  };
}

/** What of the body was not read is not waited for. */
function refuse(response: Response, recorder: Recorder, dataset: string, error: unknown): void {
  const visit = visitOf(response);
  const told = shown(error, visit.requestId);
  recorder.record(recordOf(visit, dataset, 0, told.code));
  response.setHeader("Connection", "close");
  sendRefusal(response, told, told.code === "BAD_USER_INPUT" ? 400 : told.status);
}

function recordOf(visit: Visit, dataset: string, rows: number, code?: string): AccessRecord {
  const { subject, department, app, purpose } = visit.identity as NonNullable<Visit["identity"]>;
  return {
    at: visit.at,
    requestId: visit.requestId,
    subject,
    department: department.code,
    app,
    purpose,
    operation: visit.operation,
    kind: "IMPORT",
    datasets: [{ dataset, fields: [] }],
    rows,
    suppressed: 0,
    grants: [],
    cost: 0,
    outcome: code ? "REFUSED" : "ANSWERED",
    code,
    milliseconds: millisecondsOf(visit),
  };
}
