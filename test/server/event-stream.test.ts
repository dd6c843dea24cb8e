// A stream of events ends with its client, whenever that leaves, and leaves nothing behind on its response.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, type Socket } from "node:net";
import express from "express";
import { buildSchema, parse } from "graphql";
import { eventStream } from "../../src/server/event-stream";
import type { Subscriptions } from "../../src/server/live";
import { openVisit } from "../../src/server/visit";

const schema = buildSchema("type Query { no: Int } type Subscription { big: String }");
const document = parse("subscription { big }");

/** A source that can be asked for one value after the other, and knows when it is told to end. */
function source() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const values: string[] = [];
  let wake = () => {};
  const own: AsyncIterableIterator<{ big: string }> = {
    async next() {
      while (values.length === 0) {
        const given = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const over = await Promise.race([given, ended.then(() => true)]);
        if (over) return { done: true, value: undefined };
      }
      return { done: false, value: { big: values.shift() as string } };
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => own,
  };
  const give = (value: string) => {
    values.push(value);
    wake();
  };
  return { own, ended, give };
}

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Serves one subscription, which begins once `begin` resolves; gives the client's end of the line. */
async function served(own: AsyncIterableIterator<object>, begin: Promise<void>) {
  let opened: import("node:http").ServerResponse | undefined;
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const subscriptions: Subscriptions = {
    async argsOf() {
      asked();
      await begin;
      return { schema, document, rootValue: { big: () => own } };
    },
    told: () => ({ errors: [] }),
    leave: () => {},
  };
  const app = express();
  app.use((request, response, next) => {
    openVisit(request, response);
    opened = response;
    next();
  });
  app.use(express.json(), eventStream(subscriptions));
  server = createServer(app).listen(0);
  await once(server, "listening");
  const socket: Socket = connect((server.address() as AddressInfo).port);
  const body = JSON.stringify({ query: "subscription { big }" });
  socket.write(
    `POST / HTTP/1.1\r\nHost: hub\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await isAsked;
  return { socket, response: opened as import("node:http").ServerResponse };
}

test("a client that leaves before its subscription has begun leaves nothing running", async () => {
  const { own, ended } = source();
  let begin = () => {};
  const { socket, response } = await served(own, new Promise((resolve) => (begin = () => resolve())));
  socket.destroy();
  await once(response, "close");
  begin();
  await ended;
});

test("a client that reads slowly is waited for without a listener left behind each time", async () => {
  const { own, give, ended } = source();
  const { socket, response } = await served(own, Promise.resolve());
  await once(socket, "data");
  const before = response.listenerCount("close");
  let read = 0;
  socket.on("data", (bytes) => {
    read += bytes.length;
  });
  const [count, size] = [15, 256 * 1024];
  for (let i = 0; i < count; i++) {
    socket.pause();
    give("x".repeat(size));
    await once(response, "drain", { signal: AbortSignal.timeout(50) }).catch(() => undefined);
    socket.resume();
    while (read < size * (i + 1)) await once(socket, "data");
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(response.listenerCount("close")).toBeLessThanOrEqual(before + 1);
  socket.destroy();
  await ended;
});
