// Whether the last page of a walk through half a million rows costs what the first does.
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "../measure/cpu.mjs";
import { markdown } from "../measure/table.mjs";
import { startHub } from "../participants/hub/start.mjs";
import { territoryOf } from "../questions/territory.mjs";

const FIELDS = "volunteerNo name sex state registeredAt totalHours";
const ORDERS = { "by id": "", "by day of registration": "orderBy: [{ field: REGISTERED_AT }], " };
const PAGE = 1000;
/** Pages asked again at either end; processor time is told in hundredths of a second. */
const PAGES = 20;
const TIMES = 5;

async function measure({ place, postmaster }) {
  const hub = await startHub(place, { name: "hub-keyset" });
  try {
    const headers = await hub.headersOf(`civil-affairs@${territoryOf("city")}`, "budget-review");
    const walks = {};
    for (const [name, order] of Object.entries(ORDERS)) {
      const ask = asker(hub.url, headers, order);
      walks[name] = await walk(ask, (cursors) => costOf(ask, cursors, hub.pid, postmaster));
    }
    return walks;
  } finally {
    await hub.stop();
  }
}

function asker(url, headers, order) {
  const query = `query Walk($after: String) {
    volunteers(${order}first: ${PAGE}, after: $after) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } }
  }`;
  return async (after) => {
    const body = JSON.stringify({ query, variables: { after } });
    const answer = await (await fetch(url, { method: "POST", headers, body })).json();
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.volunteers;
  };
}

async function walk(ask, cost) {
  const cursors = [null];
  let rows = 0;
  for (;;) {
    const { nodes, pageInfo } = await ask(cursors.at(-1));
    rows += nodes.length;
    if (!pageInfo.hasNextPage) break;
    cursors.push(pageInfo.endCursor);
  }
  // The last page of all may be a short one.
  const [first, second, last] = [
    await cost([null]),
    await cost(cursors.slice(1, PAGES + 1)),
    await cost(cursors.slice(-PAGES - 1, -1)),
  ];
  return { rows, pages: cursors.length, first, second, last };
}

async function costOf(ask, cursors, pid, postmaster) {
  const many = PAGES * TIMES;
  for (const cursor of cursors) await ask(cursor);
  const before = cpuOf(pid) + cpuOf(postmaster);
  for (let i = 0; i < many; i++) await ask(cursors[i % cursors.length]);
  await pause(700);
  return (cpuOf(pid) + cpuOf(postmaster) - before) / many;
}

function paper(walks) {
  const rows = Object.entries(walks).map(([name, { rows: all, pages, first, second, last }]) => [
    name,
    String(all),
    String(pages),
    first.toFixed(2),
    second.toFixed(2),
    last.toFixed(2),
    (last / first).toFixed(2),
  ]);
  const head = [
    "order",
    "rows",
    "pages",
    "page 1 ms",
    `pages 2 to ${PAGES + 1} ms`,
    `last ${PAGES} ms`,
    "last ÷ first",
  ];
  return `## A walk by keyset

Volunteers, ${PAGE} a page, CPU milliseconds a page, one connection; goal: at most 1.2.

${markdown(head, rows)}`;
}

export const keyset = { name: "keyset", measure, paper };
