// Measures one question: all participants in turn, round after round, so that a noisy minute meets all alike.
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf, forgetPeak, peakOf } from "./cpu.mjs";
import { asks } from "./verify.mjs";

/** What a participant still writes after its last answer, such as records in batches, is its cost too. */
const SETTLE = 700;

/**
 * @typedef {object} Figures
 * @property {number} cpu milliseconds per request, node and PostgreSQL together
 * @property {number} node milliseconds per request of the participant's process alone
 * @property {number} rps
 * @property {number} p50
 * @property {number} p99
 * @property {number} peak mebibytes of the participant's process
 * @property {number} requests
 */

/** @returns {Promise<Record<string, Figures[]>>} figures of each round by participant */
export async function measure(bench, question, scope, connections, { rounds, milliseconds, warm, warmth }) {
  const enough = question.warmth * warmth;
  const takers = bench.running.filter(({ name }) => asks(name, question));
  const figures = Object.fromEntries(takers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const taker of turned(takers, round)) {
      const order = orderFor(taker, question, scope, bench.facts, connections);
      if (round === 0) await warmUp(bench, taker, question.name, enough, { ...order, milliseconds: warm });
      figures[taker.name].push(
        await measureOnce(bench, taker, { ...order, milliseconds, atLeast: enough / 8 }),
      );
    }
  return figures;
}

/** Another one begins each round, so that what one leaves behind for the database meets others alike. */
function turned(takers, round) {
  return takers.map((_, at) => takers[(at + round) % takers.length]);
}

/** A question's code is compiled once; another scope or number of connections needs less. */
function warmUp({ generator, warmed }, { name }, question, enough, order) {
  const known = warmed.has(`${name} ${question}`);
  warmed.add(`${name} ${question}`);
  return generator.order({ ...order, atLeast: known ? enough / 8 : enough });
}

function orderFor(taker, question, scope, facts, connections) {
  const bodies = question.variables(scope, facts).map((variables) => taker.body(question, scope, variables));
  return { url: taker.url, headers: taker.headers(scope), bodies, connections };
}

async function measureOnce({ generator, postmaster }, { pid }, order) {
  forgetPeak(pid);
  const [node, database] = [cpuOf(pid), cpuOf(postmaster)];
  const { requests, milliseconds, p50, p99 } = await generator.order(order);
  await pause(SETTLE);
  const used = cpuOf(pid) - node;
  return {
    cpu: (used + cpuOf(postmaster) - database) / requests,
    node: used / requests,
    rps: (requests * 1000) / milliseconds,
    p50,
    p99,
    peak: peakOf(pid),
    requests,
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Half the distance of the extremes, as a share of the median. */
export function spread(numbers) {
  return (Math.max(...numbers) - Math.min(...numbers)) / 2 / median(numbers);
}
