// What permissions cost: the hub beside the same hub under a decision that opens everything, for a reader of 1, 5 and 100
// territories. Both are asked for rows within what is granted, so that both send the same.
import { deepStrictEqual } from "node:assert";
import { measure as measureRounds } from "../measure/rounds.mjs";
import { markdown, middle, ratio } from "../measure/table.mjs";
import { startHub } from "../participants/hub/start.mjs";

const DEPARTMENT = "planning@140100000000";
/** The purposes under which setup/rights.sql grants so many territories. */
const PURPOSES = { 1: "budget-review", 5: "staffing-plan", 100: "elderly-care" };

const FIELDS = "transactionNo occurredAt direction category amount voucherNo";

const questions = [
  {
    name: "one",
    asks: "one transaction of a granted street by its number, 6 fields",
    warmth: 2000,
    query: `query One($no: String!) { fundTransaction(transactionNo: $no) { ${FIELDS} } }`,
    variables: (rows) => rows.map(({ no }) => ({ no })),
  },
  {
    name: "hundred",
    asks: "100 transactions of a community of a granted street, 6 fields",
    warmth: 600,
    query: `query Hundred($within: String!) {
      fundTransactions(where: { territory: { within: $within } }, first: 100) { nodes { ${FIELDS} } }
    }`,
    variables: (rows) => rows.map(({ community }) => ({ within: community })),
  },
  {
    name: "nested",
    asks: "the committees of a granted street, 20 at most, each with its five latest transactions",
    warmth: 200,
    query: `query Nested($within: String!) {
      committees(where: { territory: { within: $within } }, first: 20) {
        nodes {
          code name
          fundTransactions(orderBy: [{ field: OCCURRED_AT, direction: DESC }], first: 5) { nodes { ${FIELDS} } }
        }
      }
    }`,
    variables: (rows) => rows.map(({ street }) => ({ within: street })),
  },
];

async function measure({ place, generator, postmaster }, { rounds, milliseconds, warm }) {
  const granted = await rowsGranted(place.client);
  const running = [];
  try {
    for (const [name, preload] of [["hub"], ["hub-open", "open.cjs"]])
      running.push(await taker(place, name, preload));
    const cells = [];
    for (const one of questions)
      for (const territories of Object.keys(PURPOSES)) {
        const question = { ...one, hub: one, variables: (many) => one.variables(granted[many]) };
        await sameAnswers(running, question, territories);
        const options = { rounds: Math.max(rounds, 3), milliseconds, warm };
        const bench = { running, generator, postmaster, warmed: new Set() };
        const figures = await measureRounds(bench, question, territories, 16, options);
        cells.push({ question: question.name, scope: territories, connections: 16, figures });
      }
    return cells;
  } finally {
    for (const { stop } of running) await stop();
  }
}

/** A transaction of each granted street, with its community. */
async function rowsGranted(client) {
  const granted = {};
  for (const [many, purpose] of Object.entries(PURPOSES)) {
    const { rows } = await client.query(
      `SELECT DISTINCT ON (g.territory) g.territory AS street, t.territory AS community, t.transaction_no AS no
         FROM access_grant g JOIN fund_transaction t ON left(t.territory, 9) = left(g.territory, 9)
        WHERE g.department = $1 AND g.purpose = $2 ORDER BY g.territory, md5(t.transaction_no)`,
      [DEPARTMENT, purpose],
    );
    granted[many] = rows;
  }
  return granted;
}

async function taker(place, name, preload) {
  const { headersOf, ...started } = await startHub(place, { name: `${name}-permissions`, preload });
  const headers = {};
  for (const [many, purpose] of Object.entries(PURPOSES))
    headers[many] = await headersOf(DEPARTMENT, purpose);
  const body = ({ query }, _scope, variables) => JSON.stringify({ query, variables });
  return { name, ...started, headers: (many) => headers[many], body };
}

async function sameAnswers(running, question, many) {
  const [variables] = question.variables(many);
  const answers = await Promise.all(
    running.map(async ({ url, headers, body }) => {
      const response = await fetch(url, {
        method: "POST",
        headers: headers(many),
        body: body(question, many, variables),
      });
      const { data, errors } = await response.json();
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    }),
  );
  deepStrictEqual(answers[0], answers[1]);
}

function paper(cells) {
  const rows = cells.map((cell) => [
    cell.question,
    cell.scope,
    middle(cell.figures.hub, "cpu").toFixed(2),
    middle(cell.figures["hub-open"], "cpu").toFixed(2),
    ratio(cell, "hub", "hub-open").toFixed(2),
  ]);
  const asked = questions.map(({ name, asks }) => `- **${name}**: ${asks}`).join("\n");
  return `## What permissions cost

The hub beside the same hub whose decisions open everything (a decision made in the bench alone), 16 connections; goal: at
most 1.1.

${asked}

${markdown(["question", "granted territories", "on ms", "off ms", "on ÷ off"], rows)}`;
}

export const permissions = { name: "permissions", measure, paper };
