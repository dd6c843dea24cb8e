// The load generator, a process of its own: so many connections, each asking the next as soon as it is answered.
import { Pool } from "undici";

const LONGEST = 30_000;

let pool;
let place;

process.on("message", async (order) => {
  try {
    process.send(await work(order));
  } catch (error) {
    process.send({ failure: String(error?.stack ?? error) });
  }
});

/** Connections stay open between orders to the same participant. */
function poolFor(origin, connections) {
  if (place === `${origin} ${connections}`) return pool;
  void pool?.close();
  place = `${origin} ${connections}`;
  pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 });
  return pool;
}

/** For so many milliseconds, and longer where a busy machine got too few requests done, but not for ever. */
async function work({ url, headers, bodies, connections, milliseconds, atLeast = 0 }) {
  const { origin, pathname } = new URL(url);
  const client = poolFor(origin, connections);
  const latencies = [];
  let next = 0;
  let bytes = 0;
  const begin = performance.now();
  const goesOn = (spent) => spent < milliseconds || (next < atLeast && spent < LONGEST);
  const ask = async () => {
    while (goesOn(performance.now() - begin)) {
      const body = bodies[next++ % bodies.length];
      const asked = performance.now();
      const answer = await client.request({ path: pathname, method: "POST", headers, body });
      const content = Buffer.from(await answer.body.arrayBuffer());
      latencies.push(performance.now() - asked);
      bytes += content.length;
      if (answer.statusCode !== 200 || hasErrors(content))
        throw new Error(`answered ${answer.statusCode}: ${content.toString("utf8", 0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  return summary(latencies, performance.now() - begin, bytes);
}

/** Before the data or after it, as the servers have it; rows do not stand so near to the ends. */
function hasErrors(content) {
  return content.subarray(0, 10).includes('"errors"') || content.subarray(-400).includes('"errors":[');
}

function summary(latencies, milliseconds, bytes) {
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return { requests: latencies.length, milliseconds, bytes, p50: at(0.5), p99: at(0.99) };
}
