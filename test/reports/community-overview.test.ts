/** The community overview: figures equal to what its inputs hold, and a right that follows from theirs. */
import { openTestHub, type TestHub } from "../setup/hub";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";
const BIG_DATA = "big-data@140100000000";
const STREET = "street-office@140105001000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const COLUMNS =
  "code name households facilityArea facilityAreaPer100Households workers volunteers allocated spent executionRate";

interface Hand {
  readonly code: string;
  readonly households: number;
  readonly facilityArea: number | null;
  readonly facilityAreaPer100Households: number | null;
  readonly workers: number;
  readonly volunteers: number;
  readonly allocated: string | null;
  readonly spent: string | null;
  readonly executionRate: number | null;
}

/** The same figures by hand, past the planner, which only a test may do. */
async function byHand(): Promise<Hand[]> {
  const sum = (table: string, column: string, more = "") =>
    `(SELECT sum(x.${column}) FROM ${table} x WHERE x.territory = c.code AND x.retired_at IS NULL ${more})`;
  const count = (table: string, more = "") =>
    `(SELECT count(*)::int FROM ${table} x WHERE x.territory = c.code AND x.retired_at IS NULL ${more})`;
  const { rows } = await hub.database.pool.query(`
    SELECT c.code, c.households, ${sum("facility", "building_area")}::float AS "facilityArea",
      ${count("community_worker")} AS workers, ${count("volunteer")} AS volunteers,
      ${sum("allocation", "amount")}::text AS allocated,
      ${sum("fund_transaction", "amount", "AND x.direction = 'EXPENSE'")}::text AS spent
    FROM community c ORDER BY c.code`);
  return rows;
}

test("a street reads its own communities; every figure is what the inputs hold", async () => {
  const { data, errors } = await hub.ask(
    `{ communityOverviews(where: { territory: { within: "140105001" } }, orderBy: [{ field: CODE }]) { nodes { ${COLUMNS} } } }`,
    STREET,
  );
  expect(errors).toBeUndefined();
  const expected = (await byHand()).filter((row) => row.code.startsWith("140105001"));
  expect(data.communityOverviews.nodes).toHaveLength(expected.length);
  expect(expected.length).toBeGreaterThan(1);
  data.communityOverviews.nodes.forEach((node: Hand, i: number) => {
    const hand = expected[i] as Hand;
    expect(node).toMatchObject({
      code: hand.code,
      households: hand.households,
      workers: hand.workers,
      facilityArea: hand.facilityArea,
      allocated: hand.allocated,
      spent: hand.spent,
    });
    expect(node.volunteers).toBeLessThanOrEqual(hand.volunteers);
    if (hand.facilityArea)
      expect(node.facilityAreaPer100Households).toBeCloseTo((hand.facilityArea * 100) / hand.households, 3);
    if (hand.allocated)
      expect(node.executionRate).toBeCloseTo(Number(hand.spent ?? 0) / Number(hand.allocated), 3);
  });
});

test("the right is derived: each reader sees the figures whose inputs it may count", async () => {
  const ask = (department: string, purpose?: string) =>
    hub.ask(
      `{ communityOverviews(where: { code: { eq: "140105001001" } }) { nodes { ${COLUMNS} } } }`,
      department,
      { purpose },
    );
  const finance = (await ask(FINANCE)).data.communityOverviews.nodes[0];
  expect(finance.volunteers).toBeNull();
  expect(finance.workers).toBeNull();
  expect(finance.allocated).not.toBeNull();
  const bureau = await ask(BIG_DATA);
  expect(bureau.data.communityOverviews.nodes[0].allocated).not.toBeNull();
  const withGrant = (await ask(FINANCE, "budget-review")).data.communityOverviews.nodes[0];
  expect(withGrant.workers).not.toBeNull();
});

test("a report's figure can be filtered, ordered and grouped by where it is readable, and is refused where not", async () => {
  const query =
    "{ communityOverviews(where: { workers: { gte: 0 } }, orderBy: [{ field: WORKERS, direction: DESC }]) { nodes { workers } } }";
  const { data } = await hub.ask(query, STREET);
  const workers = data.communityOverviews.nodes.map((n: { workers: number }) => n.workers);
  expect(workers).toEqual([...workers].sort((a, b) => b - a));
  const refused = await hub.ask(query, "planning@140100000000");
  expect(refused.errors[0].extensions).toMatchObject({
    code: "FIELD_WITHHELD",
    dataset: "communityOverview",
    field: "workers",
  });
  const grouped = await hub.ask(
    "{ communityOverviewsAggregate(groupBy: [TERRITORY_STREET]) { groups { key { territoryStreet } count sum { households } } } }",
    CIVIL_AFFAIRS,
  );
  expect(grouped.data.communityOverviewsAggregate.groups.length).toBeGreaterThan(1);
});

