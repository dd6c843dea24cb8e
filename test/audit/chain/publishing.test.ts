// The head leaves the database: to a file and to an address, again where it failed, and a database that tells another is noticed.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Chain, createChain, fileOf, type Head, urlOf } from "../../../src/audit";
import { type ChainedLog, chainedLog, findingsOf } from "./chained";

let log: ChainedLog;
let server: Server;
let url: string;
let status = 200;
let posted: Head[] = [];
let failures: string[] = [];

beforeEach(async () => {
  log = await chainedLog();
  [status, posted, failures] = [200, [], []];
  server = createServer(async (request, response) => {
    const head = JSON.parse(await text(request)) as Head;
    if (status === 200) posted.push(head);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heads`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await log.close();
});

function open(): Chain {
  const onError = (error: Error, doing: string) => failures.push(`${doing}: ${error.message}`);
  const places = [fileOf(log.heads), urlOf(url)];
  return createChain({ pool: log.pool, now: () => new Date(), places, onError, interval: 0 });
}

const lines = (): Head[] =>
  readFileSync(log.heads, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("each new head is in the file and at the address, once", async () => {
  const chain = open();
  await log.record({}, {});
  await chain.turn();
  await chain.turn();
  await log.record({});
  await chain.turn();
  expect(lines()).toMatchObject([
    { seal: 1, records: 2 },
    { seal: 2, records: 3 },
  ]);
  expect(posted).toEqual(lines());
  expect(await findingsOf(log.pool, log.heads)).toEqual([]);
  expect(chain.view()).toMatchObject({ published: { head: { seal: 2 } }, coveredAt: expect.any(Date) });
  expect(failures).toEqual([]);
});

test("an address that fails is told the newest head when it answers again; until then nothing counts as covered", async () => {
  const chain = open();
  await log.record({});
  await chain.turn();
  const { coveredAt } = chain.view();
  status = 503;
  await log.record({});
  await chain.turn();
  await log.record({});
  await chain.turn();
  expect(failures).toEqual(Array(2).fill("publish to the url: the place for heads answered 503"));
  expect(chain.view()).toMatchObject({ published: { head: { seal: 1 } }, coveredAt });
  expect(lines().map(({ seal }) => seal)).toEqual([1, 2, 3]);
  status = 200;
  await chain.turn();
  expect(posted.map(({ seal }) => seal)).toEqual([1, 3]);
  expect(chain.view().published.head?.seal).toBe(3);
});

test("another process goes on where the file ends", async () => {
  await log.record({});
  await open().turn();
  await open().turn();
  expect(lines()).toHaveLength(1);
  await log.record({});
  const next = open();
  await next.close();
  expect(lines()).toHaveLength(2);
});

test("a database that tells another head than was published is noticed at once, also by a process that starts", async () => {
  const chain = open();
  await log.record({});
  await chain.turn();
  const client = await log.pool.connect();
  await client.query("SET session_replication_role = replica");
  await client.query("UPDATE access_seal SET head = sha256(head) WHERE number = 1");
  await client.query("RESET session_replication_role");
  client.release();
  await chain.turn();
  const next = open();
  await next.turn();
  for (const one of [chain, next]) expect(one.view().published.differs).toBe(1);
  const told = "compare heads: the head of seal 1 differs from the published one: run hub audit verify";
  expect(failures).toEqual([told, told]);
});

test("a database that is away is an error that is told, and the chain goes on after it", async () => {
  const chain = open();
  await log.pool.query("ALTER TABLE access_seal RENAME TO access_seal_away");
  await log.record({});
  await chain.turn();
  expect(failures[0]).toMatch(/^seal access records: /);
  await log.pool.query("ALTER TABLE access_seal_away RENAME TO access_seal");
  await chain.turn();
  expect(lines()).toMatchObject([{ seal: 1 }]);
});
