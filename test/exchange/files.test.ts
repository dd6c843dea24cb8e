/** A question as a file: the same rows as the lists page by page, without their limit, read back by a parser. */
import { parse } from "csv-parse/sync";
import { openDatabase } from "../../src/database/connect";
import { catalogue } from "../../src/datasets";
import { openTestHub, type TestHub } from "../setup/hub";
import * as objectLine from "./object-line";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";
const CSV = "text/csv";
const NDJSON = "application/x-ndjson";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const LIST = `{ communities(orderBy: [{ field: CODE }]) {
  nodes { code name committee { director } facilities(first: 1) { totalCount } } } }`;

/** Header, rows and the closing line of a CSV. */
async function csvOf(query: string, department: string, accept = CSV) {
  const response = await hub.post(query, department, { accept });
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString("utf8");
  const [header, ...rows]: string[][] = parse(text, { relax_column_count: true, bom: true });
  return { response, text, header, rows: rows.slice(0, -1), end: rows.at(-1)?.[0] };
}

test("a CSV holds all rows, one column per field, links by their path", async () => {
  const { data } = await hub.ask("{ communities { totalCount } }", CIVIL_AFFAIRS);
  const { response, header, rows, end } = await csvOf(LIST, CIVIL_AFFAIRS);
  expect(response.headers.get("content-type")).toMatch(/^text\/csv/);
  expect(header).toEqual(["code", "name", "committee.director", "facilities"]);
  expect(rows).toHaveLength(data.communities.totalCount);
  expect(rows.map((r) => r[0])).toEqual([...rows.map((r) => r[0])].sort());
  expect(JSON.parse(rows[0]?.[3] ?? "")).toEqual({ totalCount: expect.any(Number) });
  expect(end).toContain(`rows: ${rows.length}`);
});

test("a CSV has as many cells in each line, and leaves its last one out on request", async () => {
  const whole = await (await hub.post(LIST, CIVIL_AFFAIRS, { accept: CSV })).text();
  const rows: string[][] = parse(whole);
  expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([4]));
  const bare = await (await hub.post(LIST, CIVIL_AFFAIRS, { accept: "text/csv; note=false" })).text();
  expect(whole.startsWith(bare)).toBe(true);
  expect(parse(bare)).toHaveLength(rows.length - 1);
});

test("NDJSON holds the very objects of the list, and ends with what was withheld", async () => {
  const query = LIST.replace("communities(", "communities(first: 5, ");
  const { data } = await hub.ask(query, CIVIL_AFFAIRS);
  const response = await hub.post(query, CIVIL_AFFAIRS, { accept: NDJSON });
  const lines = (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1)).toEqual(data.communities.nodes);
  expect(lines.at(-1)).toEqual({ _end: { rows: 5, access: [], stamp: expect.any(Object) } });
});

test("more rows than a page may hold come as one file", async () => {
  const { rows } = await csvOf("{ departments { nodes { code } } }", CIVIL_AFFAIRS);
  expect(rows.length).toBeGreaterThan(1_000);
  expect(new Set(rows.map((r) => r[0])).size).toBe(rows.length);
});

test("withheld cells are empty, masked ones masked, and the file says so", async () => {
  const query = "{ volunteers { nodes { volunteerNo name phone } } }";
  const unseen = await csvOf(query, FINANCE);
  expect(unseen.rows).toEqual([]);
  expect(unseen.end).toContain("volunteer");
  const response = await hub.post(query, FINANCE, { accept: CSV, purpose: "budget-review" });
  const masked: string[][] = parse(await response.text(), { relax_column_count: true, from: 2 });
  for (const [, name, phone] of masked.slice(0, -1)) {
    expect(name).toMatch(/^.\*$/);
    expect(phone).toBe("");
  }
  expect(masked.at(-1)?.[0]).toContain("volunteer.phone");
});

test("sealed values leave a file in clear where they are held in full", async () => {
  const { rows } = await csvOf("{ volunteers(first: 5) { nodes { phone } } }", CIVIL_AFFAIRS);
  expect(rows).toHaveLength(5);
  for (const [phone] of rows) expect(phone).toMatch(/^1\d{10}$/);
});

test("a text that a spreadsheet would run is written as text; the byte order mark comes on request", async () => {
  await hub.database.pool.query(
    "UPDATE community SET name = '=cmd|x', version = version + 1, changed_at = now() WHERE code = '140105001001'",
  );
  const { text, rows } = await csvOf(
    '{ communities(where: { code: { eq: "140105001001" } }) { nodes { name } } }',
    CIVIL_AFFAIRS,
    "text/csv; bom=true",
  );
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(rows[0]?.[0]?.startsWith("=")).toBe(false);
});

