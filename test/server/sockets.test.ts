// Sockets in the hands of people who mean no good: floods, answers that nobody reads, more of them than one needs.
import WebSocket from "ws";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";

const READER = "civil-affairs@140100000000";
const RATE = 100;

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub({ env: { RATE_LIMIT: String(RATE) } });
}, 120_000);
afterAll(() => hub.close());

interface Line {
  readonly socket: WebSocket;
  readonly told: { type: string; id?: string; payload?: { extensions: { code: string } }[] }[];
  /** The code with which it was closed. */
  readonly closed: Promise<number>;
  say(message: object): void;
}

const open: Line[] = [];
async function line(): Promise<Line> {
  const socket = new WebSocket(`${hub.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const told: Line["told"] = [];
  socket.on("message", (text) => told.push(JSON.parse(String(text))));
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.once("open", resolve));
  const one = { socket, told, closed, say: (message: object) => socket.send(JSON.stringify(message)) };
  open.push(one);
  return one;
}
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate();
});

async function welcomed(subject?: string): Promise<Line> {
  const token = await signDemoToken(hub.dataDir, { department: READER, duties: ["read"], subject });
  const one = await line();
  one.say({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  let over = false;
  void one.closed.then(() => {
    over = true;
  });
  await until(() => one.told.length > 0 || over);
  return one;
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; !(await what()); i++) {
    if (i > 1_000) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const CHANGED = 'subscription { changed(datasets: ["facility"]) { id } }';
const subscribe = (id: string, query = CHANGED) => ({ id, type: "subscribe", payload: { query } });

test("a stranger who sends pings and reads no answer is cut off", async () => {
  const { socket, closed } = await line();
  (socket as unknown as { _socket: { pause(): void } })._socket.pause();
  const ping = JSON.stringify({ type: "ping", payload: { text: "x".repeat(500_000) } });
  let [sent, over] = [0, false];
  void closed.then(() => {
    over = true;
  });
  for (; !over && sent < 60; sent++) {
    socket.send(ping);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(sent).toBeLessThan(60);
}, 30_000);

test("what is asked by socket counts like what is asked otherwise", async () => {
  const one = await welcomed("flood");
  const answered = () => one.told.filter((t) => t.payload?.[0]?.extensions.code === "BAD_USER_INPUT").length;
  for (let i = 0; i < RATE / 2; i++) one.say(subscribe(`b${i}`, "{ me { subject } }"));
  await until(() => answered() === RATE / 2);
  for (let i = 0; i < 4 * RATE; i++) one.say(subscribe(`a${i}`, "{ me { subject } }"));
  expect(await one.closed).toBe(4429);
  expect(answered()).toBeLessThanOrEqual(RATE);
});

test("one asker holds a bounded number of sockets, and places come back", async () => {
  const lines = await Promise.all(Array.from({ length: 51 }, () => welcomed("many")));
  const refused = lines.filter(({ told }) => told.length === 0);
  expect(refused).toHaveLength(1);
  expect(await (refused[0] as Line).closed).toBe(4429);
  for (const { socket } of lines) socket.terminate();
  await until(async () => (await welcomed("many")).told[0]?.type === "connection_ack");
});

test("a subscription ends with its socket, also one whose id was given twice", async () => {
  const asker = "twice";
  const one = await welcomed(asker);
  for (let i = 0; i < 20; i++) {
    one.say(subscribe("a"));
    one.say({ id: "a", type: "complete" });
  }
  one.say(subscribe("a"));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  one.socket.close();
  await one.closed;
  const limited = async () => {
    const other = await welcomed(asker);
    for (let i = 0; i < 20; i++) other.say(subscribe(`b${i}`));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const codes = other.told.flatMap((t) => t.payload?.map?.((e) => e.extensions.code) ?? []);
    other.socket.close();
    return codes.includes("RATE_LIMITED");
  };
  expect(await limited()).toBe(false);
});
