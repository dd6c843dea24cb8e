// Sends a question to the hub with the session's headers, and keeps the last answer for the panels.
import { cell } from "../../session/cell";
import { type DemoIdentity, identityOf, openSession, session } from "../../session/session";

export interface Question {
  query: string;
  operationName?: string | null;
  variables?: unknown;
}

export interface Answer {
  /** The demo department that asked. */
  asker: DemoIdentity | undefined;
  status: number;
  body: Record<string, unknown>;
}

/** The last question and its answer, introspection left out. */
export const lastAnswer = cell<Answer | undefined>(undefined);

const JSON_ANSWERS = "application/graphql-response+json, application/json;q=0.9";

function sessionHeaders(): Headers {
  const { token, purpose } = session.get();
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== "") headers.set("authorization", `Bearer ${token}`);
  if (purpose !== "") headers.set("hub-purpose", purpose);
  return headers;
}

/** The user's own headers win over the switcher's; an empty value takes a header away. */
function withOwn(headers: Headers, own: Record<string, unknown>): Headers {
  for (const [name, value] of Object.entries(own)) {
    if (value === "" || value === null) headers.delete(name);
    else headers.set(name, String(value));
  }
  return headers;
}

/** A tab that was just filled may still carry the name of the operation it held before. */
function named({ query, operationName, variables }: Question): Question {
  const known = operationName && new RegExp(`\\b${operationName}\\b`).test(query);
  return known ? { query, variables, operationName } : { query, variables };
}

function post(question: Question, own: Record<string, unknown>, accept: string, signal?: AbortSignal) {
  const headers = withOwn(sessionHeaders(), own);
  headers.set("accept", accept);
  return fetch("/graphql", {
    method: "POST",
    headers,
    body: JSON.stringify(named(question)),
    credentials: "omit",
    signal: signal ?? null,
  });
}

/** Demo tokens run out: on the first refusal in demo mode fresh ones are fetched and the question repeated. */
export async function send(
  question: Question,
  own: Record<string, unknown> = {},
  accept: string = JSON_ANSWERS,
  signal?: AbortSignal,
): Promise<Response> {
  const first = await post(question, own, accept, signal);
  if (first.status !== 401 || session.get().demo !== true) return first;
  await openSession();
  return post(question, own, accept, signal);
}

function unreadable(status: number, text: string): Record<string, unknown> {
  return { errors: [{ message: `HTTP ${status}: ${text.slice(0, 500)}` }] };
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return unreadable(response.status, text);
  }
}

/** GraphiQL's fetcher. */
export async function ask(question: Question, options?: { headers?: Record<string, unknown> }) {
  const asker = identityOf(session.get());
  const response = await send(question, options?.headers ?? {});
  const body = await bodyOf(response);
  // What was granted may open a purpose that the department had no grant for.
  if (question.query.includes("decideAccessRequest") && session.get().demo === true) await openSession();
  if (!question.query.includes("__schema")) {
    lastAnswer.set({ asker, status: response.status, body });
  }
  return body;
}
