// The generated papers: the committed ones are those the program makes, and a change is seen for what it is.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cataloguePaper } from "../../src/cli/papers/catalogue-paper";
import { type Paper, papersOf } from "../../src/cli/papers/paper";
import { schemaChanges } from "../../src/cli/papers/schema-change";
import { layoutSql } from "../../src/cli/papers/sql-layout";
import { differences, schema } from "../../src/cli/schema";
import { catalogue } from "../../src/datasets";
import { Catalogue, type DatasetEntry, type Sharing } from "../../src/declare";

const committed = path.resolve(__dirname, "..", "..", "schema");

let papers: Paper[];
let folder: string;

beforeAll(() => {
  papers = papersOf(committed);
});

/** A folder that holds the papers as they are made now. */
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "community-hub-papers-"));
  cpSync(committed, folder, { recursive: true });
  for (const { name, text } of papers) writeFileSync(path.join(folder, name), text);
});

afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (name: string) => papers.find((paper) => paper.name === name)?.text ?? "";
const plant = (name: string, change: (text: string) => string) => {
  const changed = change(textOf(name));
  expect(changed).not.toBe(textOf(name));
  writeFileSync(path.join(folder, name), changed);
};

test("papers are made the same twice, and a folder of them shows no difference", async () => {
  expect(await differences(folder, papersOf(folder))).toEqual([]);
});

test("there is SQL for each reference question, for departments that are answered differently", () => {
  const queries = papers.filter((paper) => paper.name.endsWith(".sql"));
  expect(queries.length).toBeGreaterThanOrEqual(8);
  for (const { name, text } of queries) {
    const departments = text.split(/^(?=-- \S+@\d{12})/m).slice(1);
    expect([name, departments.length]).toEqual([name, 3]);
    expect(text).toMatch(/^SELECT /m);
  }
  const [finance, street, bigData] = textOf("queries/11-street.sql")
    .split(/^(?=-- \S+@\d{12})/m)
    .slice(1)
    .map((section) => section.replace(/^--.*$/gm, ""));
  expect(new Set([finance, street, bigData]).size).toBe(3);
});

