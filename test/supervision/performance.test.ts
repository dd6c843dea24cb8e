// Figures of supervision after a story that is counted by hand; who sees which of them.
import { FINANCE, Time } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  HOUSING,
  STREET,
  tellCorrections,
  tellRequests,
  XIAODIAN_BIG_DATA,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./story";

const BIG_DATA = "big-data@140100000000";
const time = new Time();
let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  await tellRequests(hub, time);
  await tellCorrections(hub, time);
}, 120_000);
beforeEach(() => time.march("25T09:00"));
afterAll(() => hub.close());

const ROW = `side department departmentName
  requests { received remitted inTime late overdue running paused unanswered granted grantedInPart refused extended
    medianWorkingDays filed disapproved disputed upheld urged }
  refusals { criterion refused inPart }
  deliveries { consented inTime late overdue running lapsed }
  corrections { received inTime late overdue running withdrawn corrected rejected retired medianWorkingDays }
  grants { given inForce unused suspended narrowed revoked relinquished disposed }
  catalogue { opened inTime late overdue published extended }
  reviews { received inTime late overdue running }`;
const QUESTION = `query ($from: Date!, $until: Date!, $territory: String) {
  sharingPerformance(from: $from, until: $until, territory: $territory) {
    from until at territory department providers { ${ROW} } requesters { ${ROW} } authorities { ${ROW} }
    missedFields { dataset field departments withNone answers requestedBy requests }
    notes { figures article cannotSay } } }`;
const MARCH = { from: "2026-03-01", until: "2026-04-01" };

const asked = async (
  as = BIG_DATA,
  variables: object = {},
  duties: ("read" | "audit" | "security")[] = ["read"],
) => (await hub.data(QUESTION, as, { duties, variables: { ...MARCH, ...variables } })).sharingPerformance;
// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
const of = (rows: any[], department: string) => rows.find((row) => row.department === department);

test("requests are counted on both sides, as they stand now", async () => {
  const { providers, requesters } = await asked();
  const counted = {
    received: 12,
    remitted: 1,
    inTime: 7,
    late: 1,
    overdue: 2,
    running: 0,
    paused: 1,
    unanswered: 1,
    granted: 5,
    grantedInPart: 1,
    refused: 2,
    extended: 1,
    medianWorkingDays: 2,
    filed: 12,
    disapproved: 1,
    disputed: 1,
    upheld: 0,
    urged: 1,
  };
  expect(of(providers, XIAODIAN_CIVIL_AFFAIRS).requests).toEqual(counted);
  expect(of(requesters, HOUSING).requests).toEqual(counted);
  const refusals = [
    { criterion: "PURPOSE", refused: 1, inPart: 1 },
    { criterion: "SCOPE", refused: 1, inPart: 0 },
  ];
  expect(of(providers, XIAODIAN_CIVIL_AFFAIRS).refusals).toEqual(refusals);
});

test("what is overdue depends on the day", async () => {
  time.march("20T10:00");
  const { requests, deliveries } = of((await asked()).providers, XIAODIAN_CIVIL_AFFAIRS);
  // The remitted one runs until the end of the 23rd.
  expect(requests).toMatchObject({ overdue: 1, running: 1 });
  expect(deliveries).toEqual({ consented: 2, inTime: 1, late: 0, overdue: 0, running: 1, lapsed: 0 });
});

test("corrections are counted on both sides", async () => {
  const { providers, requesters } = await asked();
  const counted = {
    received: 4,
    inTime: 1,
    late: 1,
    overdue: 1,
    running: 0,
    withdrawn: 1,
    corrected: 1,
    rejected: 1,
    retired: 0,
    medianWorkingDays: 7,
  };
  expect(of(providers, XIAODIAN_CIVIL_AFFAIRS).corrections).toEqual(counted);
  expect(of(requesters, STREET).corrections).toEqual(counted);
});

test("the authority of a territory sees its bureaus, a bureau itself, the audit duty its territory", async () => {
  const codes = async (...args: Parameters<typeof asked>) => {
    const { providers, requesters } = await asked(...args);
    // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
    return [...providers, ...requesters].map((row: any) => row.department);
  };
  expect(await codes()).toEqual(expect.arrayContaining([XIAODIAN_CIVIL_AFFAIRS, HOUSING, STREET]));
  const district = await codes(XIAODIAN_BIG_DATA);
  expect(district).toEqual(expect.arrayContaining([XIAODIAN_CIVIL_AFFAIRS, STREET]));
  expect(district.every((code) => code.split("@")[1]?.startsWith("140105"))).toBe(true);
  expect(new Set(await codes(HOUSING))).toEqual(new Set([HOUSING]));
  expect(await codes(FINANCE)).not.toContain(HOUSING);
  expect(await codes(FINANCE, {}, ["audit"])).toEqual(
    expect.arrayContaining([XIAODIAN_CIVIL_AFFAIRS, HOUSING]),
  );
  expect(new Set(await codes(XIAODIAN_CIVIL_AFFAIRS))).toEqual(new Set([XIAODIAN_CIVIL_AFFAIRS]));
  expect(await codes(BIG_DATA, { territory: "140105" })).toEqual(district);
});

test.each([
  ["territory outside", XIAODIAN_BIG_DATA, { territory: "140100" }, "FORBIDDEN"],
  ["another district", HOUSING, { territory: "140105" }, "FORBIDDEN"],
  ["no code", BIG_DATA, { territory: "taiyuan" }, "BAD_USER_INPUT"],
  ["an empty period", BIG_DATA, { until: "2026-03-01" }, "BAD_USER_INPUT"],
  ["a period of long ago", BIG_DATA, { from: "1950-01-01" }, "BAD_USER_INPUT"],
])("%s is refused", async (_, as, variables, code) => {
  expect(await hub.refusal(QUESTION, as, { variables: { ...MARCH, ...variables } })).toBe(code);
});

test("nobody asks without a token", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: QUESTION, variables: MARCH }),
  });
  expect(response.status).toBe(401);
});

test("outside its period nothing is counted; every group says its article and its limits, and nobody is named", async () => {
  const april = await asked(BIG_DATA, { from: "2026-04-01", until: "2026-05-01" });
  expect(of(april.providers, XIAODIAN_CIVIL_AFFAIRS)?.requests.received ?? 0).toBe(0);
  const march = await asked();
  const notes = march.notes.map((note: { figures: string | null }) => note.figures);
  expect(notes).toEqual([
    ...[null, "requests", "deliveries", "corrections", "grants", "catalogue", "reviews", "missedFields"],
  ]);
  for (const { article, cannotSay } of march.notes) {
    expect(article).toContain("条");
    expect(cannotSay).toMatch(/[a-z]/);
  }
  expect(JSON.stringify(march)).not.toMatch(/demo|user|"actor"/);
});
