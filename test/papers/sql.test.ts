// The SQL of the reference questions is what PostgreSQL takes on the tables as they are migrated.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { queryPaper } from "../../src/cli/papers/query-paper";
import { type TestDatabase, testDatabase } from "../setup/database";

const questions = path.resolve(__dirname, "..", "..", "schema", "queries");
const names = readdirSync(questions).filter((name) => name.endsWith(".graphql"));

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

/** The statements of a paper, without its comments. */
function statementsOf(paper: string): string[] {
  return paper
    .replace(/^--.*$/gm, "")
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}

test.each(names)("%s", async (name) => {
  const statements = statementsOf(queryPaper(readFileSync(path.join(questions, name), "utf8")));
  expect(statements.length).toBeGreaterThan(0);
  const client = await database.pool.connect();
  try {
    for (const [i, statement] of statements.entries())
      await client.query(`PREPARE paper_${i} AS ${statement}`);
    const { rows } = await client.query("SELECT count(*)::int AS prepared FROM pg_prepared_statements");
    expect(rows[0].prepared).toBe(statements.length);
    await client.query("DEALLOCATE ALL");
  } finally {
    client.release();
  }
});

test("a question that does not fit the schema is no paper", () => {
  expect(() => queryPaper("{ volunteers { nodes { shoeSize } } }")).toThrow(/shoeSize/);
});

test("who asks, and with which variables, stands in the question's comments", () => {
  const paper = queryPaper(`# as: finance@140100000000 budget-review
# as: committee@140105001001
# variables: {"n": 3}
query ($n: Int!) { communityWorkers(first: $n) { nodes { monthlyPay } } }`);
  expect(paper.match(/^-- \S+@.*$/gm)).toEqual([
    "-- finance@140100000000 budget-review, cost 3",
    "-- committee@140105001001, cost 3",
  ]);
  expect(paper).toContain('r0."monthly_pay"');
});
