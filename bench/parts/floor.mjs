// What the limit costs when it does what the hub may not leave out: between the two stands the floor of a small answer.
import { measure as measureRounds } from "../measure/rounds.mjs";
import { markdown, middle, ratio } from "../measure/table.mjs";
import { STEPS, startFloor } from "../participants/floor/index.mjs";
import { TABLE } from "../participants/floor/records.mjs";
import { hub } from "../participants/hub/index.mjs";
import { limit } from "../participants/limit/index.mjs";
import { page } from "../questions/page.mjs";
import { point } from "../questions/point.mjs";

/** Requests before the first that counts: all that is done for a small answer is compiled by then, also in the hub. */
const WARMTH = 10_000;

const NAMES = {
  limit: "the limit",
  who: "and who asks: a verified token, the rate, the rights' epoch",
  record: "and an access record, written within half a second",
  kept: "and the answer's headers, the log's line",
  hub: "the hub",
  durable: "for comparison: the floor, its record durable before each answer",
};

async function measure({ place, generator, postmaster, facts }, { rounds, milliseconds, warm, warmth }) {
  await place.client.query(TABLE);
  const running = [];
  try {
    running.push({ name: "limit", ...(await limit.start(place)) });
    for (const step of STEPS) running.push(await startFloor(place, step));
    running.push({ name: "hub", ...(await hub.start(place)) });
    const cells = [];
    for (const one of [point, page]) {
      const question = {
        ...one,
        warmth: WARMTH,
        ...Object.fromEntries(STEPS.map((step) => [step, one.limit])),
      };
      const bench = { running, generator, postmaster, facts, warmed: new Set() };
      const options = { rounds: Math.max(rounds, 5), milliseconds, warm, warmth };
      const figures = await measureRounds(bench, question, "city", 16, options);
      cells.push({ question: one.name, scope: "city", connections: 16, figures });
    }
    return cells;
  } finally {
    for (const { stop } of running) await stop();
    await place.client.query("DROP TABLE IF EXISTS bench_record; DROP SEQUENCE IF EXISTS bench_record_seq");
  }
}

function paper(cells) {
  const rows = Object.entries(NAMES).map(([name, says]) => [
    says,
    ...cells.flatMap((cell) => [
      middle(cell.figures[name], "cpu").toFixed(2),
      middle(cell.figures[name], "node").toFixed(2),
      ratio(cell, name, "limit").toFixed(2),
    ]),
  ]);
  const head = cells.flatMap(({ question }) => [`${question}: CPU ms`, "of it node", "÷ limit"]);
  return `## The floor of a small answer

The limit's own statements and server, hand-written and without GraphQL, with what the hub may not leave out added step by
step; 16 connections, whole city, interleaved rounds. Each line does what those above it do. The floor writes its records into a
table of the same columns and indexes; it seals none, fixes its decision when it starts, and knows all questions beforehand.

${markdown(["", ...head], rows)}`;
}

export const floor = { name: "floor", measure, paper };