test.each([
  ["two lists", "{ a: communities { nodes { code } } b: communities { nodes { code } } }"],
  ["no list", '{ committee(code: "140105001001") { name } }'],
  ["a page from the end", "{ communities(last: 2) { nodes { code } } }"],
  ["no rows asked", "{ communities { totalCount } }"],
  ["a document that is not valid", "{ communities { nodes { secret } } }"],
  ["a document that is none", "{ communities"],
])("%s is refused before the first byte", async (_, query) => {
  const response = await hub.post(query, CIVIL_AFFAIRS, { accept: CSV });
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect(errors[0]?.message).not.toContain("Did you mean");
});

test("a condition on a withheld field is refused in a file as in a list", async () => {
  const query = '{ volunteers(where: { name: { eq: "x" } }) { nodes { volunteerNo } } }';
  const response = await hub.post(query, FINANCE, { accept: NDJSON });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "FIELD_WITHHELD" } }] });
});

test("a file of persons has its durable record before it leaves, and another when it is whole", async () => {
  const response = await hub.post("query Take { volunteers { nodes { name } } }", CIVIL_AFFAIRS, {
    accept: NDJSON,
  });
  const rows = (await response.text()).trimEnd().split("\n").length - 1;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const records = await hub.database.pool.query(
    "SELECT code, rows, outcome FROM access_record WHERE request_id = $1 ORDER BY rows",
    [response.headers.get("x-request-id")],
  );
  expect(records.rows).toEqual([
    { code: "EXPORT_BEGUN", rows: 0, outcome: "ANSWERED" },
    { code: "EXPORTED", rows, outcome: "ANSWERED" },
  ]);
});

test("a reader who hangs up gives the connection back", async () => {
  for (let i = 0; i < 8; i++) {
    const response = await hub.post("{ departments { nodes { code name } } }", CIVIL_AFFAIRS, {
      accept: NDJSON,
    });
    await response.body?.cancel();
  }
  const { rows } = await csvOf("{ communities { nodes { code } } }", CIVIL_AFFAIRS);
  expect(rows.length).toBeGreaterThan(0);
});

test("a reader who hangs up while PostgreSQL has no row yet stops its statement", async () => {
  const running = async () => {
    const { rows } = await hub.database.pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'community-hub exports' AND wait_event_type = 'Lock'",
    );
    return rows.length;
  };
  const until = async (count: number) => {
    for (let i = 0; (await running()) !== count; i++) {
      if (i === 100) throw new Error(`the statements never were ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const other = await hub.database.pool.connect();
  try {
    await other.query("BEGIN; LOCK TABLE committee IN ACCESS EXCLUSIVE MODE");
    const leaving = new AbortController();
    const file = { accept: CSV, signal: leaving.signal };
    const response = hub.post("{ committees { nodes { code } } }", CIVIL_AFFAIRS, file);
    response.catch(() => undefined);
    await until(1);
    leaving.abort();
    await until(0);
  } finally {
    await other.query("ROLLBACK");
    other.release();
  }
  const { rows } = await csvOf("{ committees { nodes { code } } }", CIVIL_AFFAIRS);
  expect(rows.length).toBeGreaterThan(0);
});

test("a report leaves as a file like any list", async () => {
  const fields = catalogue.dataset("communityOverview").fields.map((field) => field.name);
  const query = `{ communityOverviews(first: 50) { nodes { ${fields.join(" ")} } } }`;
  const { communityOverviews } = await hub.data(query, CIVIL_AFFAIRS);
  const paths = fields.map((name) => [name]);
  const { text } = await csvOf(query, CIVIL_AFFAIRS);
  expect(text.startsWith(objectLine.csvOf(communityOverviews.nodes, paths))).toBe(true);
  expect(communityOverviews.nodes.length).toBeGreaterThan(0);
});

test("a file has a time of its own: EXPORT_TIMEOUT_MS ends its statement, not its neighbours", async () => {
  const database = await openDatabase(hub.database.url, { exportTimeout: 50 });
  try {
    await expect(database.exports.query("SELECT pg_sleep(5)")).rejects.toMatchObject({ code: "57014" });
    await expect(database.reads.query("SELECT pg_sleep(0.2)")).resolves.toBeDefined();
  } finally {
    await database.close();
  }
});
