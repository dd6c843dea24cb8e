// Loaded before the hub by the bench alone: counts the statements that go to PostgreSQL, and tells them on a port of its own.
const http = require("node:http");
const { createRequire } = require("node:module");
const path = require("node:path");

const ofTheHub = createRequire(path.resolve(__dirname, "../../../../dist/src/main.js"));
const { Client } = ofTheHub("pg");

let counts = new Map();
const query = Client.prototype.query;
Client.prototype.query = function counted(asked, ...rest) {
  const text = typeof asked === "string" ? asked : asked.text;
  const one = counts.get(text) ?? { text, named: Boolean(asked.name), count: 0 };
  counts.set(text, { ...one, named: Boolean(asked.name), count: one.count + 1 });
  return query.call(this, asked, ...rest);
};

http
  .createServer((_request, response) => {
    const told = [...counts.values()];
    counts = new Map();
    response.setHeader("content-type", "application/json").end(JSON.stringify(told));
  })
  .listen(Number(process.env.BENCH_COUNT_PORT), "127.0.0.1")
  .unref();