test("reports are described, and read as a table page by page", async () => {
  const { data } = await hub.ask(
    "{ reports { id query zh columns { name formula } inputs { dataset steward } } }",
    STREET,
  );
  expect(data.reports[0]).toMatchObject({ id: "communityOverview", query: "communityOverviews" });
  expect(data.reports[0].inputs.map((i: { dataset: string }) => i.dataset)).toEqual(
    expect.arrayContaining([
      "community",
      "facility",
      "communityWorker",
      "volunteer",
      "allocation",
      "fundTransaction",
    ]),
  );
  const page = `query ($after: String) { report(id: "communityOverview", territory: "140105", first: 3, after: $after) {
    rows totalCount hasNextPage endCursor report { columns { name } } } }`;
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const answer = await hub.ask(page, STREET, { variables: { after } });
    const { rows, hasNextPage, endCursor, report } = answer.data.report;
    expect(rows[0]).toHaveLength(report.columns.length);
    expect(answer.extensions.access.length).toBeGreaterThan(0);
    seen.push(...rows.map((row: string[]) => row[0]));
    [after, more] = [endCursor, hasNextPage];
  }
  const { rows } = await hub.database.pool.query(
    "SELECT code FROM community WHERE code LIKE '140105%' ORDER BY code",
  );
  expect(seen).toEqual(rows.map((r) => r.code));
  const unknown = await hub.ask('{ report(id: "nothing") { totalCount } }', STREET);
  expect(unknown.errors[0].extensions.code).toBe("BAD_USER_INPUT");
});

test("a figure is the same however its rows are chosen: one, a page, all, or by the figure itself", async () => {
  const EMPTY = "140105001001";
  for (const table of ["community_worker", "facility"])
    await hub.database.pool.query(`UPDATE ${table} SET retired_at = now() WHERE territory = $1`, [EMPTY]);
  const order = "orderBy: [{ field: VOLUNTEERS, direction: DESC }, { field: CODE }]";
  const { all, page, backward, total } = await hub.data(
    `{ all: communityOverviews(${order}) { totalCount nodes { ${COLUMNS} } }
       page: communityOverviews(orderBy: [{ field: NAME }], first: 3) { nodes { ${COLUMNS} } pageInfo { endCursor } }
       backward: communityOverviews(${order}, last: 2) { nodes { ${COLUMNS} } }
       total: communityOverviewsAggregate { groups { count sum { workers } } } }`,
    BIG_DATA,
  );
  const nodes: Hand[] = all.nodes;
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  expect(nodes).toHaveLength(all.totalCount);
  expect(byCode.get(EMPTY)).toMatchObject({ workers: 0, facilityArea: null });
  expect(page.nodes).toHaveLength(3);
  for (const node of page.nodes) expect(node).toEqual(byCode.get(node.code));
  expect(backward.nodes).toEqual(nodes.slice(-2));
  expect(total.groups[0].sum.workers).toBe(nodes.reduce((sum, node) => sum + node.workers, 0));

  const least = [...nodes].map((node) => node.workers).sort((a, b) => a - b)[3] as number;
  const { chosen, one } = await hub.data(
    `{ chosen: communityOverviews(where: { workers: { gte: ${least} } }) { totalCount nodes { ${COLUMNS} } }
       one: communityOverview(code: "${EMPTY}") { ${COLUMNS} } }`,
    BIG_DATA,
  );
  const expected = nodes.filter((node) => node.workers >= least);
  expect(expected.length).toBeLessThan(nodes.length);
  expect(chosen.totalCount).toBe(expected.length);
  for (const node of chosen.nodes) expect(node).toEqual(byCode.get(node.code));
  expect(chosen.nodes.map((node: Hand) => node.code).sort()).toEqual(expected.map((n) => n.code).sort());
  expect(one).toEqual(byCode.get(EMPTY));
});
