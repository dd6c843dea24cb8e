/** A department with a hundred granted territories here and there sees their rows, and no row between them. */
import { prefixOf } from "../../src/declare";
import { openTestHub, type TestHub } from "../setup/hub";

const PLANNING = "planning@140100000000";
const QUESTION = `query Money($within: String!) {
  fundTransactions(where: { territory: { within: $within } }, first: 1000) { totalCount nodes { transactionNo amount } }
  committees(where: { territory: { within: $within } }, first: 100) {
    nodes { code fundTransactions(first: 900) { totalCount nodes { transactionNo } } }
  }
}`;

interface Row {
  readonly no: string;
  readonly territory: string;
}

let hub: TestHub;
let rows: Row[];
let granted: string[];
let communities: string[];

beforeAll(async () => {
  hub = await openTestHub();
  const found = await hub.database.pool.query(
    "SELECT transaction_no AS no, territory FROM fund_transaction WHERE retired_at IS NULL",
  );
  rows = found.rows;
  communities = [...new Set(rows.map((r) => r.territory))].sort();
  const street = `${communities.at(-1)?.slice(0, 9)}000`;
  const elsewhere = Array.from({ length: 90 }, (_, i) => `140107${String(101 + 2 * i).padStart(3, "0")}000`);
  granted = [...communities.filter((_, i) => i % 3 === 0), street, "140110000000", ...elsewhere];
  await hub.database.pool.query(
    `INSERT INTO access_grant (department, dataset, level, territory, purpose, legal_basis, granted_by, starts_at)
     SELECT $1, 'fundTransaction', 'FULL', node, 'elderly-care', 'a test', 'finance@140100000000', '2026-01-01T00:00:00Z'
       FROM unnest($2::text[]) AS node`,
    [PLANNING, granted],
  );
}, 120_000);
afterAll(() => hub.close());

const under = (node: string, { territory }: Row) => territory.startsWith(prefixOf(node));

/** Numbers of the rows of an area that some grant reaches. */
function expected(area: string): string[] {
  const open = rows.filter((row) => under(area, row) && granted.some((node) => under(node, row)));
  return open.map(({ no }) => no).sort();
}

const numbers = (nodes: { transactionNo: string }[]) => nodes.map((n) => n.transactionNo).sort();

test("scattered territories open their own rows, whichever area is asked, in any order", async () => {
  const streets = [...new Set(communities.map((code) => `${code.slice(0, 9)}000`))];
  const areas = ["140100000000", ...streets, ...communities, ...streets];
  const sizes = new Set<boolean>();
  for (const within of areas) {
    const asking = { purpose: "elderly-care", variables: { within } };
    const { fundTransactions, committees } = await hub.data(QUESTION, PLANNING, asking);
    const open = expected(within);
    expect([within, fundTransactions.totalCount]).toEqual([within, open.length]);
    expect([within, numbers(fundTransactions.nodes)]).toEqual([within, open.slice(0, 1000)]);
    for (const { code, fundTransactions: own } of committees.nodes)
      expect([code, numbers(own.nodes)]).toEqual([code, expected(code)]);
    sizes.add(open.length > 0);
  }
  expect(granted.length).toBeGreaterThan(90);
  expect([...sizes].sort()).toEqual([false, true]);
}, 120_000);

test("one row by its key is there where it is granted alone", async () => {
  const ask = async ({ no }: Row) => {
    const query = "query ($no: String!) { fundTransaction(transactionNo: $no) { transactionNo } }";
    const asking = { purpose: "elderly-care", variables: { no } };
    return (await hub.data(query, PLANNING, asking)).fundTransaction?.transactionNo;
  };
  const open = new Set(expected("140100000000"));
  const some = communities.map((code) => rows.find((r) => r.territory === code) as Row);
  for (const row of some) expect(await ask(row)).toBe(open.has(row.no) ? row.no : undefined);
});

test("both exits write the notes of so many territories alike", async () => {
  const query = "{ fundTransactions(first: 1) { nodes { amount } } }";
  const asking = { purpose: "elderly-care" };
  const text = async (question: string) => {
    const { extensions } = await hub.ask(question, PLANNING, asking);
    return JSON.stringify(extensions.access);
  };
  const first = await text(query);
  expect(JSON.parse(first)[0].held.length).toBe(granted.length + 1);
  expect(await text(query)).toBe(first);
  expect(await text(query.replace("{", "{ __schema { queryType { name } }"))).toBe(first);
});

test("records of such answers name the grants in one footprint, and the log tells them", async () => {
  const query = "query Granted($first: Int) { fundTransactions(first: $first) { nodes { amount } } }";
  const ids: (string | null)[] = [];
  for (const first of [1, 2]) {
    const answer = await hub.post(query, PLANNING, { purpose: "elderly-care", variables: { first } });
    expect(await answer.json()).not.toHaveProperty("errors");
    ids.push(answer.headers.get("x-request-id"));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // a record that nobody waits for
  const records = await hub.database.pool.query(
    "SELECT grants, encode(footprint, 'hex') AS footprint FROM access_record WHERE request_id = ANY ($1)",
    [ids],
  );
  expect(records.rows).toHaveLength(2);
  expect(records.rows[0]).toEqual({ grants: null, footprint: records.rows[1].footprint });
  const given = await hub.database.pool.query("SELECT id FROM access_grant WHERE department = $1", [
    PLANNING,
  ]);
  for (const requestId of ids) {
    const log = "query ($id: String) { accessLog(where: { requestId: $id }) { nodes { grants } } }";
    const asking = { duties: ["audit" as const], variables: { id: requestId } };
    const { accessLog } = await hub.data(log, "audit@140100000000", asking);
    const [{ grants }] = accessLog.nodes;
    expect(grants.length).toBeGreaterThanOrEqual(90);
    expect(given.rows.map((r) => r.id)).toEqual(expect.arrayContaining(grants));
  }
}, 60_000);
