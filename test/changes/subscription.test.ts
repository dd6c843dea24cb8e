// Subscriptions over both transports: what changes comes by itself, and stops with the right, the token or the hub.
import WebSocket from "ws";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";

const READER = "science-association@140100000000";
const PURPOSE = "volunteer-service";
const CHANGED = `subscription ($datasets: [String!]!, $territory: String) { changed(datasets: $datasets, territory: $territory) {
  kind id dataset cursor node { ... on Volunteer { name } ... on Facility { code } } } }`;

let hub: TestHub;
let here: string;
let elsewhere: string;
const run = (sql: string, values: unknown[] = []) => hub.database.pool.query(sql, values);

beforeAll(async () => {
  hub = await openTestHub();
  const { rows } = await run("SELECT territory, count(*) FROM volunteer GROUP BY 1 ORDER BY 2 DESC, 1");
  [here, elsewhere] = rows.map((r) => r.territory) as [string, string];
});
afterAll(() => hub.close());
afterEach(async () => {
  await run("DELETE FROM access_grant WHERE department = $1", [READER]);
});

async function grant(territory: string): Promise<string> {
  const { rows } = await run(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'volunteer', '{name}', 'FULL', $2, $3, 'b', 'civil-affairs@140100000000', now() - interval '1 day') RETURNING id`,
    [READER, territory, PURPOSE],
  );
  return rows[0].id;
}

async function volunteer(territory: string): Promise<string> {
  const { rows } = await run(
    "SELECT id FROM volunteer WHERE territory = $1 AND consent = 'GRANTED' AND birth_date < '2000-01-01' ORDER BY id LIMIT 1",
    [territory],
  );
  return rows[0].id;
}

interface Told {
  readonly kind: string;
  readonly id: string;
  readonly node: { name?: string } | null;
}
interface Stream {
  readonly told: Told[];
  readonly errors: { extensions: { code: string } }[];
  /** Resolves when the hub has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}
type Open = (variables: object, seconds?: number) => Promise<Stream>;

async function headersOf(seconds?: number): Promise<Record<string, string>> {
  const token = await signDemoToken(hub.dataDir, { department: READER, duties: ["read"], seconds });
  return { authorization: `Bearer ${token}`, "hub-purpose": PURPOSE };
}

/** GraphQL over SSE read by hand: its text is the protocol. */
const overEvents: Open = async (variables, seconds) => {
  const aborting = new AbortController();
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    signal: aborting.signal,
    headers: {
      ...(await headersOf(seconds)),
      "content-type": "application/json",
      accept: "text/event-stream",
    },
    body: JSON.stringify({ query: CHANGED, variables }),
  });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const [told, errors]: [Told[], Stream["errors"]] = [[], []];
  const read = async () => {
    let text = "";
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      text += bytes;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const [, event, data] = /^event: (\w+)\ndata: ?(.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (event === "complete") return;
        if (event !== "next") continue;
        const result = JSON.parse(data!);
        told.push(...(result.data?.changed ?? []));
        errors.push(...(result.errors ?? []));
      }
    }
  };
  return { told, errors, ended: read().catch(() => undefined), close: () => aborting.abort() };
};

interface SocketClient {
  subscribe(
    asked: object,
    sink: {
      next(result: { data?: { changed: Told[] }; errors?: Stream["errors"] }): void;
      error(error: unknown): void;
      complete(): void;
    },
  ): () => void;
  dispose(): void | Promise<void>;
}
// The library's own client, of which this is all that is used.
const { createClient: createSocket } = require("graphql-ws") as {
  createClient(options: object): SocketClient;
};
const sockets: SocketClient[] = [];
const overSocket: Open = async (variables, seconds) => {
  const client = createSocket({
    url: `${hub.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: await headersOf(seconds),
    retryAttempts: 0,
  });
  sockets.push(client);
  const [told, errors]: [Told[], Stream["errors"]] = [[], []];
  let close = () => {};
  const ended = new Promise<void>((resolve) => {
    close = client.subscribe(
      { query: CHANGED, variables: { ...variables } },
      {
        next: ({ data, errors: wrong = [] }) => {
          told.push(...(data?.changed ?? []));
          errors.push(...wrong);
        },
        error: (error) => {
          errors.push(
            ...(Array.isArray(error)
              ? (error as Stream["errors"])
              : [{ extensions: { code: String(error) } }]),
          );
          resolve();
        },
        complete: resolve,
      },
    );
  });
  return { told, errors, ended, close };
};
afterAll(() => Promise.all(sockets.map((client) => client.dispose())));

