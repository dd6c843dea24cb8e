// A server with a schema of three fields over a real database, for tests of the doors alone.

import { EventEmitter, once } from "node:events";
import { buildSchema, type GraphQLSchema, getOperationAST } from "graphql";
import type { Pool } from "pg";
import { createAccessLog, createRecorder, type Recorder } from "../../src/audit";
import { toWire } from "../../src/database/wire";
import { Catalogue } from "../../src/declare";
import { HubError } from "../../src/errors";
import { departmentOf, type Identity } from "../../src/identity";
import type { AccessNote, Question } from "../../src/read";
import {
  createLogger,
  createMetrics,
  type HubServer,
  openServer,
  type Reader,
  type ServerParts,
} from "../../src/server";

export interface SmallHub extends HubServer {
  /** Lines of the log, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Emits "running" when a slow field began; "go" lets it end. */
  readonly events: EventEmitter;
  readonly recorder: Recorder;
}

const SDL = `
  type Query { "Of the reader." persons(n: Int): [Person!]!  figures: [Person!]!  withheld: Int
    "Of graphql-js." hello: String  broken: String  leaking: String  slow: String  refused: Int }
  type Person { name: String }`;

const OF_THE_READER = ["persons", "figures", "withheld", "__typename"];
const NO_RIGHTS = { epoch: 1, stewardships: [], standings: [], grants: [] };
const FINANCE = departmentOf("finance@140100000000")!;

/** A good token is `token-<name>`. */
async function identify(headers: Record<string, unknown>): Promise<Identity> {
  const [, subject] = /^Bearer token-(\w+)$/.exec(String(headers.authorization)) ?? [];
  if (!subject) throw new HubError("UNAUTHENTICATED", "the request carries no token");
  return { subject, department: FINANCE, duties: ["read"], purpose: "budget-review" };
}

function rootFields({ document, operationName }: Question): string[] {
  const { selections } = getOperationAST(document, operationName)!.selectionSet;
  return selections.map((s) => (s.kind === "Field" ? s.name.value : ""));
}

function readerOf(pool: Pool): Reader {
  return {
    answers: (question) => rootFields(question).every((name) => OF_THE_READER.includes(name)),
    rows: () => Promise.reject(new Error("this reader reads no rows")),
    named: () => Promise.reject(new Error("this reader reads no rows")),
    value: async () => {
      throw new Error("the small schema has no field of the reader that graphql-js resolves");
    },
    async answer(question) {
      const names = rootFields(question).filter((name) => name !== "withheld");
      const errors = names.length < rootFields(question).length ? [WITHHELD] : [];
      const { rows } = await pool.query(`SELECT '[{"name": "王*"}]' AS text`);
      const members = names.map((name) => `"${name}": ${rows[0].text}`);
      const text = names.length > 0 ? `{${members.join(",")}}` : "null";
      return {
        text,
        wire: toWire(text),
        errors,
        rows: 1,
        suppressed: 0,
        apply: [],
        prepared: { ...READ, personal: names.includes("persons") },
      };
    },
  };
}

const WITHHELD = new HubError("FIELD_WITHHELD", "not yours", { dataset: "fund", field: "sum" });

export const NOTE: AccessNote = {
  dataset: "person",
  field: "name",
  zh: "姓名",
  en: "Name",
  needed: "FULL",
  held: [],
  steward: "civil-affairs",
  purposes: [],
  apply: "",
};

const READ = {
  cost: 1,
  access: [NOTE],
  touched: [{ dataset: "person", fields: [{ field: "name", level: "FULL", territories: ["140100000000"] }] }],
  grants: ["grant-7"],
};

function schemaOf(events: EventEmitter): GraphQLSchema {
  const schema = buildSchema(SDL);
  const fields = schema.getQueryType()!.getFields();
  fields.hello!.resolve = () => "hello";
  fields.broken!.resolve = () => (undefined as unknown as { name: string }).name;
  fields.leaking!.resolve = () => {
    throw Object.assign(new Error("Key (phone)=(13900001234) exists"), {
      code: "23505",
      detail: "13900001234",
      extensions: { code: "FORBIDDEN", stack: "at secret" },
    });
  };
  fields.refused!.resolve = () => {
    throw new HubError("FORBIDDEN", "another duty");
  };
  fields.slow!.resolve = async () => {
    events.emit("running");
    await once(events, "go");
    return "done";
  };
  return schema;
}

export async function openSmallHub(pool: Pool, given: Partial<ServerParts> = {}): Promise<SmallHub> {
  const lines: Record<string, unknown>[] = [];
  const events = new EventEmitter();
  const recorder = given.recorder ?? (await createRecorder(pool, { patience: 500 }));
  const server = await openServer({
    schema: schemaOf(events),
    catalogue: new Catalogue([]),
    reader: readerOf(pool),
    identify,
    rights: { current: async () => NO_RIGHTS, refresh: async () => NO_RIGHTS },
    recorder,
    accessLog: createAccessLog(pool, { current: async () => NO_RIGHTS }),
    metrics: createMetrics({ reads: pool }),
    logger: createLogger("debug", { write: (line) => lines.push(JSON.parse(line)) }),
    limits: { depth: 15, aliases: 50, document: 65_536, ratePerMinute: 0 },
    host: "127.0.0.1",
    port: 0,
    lookIfReady: async () => {
      await pool.query("SELECT 1");
    },
    ...given,
  });
  const close = async (milliseconds = 1_000) => {
    await server.close(milliseconds);
    if (!given.recorder) await recorder.close();
  };
  return { ...server, close, lines, events, recorder };
}

/** Posts a query as `token-<as>`, or without a token. */
export async function ask(
  url: string,
  query: string,
  { as = "lin", headers = {}, ...body }: AskOptions = {},
) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(as && { authorization: `Bearer token-${as}` }),
      ...headers,
    },
    body: JSON.stringify({ query, ...body }),
  });
  const text = await response.text();
  return { response, status: response.status, text, body: JSON.parse(text) };
}

export interface AskOptions {
  as?: string;
  headers?: Record<string, string>;
  variables?: unknown;
  operationName?: string;
  extensions?: unknown;
}
