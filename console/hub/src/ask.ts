// The one way to the hub: a GraphQL question with the session's headers, and its answer or a fault that can be shown.
import { useCallback, useEffect, useRef, useState } from "react";
import { say } from "../../session/language";
import { openSession, session } from "../../session/session";

/** An error of the hub: what went wrong, and what to do next. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly hint: string | undefined,
    /** By which what the question lacked is asked for: requestAccess(missing:). */
    readonly apply: string | undefined,
    readonly path: readonly (string | number)[] | undefined,
    readonly extensions: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

/** What an answer says of a field or dataset that was not given in full. */
export interface AccessNote {
  dataset: string;
  field?: string;
  zh?: string;
  en?: string;
  held: { territory: string; name: string; level: string }[];
  apply?: string;
}

export interface Answer<T> {
  data: T;
  /** Faults of parts of the question; the other parts were answered. */
  faults: Fault[];
  access: AccessNote[];
  /** Asks for all that the answer lacked. */
  apply: string | undefined;
  cost: number | undefined;
}

export type Variables = Readonly<Record<string, unknown>>;

interface RawError {
  message?: string;
  path?: (string | number)[];
  extensions?: Record<string, unknown>;
}

interface RawAnswer {
  data?: unknown;
  errors?: RawError[];
  extensions?: Record<string, unknown>;
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

function faultOf(error: RawError): Fault {
  const extensions = error.extensions ?? {};
  return new Fault(
    error.message ?? say("未说明的错误", "An error without a message"),
    text(extensions.code) ?? "UNKNOWN",
    text(extensions.hint),
    text(extensions.apply),
    error.path,
    extensions,
  );
}

/** Headers of the one who asks; whatever else a question needs (e.g. Accept for a file) is added by the caller. */
export function askerHeaders(): Headers {
  const { token, purpose } = session.get();
  const headers = new Headers({ "content-type": "application/json", accept: "application/json" });
  if (token !== "") headers.set("authorization", `Bearer ${token}`);
  if (purpose !== "") headers.set("hub-purpose", purpose);
  return headers;
}

export async function post(
  question: string,
  variables: Variables,
  accept?: string,
  signal?: AbortSignal,
): Promise<Response> {
  const send = () => {
    const headers = askerHeaders();
    if (accept) headers.set("accept", accept);
    const body = JSON.stringify({ query: question, variables });
    return fetch("/graphql", { method: "POST", headers, body, credentials: "omit", signal: signal ?? null });
  };
  const first = await send();
  // Demo tokens run out: fresh ones are fetched and the question is repeated, once.
  if (first.status !== 401 || session.get().demo !== true) return first;
  await openSession();
  return send();
}

function unreachable(): Fault {
  return new Fault(
    say("平台没有应答", "The hub does not answer"),
    "UNREACHABLE",
    say("请检查网络后重试。", "Look at the network, then try again."),
    undefined,
    undefined,
    {},
  );
}

async function rawAnswer(response: Response): Promise<RawAnswer> {
  const body = await response.text();
  try {
    return JSON.parse(body) as RawAnswer;
  } catch {
    return { errors: [{ message: `HTTP ${response.status}: ${body.slice(0, 300)}` }] };
  }
}

/** Asks; throws a Fault where nothing at all was answered. */
export async function ask<T>(
  question: string,
  variables: Variables = {},
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const response = await post(question, variables, undefined, signal).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw unreachable();
  });
  const raw = await rawAnswer(response);
  const faults = (raw.errors ?? []).map(faultOf);
  if (raw.data === null || raw.data === undefined)
    throw faults[0] ?? faultOf({ message: `HTTP ${response.status}` });
  const { access, apply, cost } = raw.extensions ?? {};
  return {
    data: raw.data as T,
    faults,
    access: Array.isArray(access) ? (access as AccessNote[]) : [],
    apply: text(apply),
    cost: typeof cost === "number" ? cost : undefined,
  };
}

/** A hub under load says so with UNAVAILABLE: what only reads is asked once more before anybody is told. */
async function askPatiently<T>(
  question: string,
  variables: Variables,
  signal: AbortSignal,
): Promise<Answer<T>> {
  try {
    return await ask<T>(question, variables, signal);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "UNAVAILABLE") throw error;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return ask<T>(question, variables, signal);
  }
}

export interface Asked<T> {
  /** The last answer; stays while the next is on its way. */
  answer: Answer<T> | undefined;
  fault: Fault | undefined;
  asking: boolean;
  again(): void;
}

interface Held<T> {
  key: string;
  answer?: Answer<T>;
  fault?: Fault;
}

/** Asks when the component appears, and again when question, variables or the one who asks are others. Null: not yet. */
export function useAsk<T>(question: string | null, variables: Variables = {}): Asked<T> {
  const { token, purpose } = session.use();
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<Held<T>>();
  const key = JSON.stringify([question, variables, token, purpose, round]);
  const latest = useRef({ question, variables });
  latest.current = { question, variables };
  useEffect(() => {
    const asked = latest.current;
    if (asked.question === null) return;
    const stop = new AbortController();
    askPatiently<T>(asked.question, asked.variables, stop.signal)
      .then((answer) => setHeld({ key, answer }))
      .catch((fault: unknown) => {
        if (!stop.signal.aborted) setHeld({ key, fault: fault instanceof Fault ? fault : unreachable() });
      });
    return () => stop.abort();
  }, [key]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const current = held?.key === key;
  return {
    answer: held?.answer,
    fault: current ? held?.fault : undefined,
    asking: question !== null && !current,
    again,
  };
}