/** What `hub schema --check` prints and ends with. */
async function checked(): Promise<{ lines: string[]; exitCode: unknown }> {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const before = process.exitCode;
  try {
    await schema({ check: true }, folder);
    return { lines: write.mock.calls.join("").split("\n"), exitCode: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
}

test("a change of the schema fails the check, and is named for what it means to clients", async () => {
  plant("schema.graphql", (text) =>
    text
      .replace(/^ {2}"""\n?[^"]*"""\n {2}totalHours: Float\n/m, "") // the program adds it
      .replace(/^type Volunteer implements Node \{$/m, "$&\n  shoeSize: Int") // the program takes it away
      .replace("node(", "node(extra: Int, ")
      .replace(/^enum Nulls \{$/m, "$&\n  MIDDLE"),
  );
  const { lines, exitCode } = await checked();
  expect(exitCode).toBe(1);
  expect(lines[0]).toMatch(/^schema\/schema\.graphql differs from line \d+$/);
  expect(lines.filter((line) => line.startsWith("  BREAKING: "))).toEqual([
    expect.stringMatching(/'MIDDLE' was removed/),
    expect.stringMatching(/'extra: Int' was removed/),
    expect.stringMatching(/'shoeSize' was removed/),
  ]);
  expect(lines.find((line) => line.startsWith("  safe: "))).toMatch(/totalHours.*was added/);
});

test("words alone are told as such", async () => {
  plant("schema.graphql", (s) => s.replace("Who asks.", "Who is asking."));
  expect(await differences(folder, papers)).toEqual([
    expect.stringContaining("schema.graphql differs"),
    "  safe: descriptions alone",
  ]);
});

test("changes come the worst first", async () => {
  const before = "enum E { A } type Query { a(e: E): Int b: Int c: E }";
  const after = "enum E { A B } type Query { a(e: E): Int c: E d: Int }";
  expect((await schemaChanges(before, after)).map((c) => c.kind)).toEqual(["BREAKING", "dangerous", "safe"]);
});

test("a paper that is missing, that differs, or whose question is gone is named", async () => {
  rmSync(path.join(folder, "catalogue.md"));
  plant("queries/02-page.sql", (s) => s.replace("LIMIT", "OFFSET"));
  writeFileSync(path.join(folder, "queries", "99-gone.sql"), "SELECT 1;\n");
  expect(await differences(folder, papers)).toEqual([
    "schema/catalogue.md is missing",
    expect.stringMatching(/^schema\/queries\/02-page\.sql differs from line \d+$/),
    "schema/queries/99-gone.sql has no question",
  ]);
});

/** The catalogue with one field's class changed. */
function shared(dataset: string, field: string, sharing: Sharing): Catalogue {
  const change = (entry: DatasetEntry): DatasetEntry => ({
    ...entry,
    fields: entry.fields.map((f) => (f.name === field ? { ...f, sharing, stricter: undefined } : f)),
  });
  return new Catalogue(catalogue.readable.map((entry) => (entry.name === dataset ? change(entry) : entry)));
}

const sectionOf = (paper: string, dataset: string) =>
  paper.split(`## ${dataset} ·`)[1]?.split("\n## ")[0] ?? "";
const rowOf = (paper: string, dataset: string, field: string) =>
  sectionOf(paper, dataset).match(new RegExp(`^\\| ${field} \\|.*$`, "m"))?.[0];

test("a widened class shows in the catalogue's paper, in the columns of those who gain by it", () => {
  const before = rowOf(textOf("catalogue.md"), "communityWorker", "monthlyPay") ?? "";
  const after =
    rowOf(
      cataloguePaper(shared("communityWorker", "monthlyPay", "UNCONDITIONAL")),
      "communityWorker",
      "monthlyPay",
    ) ?? "";
  expect(before.endsWith("| – |")).toBe(true);
  expect(after.endsWith("| FULL |")).toBe(true);
});

test("what the catalogue's paper says of standing rights is what the rules say", () => {
  const paper = textOf("catalogue.md");
  const columns = sectionOf(paper, "volunteer").match(/^- [A-Z]：.*$/gm);
  expect(columns).toEqual([
    "- A：civil-affairs@市",
    "- B：civil-affairs@区县",
    "- C：big-data@市、big-data@区县",
    "- D：street-office@街道",
    "- E：committee@社区",
    expect.stringMatching(/^- F：其余各部门 all others（\d+）$/),
  ]);
  const cells = rowOf(paper, "volunteer", "phone")?.split(" | ").slice(5);
  expect(cells).toEqual([
    "FULL",
    "–，本属地 FULL",
    "AGGREGATE [–]",
    "–，本属地 FULL [–]",
    "–，本属地 MASKED [–]",
    "– |",
  ]);
});

describe("the layout of SQL", () => {
  /** White space outside texts says nothing. */
  const squeezed = (sql: string) => sql.replace(/('(?:[^']|'')*'|"[^"]*")|\s+/g, (_, text) => text ?? "");

  test("changes white space alone, texts not at all", () => {
    const sql = `SELECT concat('{"a b":', E'\\n', coalesce((CASE WHEN x."y" > 1 THEN 'it''s (so), AND' END), 'null')) FROM "t" r WHERE (a AND (b OR c)) ORDER BY r."id" LIMIT $1::int`;
    const long = `SELECT (${sql}), (${sql}) FROM (${sql}) q`;
    expect(squeezed(layoutSql(long))).toBe(squeezed(long));
    expect(layoutSql(long)).toContain("'it''s (so), AND'");
    expect(layoutSql(long).split("\n").length).toBeGreaterThan(10);
  });

  test("keeps lines short enough to be read in a difference", () => {
    const lines = papers.filter((p) => p.name.endsWith(".sql")).flatMap((p) => p.text.split("\n"));
    const long = lines.filter((line) => line.length > 160 && !line.startsWith("--"));
    expect(long.length).toBeLessThan(lines.length / 100);
  });
});

test("nothing of this machine or moment is in the papers", () => {
  const all = papers.map((paper) => paper.text).join("\n");
  expect(all).not.toContain(path.resolve(__dirname, "..", ".."));
  expect(all).not.toContain(tmpdir());
  expect(readFileSync(path.join(committed, "catalogue.md"), "utf8")).toContain("npm run papers");
});
