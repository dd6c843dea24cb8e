// Ends every operation: what was read goes into the answer's extensions, and into its access record before it leaves.
import type { ApolloServerPlugin } from "@apollo/server";
import type { FormattedExecutionResult } from "graphql";
import type { AccessKind, AccessRecord, Recorder } from "../audit";
import { ERRORS, type ErrorCode, HubError } from "../errors";
import type { Asking, HubContext } from "./context";
import type { KindOf } from "./kinds";
import { formatError } from "./refusal";
import type { OnFault, Outcome } from "./text-exit";
import { millisecondsOf, type Visit } from "./visit";

type Touched = AccessRecord["datasets"];

/** An operation that is about to be answered. */
export interface Ending extends Outcome {
  readonly contextValue: Asking;
  readonly source?: string;
  readonly operationName?: string | null;
  /** Left out where the document could not be read. */
  readonly kind?: AccessKind;
}

export function recording(
  recorder: Recorder,
  kindOf: KindOf,
  onFault: OnFault,
): ApolloServerPlugin<HubContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) onFault(error, contextValue.requestId);
        },
        async willSendResponse(sent) {
          const { contextValue, source, operationName, document, operation } = sent;
          const { body, http } = sent.response;
          if (body.kind !== "single") throw new Error("the hub sends no incremental results");
          const { singleResult: result } = body;
          const ended = await end(recorder, {
            contextValue,
            source,
            operationName,
            kind: document && operation ? kindOf(document, operation) : undefined,
            result,
            status: http.status,
          });
          body.singleResult = ended.result;
          http.status = ended.status;
        },
      };
    },
  };
}

/** Explains the result, and records it before it leaves. */
export async function end(recorder: Recorder, ending: Ending): Promise<Outcome> {
  const { tally, visit } = ending.contextValue;
  let result = explain(ending);
  const record = recordOf(ending, result);
  if (tally.personal && answered(result)) {
    try {
      await recorder.recordDurably(record);
    } catch (error) {
      result = unrecorded(error);
      recorder.record({ ...record, outcome: "REFUSED", code: "UNAVAILABLE" });
    }
  } else recorder.record(record);
  note(visit, ending, result);
  visit.registered?.spend(tally.rows);
  return { result, status: ending.status ?? statusOf(result) };
}

const answered = (result: FormattedExecutionResult) => result.data !== undefined && result.data !== null;

/** What cannot be recorded is not answered where persons are concerned. */
function unrecorded(error: unknown): FormattedExecutionResult {
  const unavailable =
    error instanceof HubError ? error : new HubError("UNAVAILABLE", "The access could not be recorded.");
  return { errors: [formatError(unavailable.toJSON(), unavailable)], data: null };
}

/** What an answer touched, held and cost; the id by which operators find a fault. */
function explain({ result, contextValue: { tally, requestId } }: Ending): FormattedExecutionResult {
  for (const { extensions } of result.errors ?? [])
    if (extensions?.code === "INTERNAL_SERVER_ERROR") extensions.requestId = requestId;
  if (!tally.any) return result;
  return {
    ...result,
    extensions: { ...result.extensions, access: tally.access, apply: tally.apply, cost: tally.cost },
  };
}

function codesOf(result: FormattedExecutionResult): string[] {
  return (result.errors ?? []).map((e) => String(e.extensions?.code));
}

function recordOf(
  { contextValue, source, operationName, kind }: Ending,
  result: FormattedExecutionResult,
): AccessRecord {
  const { identity, tally, visit, requestId } = contextValue;
  const { subject, department, app, purpose } = identity;
  return {
    at: visit.at,
    requestId,
    subject,
    department: department.code,
    app,
    purpose,
    operation: operationName ?? undefined,
    kind,
    registered: visit.registered?.mark,
    document: source,
    datasets: withRefused(tally.touched, result),
    rows: tally.rows,
    suppressed: tally.suppressed,
    grants: tally.grants,
    cost: tally.cost,
    outcome: answered(result) ? "ANSWERED" : "REFUSED",
    code: codesOf(result)[0] ?? (answered(result) ? undefined : "NO_DATA"),
    milliseconds: millisecondsOf(visit),
  };
}

/** What was touched, and what refusals name beside it. */
function withRefused(touched: Touched, result: FormattedExecutionResult): Touched {
  const refused = (result.errors ?? []).flatMap(({ extensions }) => {
    const { dataset, field } = extensions ?? {};
    if (typeof dataset !== "string" || touched.some((t) => t.dataset === dataset)) return [];
    return [
      { dataset, fields: typeof field === "string" ? [{ field, level: "NONE", territories: [] }] : [] },
    ];
  });
  return refused.length > 0 ? [...touched, ...refused] : touched;
}

function note(
  visit: Visit,
  { operationName, contextValue: { tally } }: Ending,
  result: FormattedExecutionResult,
): void {
  visit.operation = operationName ?? undefined;
  visit.cost = tally.cost;
  visit.rows = tally.rows;
  visit.codes.push(...codesOf(result));
}

/** The first error's status, where nothing was answered. */
function statusOf(result: FormattedExecutionResult): number | undefined {
  if (answered(result)) return undefined;
  const code = codesOf(result)[0];
  const status = code !== undefined && Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode].status : 200;
  return status === 200 ? undefined : status;
}
