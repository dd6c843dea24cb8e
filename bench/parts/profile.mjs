// What the time of a small answer is spent on: the processes of the hub and of the limit, sampled under the same load.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "../measure/cpu.mjs";
import { markdown } from "../measure/table.mjs";
import { hub } from "../participants/hub/index.mjs";
import { limit } from "../participants/limit/index.mjs";
import { point } from "../questions/point.mjs";

/** Requests after which code is compiled. */
const WARM = 4000;

/** Where a sample belongs: the first rule that one of its frames meets, from the innermost outwards. */
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
  ["Node: HTTP, streams, timers", () => true],
];
const OUTSIDE = "the rest of Node";
const IDLE = "(idle)";

async function measure({ place, postmaster, facts, generator }, { milliseconds }) {
  const found = {};
  for (const participant of [limit, hub]) {
    const folder = mkdtempSync(path.join(tmpdir(), "bench-profile-"));
    const { pid, url, headers, body, stop } = await participant.start({ ...place, profile: folder });
    const bodies = point.variables("city", facts).map((variables) => body(point, "city", variables));
    const order = { url, headers: headers("city"), bodies, connections: 16, milliseconds };
    await generator.order({ ...order, atLeast: WARM });
    const [from, node, database] = [now(), cpuOf(pid), cpuOf(postmaster)];
    const { requests } = await generator.order({ ...order, atLeast: WARM });
    const to = now();
    await pause(700);
    const used = {
      node: (cpuOf(pid) - node) / requests,
      database: (cpuOf(postmaster) - database) / requests,
    };
    await stop();
    const [file] = readdirSync(folder);
    const shares = sharesOf(JSON.parse(readFileSync(path.join(folder, file), "utf8")), from, to);
    rmSync(folder, { recursive: true });
    found[participant.name] = { ...used, rooms: Object.fromEntries(shares) };
  }
  return found;
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
  const names = Object.keys(found);
  const rooms = [...new Set(names.flatMap((name) => Object.keys(found[name].rooms)))];
  const cost = (name, room) => found[name].node * (found[name].rooms[room] ?? 0);
  const shown = (value) => value.toFixed(3);
  const row = (label, of) => [label, ...names.map((name) => shown(of(name)))];
  const rows = rooms
    .sort((a, b) => cost("hub", b) - cost("hub", a))
    .map((room) => row(room, (name) => cost(name, room)));
  return `## What a small answer is spent on

Milliseconds of processor time per request of **point**, 16 connections; shares of the node process by its sampled
profile (which itself costs some percent), of PostgreSQL as the operating system accounts it.

${markdown(
  ["", ...names.map((name) => `${name} ms`)],
  [
    ...rows,
    row("PostgreSQL", (name) => found[name].database),
    row("together", (name) => found[name].node + found[name].database),
  ],
)}

What the limit has not, and the hub cannot leave out: who asks (identity, rights, rate), the question's variables, the
access record (in PostgreSQL a durable row, besides), the log's line and the metrics.`;
}

export const profile = { name: "profile", measure, paper };
