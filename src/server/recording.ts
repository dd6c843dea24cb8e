// Ends every operation: what was read goes into the answer's extensions, and into its access record before it leaves.
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from "@apollo/server";
import type { FormattedExecutionResult } from "graphql";
import type { AccessRecord, Recorder } from "../audit";
import { ERRORS, type ErrorCode, HubError } from "../errors";
import type { HubContext } from "./context";
import { formatError } from "./refusal";
import type { OnFault } from "./text-exit";
import { millisecondsOf, type Visit } from "./visit";

type Touched = AccessRecord["datasets"];
type Ending = GraphQLRequestContextWillSendResponse<HubContext>;

export function recording(recorder: Recorder, onFault: OnFault): ApolloServerPlugin<HubContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) onFault(error, contextValue.requestId);
        },
        willSendResponse: (ending) => end(recorder, ending),
      };
    },
  };
}

async function end(recorder: Recorder, ending: Ending): Promise<void> {
  const { body, http } = ending.response;
  if (body.kind !== "single") throw new Error("the hub sends no incremental results");
  const { tally, visit } = ending.contextValue;
  explain(body.singleResult, ending);
  const record = recordOf(ending, body.singleResult);
  if (tally.personal && answered(body.singleResult)) {
    try {
      await recorder.recordDurably(record);
    } catch (error) {
      body.singleResult = unrecorded(error);
      recorder.record({ ...record, outcome: "REFUSED", code: "UNAVAILABLE" });
    }
  } else recorder.record(record);
  http.status ??= statusOf(body.singleResult);
  note(visit, ending, body.singleResult);
}

const answered = (result: FormattedExecutionResult) => result.data !== undefined && result.data !== null;

/** What cannot be recorded is not answered where persons are concerned. */
function unrecorded(error: unknown): FormattedExecutionResult {
  const unavailable =
    error instanceof HubError ? error : new HubError("UNAVAILABLE", "The access could not be recorded.");
  return { errors: [formatError(unavailable.toJSON(), unavailable)], data: null };
}

/** What an answer touched, held and cost; the id by which operators find a fault. */
function explain(result: FormattedExecutionResult, { contextValue: { tally, requestId } }: Ending): void {
  if (tally.any) result.extensions = { ...result.extensions, access: tally.access, cost: tally.cost };
  for (const { extensions } of result.errors ?? [])
    if (extensions?.code === "INTERNAL_SERVER_ERROR") extensions.requestId = requestId;
}

function codesOf(result: FormattedExecutionResult): string[] {
  return (result.errors ?? []).map((e) => String(e.extensions?.code));
}

function recordOf(
  { contextValue, source, operationName }: Ending,
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
    document: source,
    datasets: [...tally.touched, ...refusedOf(result, tally.touched)],
    rows: tally.rows,
    suppressed: tally.suppressed,
    grants: tally.grants,
    cost: tally.cost,
    outcome: answered(result) ? "ANSWERED" : "REFUSED",
    code: codesOf(result)[0] ?? (answered(result) ? undefined : "NO_DATA"),
    milliseconds: millisecondsOf(visit),
  };
}

/** What refusals name, where it is not among what was touched already. */
function refusedOf(result: FormattedExecutionResult, touched: Touched): Touched {
  return (result.errors ?? []).flatMap(({ extensions }) => {
    const { dataset, field } = extensions ?? {};
    if (typeof dataset !== "string" || touched.some((t) => t.dataset === dataset)) return [];
    return [
      { dataset, fields: typeof field === "string" ? [{ field, level: "NONE", territories: [] }] : [] },
    ];
  });
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
