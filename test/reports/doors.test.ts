/** The doors of reports: described with inputs, coverage and limits; read as a table; arguments that a report does not take refused. */
import { openTestHub, type TestHub } from "../setup/hub";

type Line = Readonly<Record<string, string>>;
interface Provider {
  readonly department: string;
  readonly grants: { readonly inForce: number };
  readonly requests: { readonly received: number };
}

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const BIG_DATA = "big-data@140100000000";

test("each report says its question, article, formulas, inputs with day and steward, coverage and what it cannot say", async () => {
  const { reports } = await hub.data(
    `{ reports { id no query zh en article coverage cannotSay byYear byPeriod
        columns { name zh en formula } inputs { dataset zh steward update changedOn } } }`,
    CIVIL_AFFAIRS,
  );
  expect(reports.map((r: { no: string }) => r.no)).toEqual(
    expect.arrayContaining(["R1", "R2", "R4", "R5", "R7", "R11", "R13"]),
  );
  for (const report of reports) {
    for (const words of [report.zh, report.en, report.article, report.coverage, report.cannotSay])
      expect(words).toBeTruthy();
    expect(report.columns.length).toBeGreaterThan(3);
    for (const input of report.inputs) expect(input.steward).toBeTruthy();
  }
  const compliance = reports.find((r: { id: string }) => r.id === "facilityCompliance");
  const formula = Object.fromEntries(
    compliance.columns.map((c: { name: string; formula: string }) => [c.name, c.formula]),
  );
  expect(formula).toMatchObject({
    areaPer100Households: "servingArea ÷ households × 100",
    gap: "max(0, 0.3 × households − servingArea)",
    belowIndex: "areaPer100Households < 30",
  });
  expect(formula.sharedArea).toMatch(/^sum\(facilityShares\.servedArea × share\)/);
  const facility = compliance.inputs.find((i: { dataset: string }) => i.dataset === "facility");
  expect(facility).toMatchObject({ steward: "civil-affairs", update: "每月" });
  expect(facility.changedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test("sharing performance as a report has the figures of supervision, for whoever may see them", async () => {
  const period = 'from: "2026-01-01", until: "2027-01-01"';
  const { report, sharingPerformance } = await hub.data(
    `{ report(id: "sharingPerformance", ${period}, first: 1000) { totalCount rows hasNextPage report { no columns { name } } }
       sharingPerformance(${period}) { providers { department grants { inForce } requests { received } } } }`,
    BIG_DATA,
  );
  const names = report.report.columns.map((c: { name: string }) => c.name);
  const cell = (row: string[], name: string) => row[names.indexOf(name)];
  const providers = report.rows.filter((row: string[]) => cell(row, "side") === "PROVIDER");
  expect(providers.length).toBeGreaterThan(0);
  expect(
    providers.map((row: string[]) => [
      cell(row, "department"),
      cell(row, "grants.inForce"),
      cell(row, "requests.received"),
    ]),
  ).toEqual(
    sharingPerformance.providers.map((p: Provider) => [
      p.department,
      String(p.grants.inForce),
      String(p.requests.received),
    ]),
  );
  const { report: page } = await hub.data(
    `{ report(id: "sharingPerformance", ${period}, first: 1) { rows hasNextPage endCursor } }`,
    BIG_DATA,
  );
  expect(page.rows).toEqual(report.rows.slice(0, 1));
  expect(page.hasNextPage).toBe(report.totalCount > 1);
  const own = await hub.data(
    `{ report(id: "sharingPerformance", ${period}) { rows } }`,
    "planning@140100000000",
  );
  expect(own.report.rows.every((row: string[]) => row[1] === "planning@140100000000")).toBe(true);
});

test("what a report does not take is refused with the argument's name", async () => {
  const argument = async (args: string) => {
    const { errors } = await hub.ask(`{ report(${args}) { totalCount } }`, BIG_DATA);
    return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.argument];
  };
  expect(await argument('id: "sharingPerformance"')).toEqual(["BAD_USER_INPUT", "from"]);
  expect(await argument('id: "sharingPerformance", from: "2026-01-01"')).toEqual(["BAD_USER_INPUT", "until"]);
  expect(await argument('id: "facilityCompliance", year: 2026')).toEqual(["BAD_USER_INPUT", "year"]);
  expect(await argument('id: "facilityCompliance", from: "2026-01-01"')).toEqual(["BAD_USER_INPUT", "from"]);
  expect(await argument('id: "nothing"')).toEqual(["BAD_USER_INPUT", "id"]);
});

test("money of one year is that year's, and years add up to all of them", async () => {
  const funding = (year: string) =>
    `communityFundings(first: 1000, orderBy: [{ field: CODE }]${year}) { nodes { code approved allocated spent audits } }`;
  const years = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026];
  const { all, none, ...each } = await hub.data(
    `{ all: ${funding("")} none: ${funding(", year: 2001")}
       ${years.map((y) => `y${y}: ${funding(`, year: ${y}`)}`).join("\n")} }`,
    "finance@140100000000",
  );
  const cents = (value: string) => Math.round(Number(value) * 100);
  const found = years.filter((y) => each[`y${y}`].nodes.some((n: Line) => Number(n.approved) > 0));
  expect(found.length).toBeGreaterThan(1);
  all.nodes.forEach((node: Line, i: number) => {
    for (const name of ["approved", "allocated", "spent", "audits"])
      expect(cents(node[name] as string)).toBe(
        years.reduce((sum, y) => sum + cents(each[`y${y}`].nodes[i][name]), 0),
      );
    expect(none.nodes[i]).toMatchObject({ approved: "0.00", spent: "0.00", audits: 0 });
  });
  const first = (more: string) =>
    `{ communityFundings(first: 1, orderBy: [{ field: CODE }]${more}) { nodes { code } pageInfo { endCursor } } }`;
  const { communityFundings } = await hub.data(first(", year: 2025"), "finance@140100000000");
  const after = `, after: "${communityFundings.pageInfo.endCursor}"`;
  expect(await hub.refusal(first(`, year: 2025${after}`), "finance@140100000000")).toBeUndefined();
  expect(await hub.refusal(first(`, year: 2026${after}`), "finance@140100000000")).toBe("BAD_USER_INPUT");
});
