// Registered operations at the door: which one an app means, and the refusal of everything else where it runs these alone.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import { type DocumentNode, getOperationAST, parse } from "graphql";
import { LRUCache } from "lru-cache";
import { createBounded } from "../access";
import { HubError } from "../errors";
import type { Identity } from "../identity";
import { rootNames } from "../read";
import {
  hashOf,
  hashOfId,
  normalised,
  notApproved,
  type Operations,
  type RunningOperation,
} from "../sharing";
import type { OnRefusal } from "./entrance";
import { sendRefusal } from "./refusal";
import { type Visit, visitOf } from "./visit";

/** A body as far as it is looked at here. */
interface Posted {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } } | null;
}

/** The body that is to be run, or undefined where the request was refused here. */
export type Registered = (
  request: IncomingMessage,
  response: ServerResponse,
  body: object,
) => Promise<object | undefined>;

/** What an app may ask without registering it: who it is, and what is to be approved. No row of a dataset. */
const OWN = new Set(["me", "operations", "registerOperation", "__typename"]);

/** People and apps that send a text are not looked at, unless the app runs registered operations alone. */
export function concerns({ identity }: Visit, body: object): boolean {
  const { documentId, extensions } = body as Posted;
  if (documentId !== undefined || identity?.registeredOnly === true) return true;
  return identity?.app !== undefined && idOf({ extensions }) !== undefined;
}

export function createRegistered(operations: Operations | undefined, onRefusal: OnRefusal): Registered {
  const names = createNames();
  return async (request, response, body) => {
    const visit = visitOf(response);
    if (visit.registered || !concerns(visit, body)) return body;
    try {
      if (!operations) throw notApproved(undefined);
      return await entered(operations, names, visit, request.method, body);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      onRefusal(visit, error.code);
      const { retryAfter } = error.extensions;
      if (typeof retryAfter === "number") response.setHeader("Retry-After", String(retryAfter));
      sendRefusal(response, error);
      return undefined;
    }
  };
}

async function entered(
  operations: Operations,
  names: Names,
  visit: Visit,
  method: string | undefined,
  body: Posted,
): Promise<object> {
  const identity = visit.identity as Identity;
  if (identity.app === undefined)
    throw new HubError(
      "FORBIDDEN",
      "登记操作由其应用运行，人员请发送文档。Registered operations are run by their app: people send the document",
      { reason: "NO_APP" },
    );
  const { query } = body;
  const id = idOf(body);
  const hash = id === undefined ? undefined : hashOfId(id);
  if (method !== "POST" || Array.isArray(body) || (hash === undefined && typeof query !== "string"))
    throw notApproved(undefined);
  const named = typeof query === "string" ? names(query) : undefined;
  if (hash !== undefined && typeof query === "string" && !named?.hashes.includes(hash))
    throw new HubError(
      "BAD_USER_INPUT",
      "documentId 与所附文档不符。The documentId is not that of the document beside it",
      { argument: "documentId", reason: "HASH_MISMATCH" },
    );
  if (hash === undefined && named?.own) {
    visit.registered = OWN_DOORS;
    return body;
  }
  const operation = await found(operations, identity, hash === undefined ? (named?.hashes ?? []) : [hash]);
  visit.registered = operation;
  if (operation.purpose !== undefined) visit.identity = { ...identity, purpose: operation.purpose };
  await operation.take();
  const { documentId: _id, extensions: _extensions, ...rest } = body;
  return { ...rest, query: operation.document };
}

async function found(
  operations: Operations,
  identity: Identity,
  [first, ...others]: readonly string[],
): Promise<RunningOperation> {
  if (first === undefined) throw notApproved(undefined);
  try {
    return await operations.find(identity, first);
  } catch (error) {
    const again = error instanceof HubError && error.extensions.reason === "NOT_REGISTERED";
    if (!again || others.length === 0) throw error;
    return found(operations, identity, others);
  }
}

function idOf({ documentId, extensions }: Posted): unknown {
  if (documentId !== undefined) return documentId;
  return extensions?.persistedQuery?.sha256Hash;
}

interface Named {
  /** Of the text as it came, and normalised. */
  readonly hashes: readonly string[];
  /** Whether it asks for nothing but what needs no registration. */
  readonly own: boolean;
}

type Names = (text: string) => Named;

/** Characters of texts kept. */
const MOST = 1024 * 1024;
const LONGEST = 64 * 1024;

function createNames(): Names {
  const known = new LRUCache<string, Named>({
    maxSize: MOST,
    sizeCalculation: (_named, text) => text.length + 1,
  });
  return (text) => {
    // Nothing so long is registered; it is not parsed for its name.
    if (text.length > LONGEST) return { hashes: [], own: false };
    const before = known.get(text);
    if (before) return before;
    const named = namedOf(text);
    known.set(text, named);
    return named;
  };
}

function namedOf(text: string): Named {
  try {
    const document = parse(text, { noLocation: true, maxTokens: 10_000 });
    return { hashes: [...new Set([hashOf(text), hashOf(normalised(text))])], own: isOwn(document) };
  } catch {
    return { hashes: [hashOf(text)], own: false };
  }
}

function isOwn(document: DocumentNode): boolean {
  const operation = getOperationAST(document);
  return (
    operation !== null &&
    operation !== undefined &&
    [...rootNames(document, operation)].every((n) => OWN.has(n))
  );
}

const OWN_DOORS: RunningOperation = {
  id: "",
  document: "",
  bounded: createBounded({
    name: "own doors",
    bounds: {},
    beyond: () => notApproved(undefined),
    still: async () => {},
  }),
  take: async () => {},
  spend: () => {},
};

/** Behind the body's reader, where the front has not done it. */
export function registeredDoor(registered: Registered): RequestHandler {
  return async (request, response, next) => {
    const body: unknown = request.body;
    const passed = await registered(request, response, body !== null && typeof body === "object" ? body : {});
    if (!passed) return;
    if (body !== undefined) request.body = passed;
    next();
  };
}

/** For doors that take no documents. */
export function closedToRegisteredOnly(onRefusal: OnRefusal): RequestHandler {
  return (_request, response, next) => {
    const visit = visitOf(response);
    if (visit.identity?.registeredOnly !== true) return next();
    onRefusal(visit, "FORBIDDEN");
    sendRefusal(response, notApproved(undefined));
  };
}
