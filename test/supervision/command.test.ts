// `hub report sharing`: the table says what the query answers.
import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { GROUPS } from "../../src/sharing/supervision/figures";
import { flowOn, HOUSING, TERMS, VOLUNTEERS } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";

const BIG_DATA = "big-data@140100000000";
const DAY = 86_400_000;
const day = (after: number) => new Date(Date.now() + after * DAY).toISOString().slice(0, 10);
const PERIOD = { from: day(-40), until: day(3) };
let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub();
  await tellNow();
}, 120_000);
afterAll(() => hub.close());

/** The command goes by the real clock, so that the story is one of today. */
async function tellNow(): Promise<void> {
  const flow = flowOn(hub);
  const { id } = await flow.filed({ ...TERMS, items: VOLUNTEERS });
  const { provider } = await flow.approve(id);
  await flow.decide(id, "REFUSE", provider, { reason: "=1+1", criterion: "PURPOSE" });
  await flow.approve((await flow.filed({ ...TERMS, items: VOLUNTEERS })).id);
  await hub.data("{ volunteers(first: 1) { nodes { volunteerNo phone } } }", HOUSING);
}

async function command(...more: string[]): Promise<{ code: number; rows: Record<string, string>[] }> {
  const args = ["report", "sharing", "--from", PERIOD.from, "--until", PERIOD.until, ...more];
  const env = { HUB_DATA: hub.dataDir, DATABASE_URL: hub.database.url, HUB_DEMO: "" };
  const child = startScript("src/cli/hub.ts", args, env);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const said = await text(child.stdout!);
  return { code: await ended, rows: parse(said, { columns: true }) };
}

const figures = GROUPS.map(
  ({ name, figures: f }) => `${name} { ${f.map((one) => one.name).join(" ")} }`,
).join(" ");
const ROW = `side department departmentName ${figures} refusals { criterion refused inPart }`;

async function answered(territory = "140100") {
  const { sharingPerformance } = await hub.data(
    `query ($from: Date!, $until: Date!, $territory: String) {
      sharingPerformance(from: $from, until: $until, territory: $territory) {
        providers { ${ROW} } requesters { ${ROW} } authorities { ${ROW} }
        missedFields { dataset field departments withNone answers requestedBy requests } } }`,
    BIG_DATA,
    { variables: { ...PERIOD, territory } },
  );
  return sharingPerformance;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
const cellsOf = (row: any): Record<string, string> => ({
  ...{ side: row.side, department: row.department, departmentName: row.departmentName },
  ...Object.fromEntries(
    GROUPS.flatMap(({ name, figures: f }) =>
      f.map((one) => [`${name}.${one.name}`, String(row[name]?.[one.name] ?? "")]),
    ),
  ),
  refusals: row.refusals
    .map(
      (r: { criterion: string; refused: number; inPart: number }) =>
        `${r.criterion} ${r.refused}+${r.inPart}`,
    )
    .join("; "),
});

test.each(["140100", "140105"])("the table of %s is the query's answer, cell by cell", async (territory) => {
  const { code, rows } = await command("--territory", territory);
  const { providers, requesters, authorities } = await answered(territory);
  expect(code).toBe(0);
  expect(rows).toEqual([...providers, ...requesters, ...authorities].map(cellsOf));
  const refused = rows.find((row) => row.side === "PROVIDER" && row["requests.refused"] !== "0");
  expect(refused).toMatchObject({
    "requests.received": "2",
    refusals: "PURPOSE 1+0",
    "reviews.received": "",
  });
});

test("the most-missed fields are those of the query", async () => {
  const { rows } = await command("--missed");
  const { missedFields } = await answered();
  const [names] = [missedFields.map((row: object) => Object.values(row).map(String))];
  expect(rows.map((row) => Object.values(row))).toEqual(names);
  expect(rows).toContainEqual(expect.objectContaining({ dataset: "volunteer", field: "phone" }));
});

test("what is no day, or no period, ends with 1 and says so", async () => {
  for (const more of [
    ["--from", "2026-02-30"],
    ["--until", PERIOD.from],
    ["--territory", "nowhere"],
  ]) {
    const { code, rows } = await command(...more);
    expect([code, rows]).toEqual([1, []]);
  }
});
