// Whether two hubs on one database cost more per request than one: they share nothing but PostgreSQL.
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "../measure/cpu.mjs";
import { openGenerator } from "../measure/generator.mjs";
import { median } from "../measure/rounds.mjs";
import { markdown } from "../measure/table.mjs";
import { startHub } from "../participants/hub/start.mjs";
import { nested } from "../questions/nested.mjs";
import { page } from "../questions/page.mjs";
import { point } from "../questions/point.mjs";
import { territoryOf } from "../questions/territory.mjs";

async function measure({ place, postmaster, facts }, { rounds, milliseconds }) {
  const hubs = [await startHub(place, { name: "hub-first" }), await startHub(place, { name: "hub-second" })];
  const generators = hubs.map(openGenerator);
  const cost = async (orders) => {
    const spent = () => cpuOf(postmaster) + hubs.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
    const before = spent();
    const done = await Promise.all(orders.map((order, at) => generators[at].order(order)));
    await pause(700);
    return (spent() - before) / done.reduce((sum, { requests }) => sum + requests, 0);
  };
  try {
    const found = {};
    for (const question of [point, page, nested]) {
      const bodies = question
        .variables("city", facts)
        .map((variables) => JSON.stringify({ query: question.hub.query, variables }));
      const orders = await Promise.all(
        hubs.map(async ({ url, headersOf }) => {
          const headers = await headersOf(`civil-affairs@${territoryOf("city")}`, "budget-review");
          return { url, headers, bodies, milliseconds, atLeast: question.warmth / 2 };
        }),
      );
      await cost(orders.map((order) => ({ ...order, connections: 8 })));
      const [one, two] = [[], []];
      for (let round = 0; round < Math.max(rounds, 3); round++) {
        one.push(await cost([{ ...orders[0], connections: 16 }]));
        two.push(await cost(orders.map((order) => ({ ...order, connections: 8 }))));
      }
      found[question.name] = {
        one: median(one),
        two: median(two),
        ratio: median(two.map((cpu, at) => cpu / one[at])),
      };
    }
    return found;
  } finally {
    for (const generator of generators) generator.close();
    for (const hub of hubs) await hub.stop();
  }
}

function paper(found) {
  const rows = Object.entries(found).map(([name, { one, two, ratio }]) => [
    name,
    one.toFixed(2),
    two.toFixed(2),
    ratio.toFixed(2),
  ]);
  return `## A second hub on the same database

CPU milliseconds per request with 16 connections to one hub, and with 8 to each of two; goal: at most 1.1.

${markdown(["question", "one hub ms", "two hubs ms", "two ÷ one"], rows)}`;
}

export const second = { name: "second", measure, paper };
