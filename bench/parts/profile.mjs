// What the time of an answer is spent on: the processes of the hub and of the limit, sampled under the same load.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "../measure/cpu.mjs";
import { markdown } from "../measure/table.mjs";
import { hub } from "../participants/hub/index.mjs";
import { limit } from "../participants/limit/index.mjs";
import { nested } from "../questions/nested.mjs";
import { page } from "../questions/page.mjs";
import { point } from "../questions/point.mjs";
import { rows1000 } from "../questions/rows1000.mjs";

const QUESTIONS = [point, page, nested, rows1000];

/** Where a sample belongs: its own frame for the first two, else the innermost frame that is not Node's. */
const ROOMS = [
  [
    "operating system: writing to sockets",
    ({ functionName: name }) => /^write(v|Buffer|\w+String)$/.test(name),
  ],
  ["collecting garbage", ({ functionName: name }) => name === "(garbage collector)"],
  ["driver of PostgreSQL", ({ url }) => /\/(pg|pg-pool|pg-protocol|pg-types)\//.test(url)],
  ["log and metrics", ({ url }) => /\/(pino|sonic-boom|prom-client)\/|\/server\/(journal|metrics)/.test(url)],
  ["GraphQL: variables and plan", ({ url }) => /\/graphql\/|\/src\/read\//.test(url)],
  [
    "identity, rights and rate",
    ({ url }) =>
      /\/src\/(identity|access)\/|\/(jose|rate-limiter-flexible)\/|\/server\/(entrance|decisions)/.test(url),
  ],
  ["access record", ({ url }) => /\/src\/audit\/|\/server\/recording/.test(url)],
  ["the participant's own way in and out", ({ url }) => /\/src\/|\/bench\/participants\//.test(url)],
  ["other packages", () => true],
];
/** Without a frame of anybody else. */
const OUTSIDE = "Node itself: HTTP, streams, timers";
const IDLE = "(idle)";

async function measure(bench, options) {
  const found = Object.fromEntries(QUESTIONS.map(({ name }) => [name, {}]));
  for (const participant of [limit, hub]) {
    const folder = mkdtempSync(path.join(tmpdir(), "bench-profile-"));
    const taker = await participant.start({ ...bench.place, profile: folder });
    const spans = {};
    for (const question of QUESTIONS) spans[question.name] = await span(bench, taker, question, options);
    await taker.stop();
    const [file] = readdirSync(folder);
    const profile = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    rmSync(folder, { recursive: true });
    for (const [name, { from, to, ...used }] of Object.entries(spans))
      found[name][participant.name] = { ...used, rooms: Object.fromEntries(sharesOf(profile, from, to)) };
  }
  return found;
}

/** Asks one question for a while: when that was, and what it cost a request. */
async function span(
  { generator, postmaster, facts },
  { pid, url, headers, body },
  question,
  { milliseconds },
) {
  const bodies = question.variables("city", facts).map((variables) => body(question, "city", variables));
  const order = { url, headers: headers("city"), bodies, connections: 16, milliseconds };
  await generator.order({ ...order, atLeast: question.warmth });
  const [from, node, database] = [now(), cpuOf(pid), cpuOf(postmaster)];
  const { requests } = await generator.order({ ...order, atLeast: question.warmth });
  const to = now();
  await pause(700);
  return {
    from,
    to,
    node: (cpuOf(pid) - node) / requests,
    database: (cpuOf(postmaster) - database) / requests,
  };
}

/** Microseconds of the clock that profiles are stamped with. */
const now = () => Number(process.hrtime.bigint() / 1000n);

/** How much of the busy time of a profile, between two moments, was spent in each room. */
function sharesOf({ nodes, samples, timeDeltas, startTime }, from, to) {
  const frames = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) frames.get(child).parent = node;
  const spent = new Map();
  let at = startTime;
  let all = 0;
  samples.forEach((id, i) => {
    at += timeDeltas[i];
    const frame = frames.get(id);
    if (at < from || at > to || frame.callFrame.functionName === IDLE) return;
    all += timeDeltas[i];
    const room = roomOf(frame);
    spent.set(room, (spent.get(room) ?? 0) + timeDeltas[i]);
  });
  return [...spent].map(([room, time]) => [room, time / all]);
}

function roomOf(sampled) {
  const special = ROOMS.slice(0, 2).find(([, isRoom]) => isRoom(sampled.callFrame));
  if (special) return special[0];
  for (let frame = sampled; frame; frame = frame.parent) {
    const { url } = frame.callFrame;
    if (url.startsWith("node:") || !url) continue;
    return ROOMS.slice(2).find(([, isRoom]) => isRoom(frame.callFrame))[0];
  }
  return OUTSIDE;
}

function paper(found) {
  const columns = Object.entries(found).flatMap(([question, by]) =>
    Object.entries(by).map(([who, figures]) => ({ head: `${question}: ${who} ms`, figures })),
  );
  const cost = ({ figures }, room) => figures.node * (figures.rooms[room] ?? 0);
  const rooms = [...new Set(columns.flatMap(({ figures }) => Object.keys(figures.rooms)))];
  const most = (room) => Math.max(...columns.map((column) => cost(column, room)));
  const row = (label, of) => [label, ...columns.map((column) => of(column).toFixed(3))];
  const rows = rooms
    .sort((a, b) => most(b) - most(a))
    .map((room) => row(room, (column) => cost(column, room)));
  return `## What an answer is spent on

Milliseconds of processor time per request, 16 connections, whole city; shares of the node process by its sampled profile
(which itself costs some percent), of PostgreSQL as the operating system accounts it.

${markdown(
  ["", ...columns.map(({ head }) => head)],
  [
    ...rows,
    row("PostgreSQL", ({ figures }) => figures.database),
    row("together", ({ figures }) => figures.node + figures.database),
  ],
)}

What the limit has not, and the hub cannot leave out: who asks (identity, rights, rate), the question's variables, the
access record (in PostgreSQL a durable row, besides), the log's line and the metrics.`;
}

export const profile = { name: "profile", measure, paper };