async function until(what: () => boolean, milliseconds = 15_000): Promise<void> {
  for (const start = Date.now(); !what(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() - start > milliseconds) throw new Error("it did not come");
}

/** A subscription has begun when it tells of a change: until then changes are made anew. */
async function begun(stream: Stream, id: string): Promise<void> {
  for (let i = 0; stream.told.length === 0 && i < 100; i++) {
    await run("UPDATE volunteer SET name = $2 WHERE id = $1", [id, `始${i}`]);
    await until(() => stream.told.length > 0, 500).catch(() => undefined);
  }
  await until(() => stream.told.length > 0);
}

describe.each([
  ["server-sent events", overEvents],
  ["graphql-ws", overSocket],
] as const)("over %s", (_, open) => {
  test("changes come as this reader may see them; a move out takes back", async () => {
    await grant(here);
    const [mine, other] = [await volunteer(here), await volunteer(elsewhere)];
    const stream = await open({ datasets: ["volunteer"] });
    await begun(stream, mine);
    stream.told.length = 0;
    await run("UPDATE volunteer SET name = '甲' WHERE id = $1", [other]);
    await run("UPDATE volunteer SET name = '乙' WHERE id = $1", [mine]);
    await until(() => stream.told.some((t) => t.node?.name === "乙"));
    await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [mine, elsewhere]);
    await until(() => stream.told.some((t) => t.kind === "RETRACT"));
    expect(new Set(stream.told.map((t) => t.id))).toEqual(new Set([`volunteer:${mine}`]));
    stream.close();
    await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [mine, here]);
  });

  test("the end of the right takes everything back, then closes with an error", async () => {
    const right = await grant(here);
    const stream = await open({ datasets: ["volunteer"] });
    await begun(stream, await volunteer(here));
    const { rows } = await run(
      "SELECT id FROM volunteer WHERE territory = $1 AND consent = 'GRANTED' AND birth_date < '2000-01-01' AND retired_at IS NULL",
      [here],
    );
    await run("UPDATE access_grant SET ends_at = clock_timestamp() WHERE id = $1", [right]);
    await stream.ended;
    const back = stream.told.filter((t) => t.kind === "RETRACT").map((t) => t.id);
    expect(back).toEqual(expect.arrayContaining(rows.map((r) => `volunteer:${r.id}`)));
    expect(stream.errors.map((e) => e.extensions.code)).toEqual(["FORBIDDEN"]);
  });

  test("the end of the token ends it", async () => {
    await grant(here);
    // A clock may be half a minute behind the issuer's.
    const stream = await open({ datasets: ["volunteer"] }, -26);
    await stream.ended;
    expect(stream.errors.map((e) => e.extensions.code)).toEqual(["UNAUTHENTICATED"]);
  }, 40_000);

  test("what cannot be subscribed to is refused in words", async () => {
    await grant(here);
    for (const variables of [
      { datasets: ["nothing"] },
      { datasets: [] },
      { datasets: ["volunteer"], territory: "x" },
    ]) {
      const stream = await open(variables);
      await stream.ended;
      expect(stream.errors.map((e) => e.extensions.code)).toEqual(["BAD_USER_INPUT"]);
    }
  });
});

test("only the territory asked for: a row that leaves it is taken back", async () => {
  await grant("140100000000");
  const mine = await volunteer(here);
  const stream = await overEvents({ datasets: ["volunteer", "facility"], territory: here });
  await begun(stream, mine);
  stream.told.length = 0;
  await run("UPDATE volunteer SET name = '丙' WHERE id = $1", [await volunteer(elsewhere)]);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [mine, elsewhere]);
  await until(() => stream.told.length > 0);
  expect(stream.told).toMatchObject([{ kind: "RETRACT", id: `volunteer:${mine}`, node: null }]);
  stream.close();
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [mine, here]);
});

test("without a token nobody subscribes", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: CHANGED, variables: { datasets: ["volunteer"] } }),
  });
  expect(response.status).toBe(401);
  const socket = new WebSocket(`${hub.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const code = await new Promise((resolve) => {
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    socket.on("close", resolve);
  });
  expect(code).toBe(4401);
});

test("events are recorded, and those about persons before they leave", async () => {
  await grant(here);
  const stream = await overEvents({ datasets: ["volunteer"] });
  await begun(stream, await volunteer(here));
  const { rows } = await run(
    "SELECT rows, outcome FROM access_record WHERE department = $1 AND operation IS NULL AND rows > 0 ORDER BY at DESC LIMIT 1",
    [READER],
  );
  expect(rows).toMatchObject([{ outcome: "ANSWERED" }]);
  stream.close();
});

test("a subscription is no question, and a question no subscription", async () => {
  await grant(here);
  const asking = { purpose: PURPOSE, variables: { datasets: ["volunteer"] } };
  const { errors } = await hub.ask(CHANGED, READER, asking);
  expect(errors[0].extensions.code).toBe("BAD_USER_INPUT");
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { ...(await headersOf()), "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: "{ me { subject } }" }),
  });
  expect(await response.text()).toContain('"BAD_USER_INPUT"');
});

test("the client of GraphQL over SSE understands the stream", async () => {
  await grant(here);
  const { createClient } = require("graphql-sse") as {
    createClient(options: object): {
      iterate(asked: object): AsyncIterableIterator<{ data: { changed: Told[] } }>;
      dispose(): void;
    };
  };
  const client = createClient({ url: `${hub.url}/graphql`, headers: await headersOf(), retryAttempts: 0 });
  const changes = client.iterate({ query: CHANGED, variables: { datasets: ["volunteer"] } });
  const first = changes.next();
  const told: Told[] = [];
  void first.then(({ value }) => told.push(...value.data.changed));
  await begun({ told } as unknown as Stream, await volunteer(here));
  expect(told[0]).toMatchObject({ kind: "UPSERT", id: `volunteer:${await volunteer(here)}` });
  client.dispose();
});

test("one asker holds a bounded number of subscriptions, and places come back", async () => {
  await grant(here);
  const streams: Stream[] = [];
  const limited = (stream?: Stream) => stream?.errors[0]?.extensions.code === "RATE_LIMITED";
  const another = async () => {
    const stream = await overEvents({ datasets: ["volunteer"] });
    streams.push(stream);
    await Promise.race([stream.ended, new Promise((resolve) => setTimeout(resolve, 300))]);
  };
  while (!streams.some(limited) && streams.length < 40) await another();
  // One of a test before may not have gone yet.
  expect(streams.findIndex(limited)).toBeGreaterThanOrEqual(15);
  for (const stream of streams.splice(0)) stream.close();
  for (let i = 0; i < 20 && (streams.length === 0 || limited(streams.at(-1))); i++) await another();
  expect(limited(streams.at(-1))).toBe(false);
  for (const stream of streams) stream.close();
}, 60_000);
