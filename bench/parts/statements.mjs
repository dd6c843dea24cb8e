// How many statements one operation sends to PostgreSQL, told by the hub's own driver.
import { markdown } from "../measure/table.mjs";
import { startHub } from "../participants/hub/start.mjs";
import { questions } from "../questions/index.mjs";
import { territoryOf } from "../questions/territory.mjs";

const PORT = 47_113;
const TIMES = 20;

async function measure({ place, facts }) {
  const env = { BENCH_COUNT_PORT: String(PORT) };
  const hub = await startHub(place, { name: "hub-counted", preload: "count.cjs", env });
  try {
    const headers = await hub.headersOf(`civil-affairs@${territoryOf("city")}`, "budget-review");
    const counts = {};
    for (const question of questions)
      counts[question.name] = await countOf(hub.url, headers, question, facts);
    return counts;
  } finally {
    await hub.stop();
  }
}

async function countOf(url, headers, question, facts) {
  const all = question.variables("city", facts);
  const ask = async (at) => {
    const body = JSON.stringify({ query: question.hub.query, variables: all[at % all.length] });
    const response = await fetch(url, { method: "POST", headers, body });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
  };
  for (let i = 0; i < 3; i++) await ask(i); // statements met again go by name
  await told();
  const times = question.widths ? 3 : TIMES;
  for (let i = 0; i < times; i++) await ask(i);
  return kindsOf(await told(), times);
}

const told = async () => (await fetch(`http://127.0.0.1:${PORT}`)).json();

/** The planner's statements hold the epoch they were decided under; the rest are records and looks at the epoch. */
function kindsOf(statements, times) {
  const isRead = ({ text }) => text.includes("grant_epoch") && text.length > 100;
  const isRecord = ({ text }) => /^\s*(INSERT|WITH|BEGIN|COMMIT)/.test(text);
  const sum = (some) => some.reduce((all, { count }) => all + count, 0) / times;
  const reads = statements.filter(isRead);
  const rest = statements.filter((statement) => !isRead(statement));
  return {
    reads: sum(reads),
    prepared: reads.every(({ named }) => named),
    records: sum(rest.filter(isRecord)),
    others: sum(rest.filter((statement) => !isRecord(statement))),
  };
}

function paper(counts) {
  const rows = Object.entries(counts).map(([name, { reads, prepared, records, others }]) => [
    name,
    reads.toFixed(2),
    prepared ? "yes" : "no",
    records.toFixed(2),
    others.toFixed(2),
  ]);
  return `## Statements per operation

One after the other, so that no commit of records is shared; other statements are looks at the rights' epoch, one a second.

${markdown(["question", "reads", "prepared", "records", "others"], rows)}`;
}

export const statements = { name: "statements", measure, paper };
