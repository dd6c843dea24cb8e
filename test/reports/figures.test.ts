/** Figures of every report over a small known place, computed by hand; what is withheld, suppressed or of another district. */
import { openTestHub, type TestHub } from "../setup/hub";

const [FIRST, SECOND] = ["140105001001", "140105001002"];
const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";
const STAFF = "human-resources@140100000000";
const DISTRICT_STAFF = "human-resources@140105000000";
const OTHER_DISTRICT = "human-resources@140106000000";
const BIG_DATA = "big-data@140100000000";
const STREET = "street-office@140105001000";
const PLANNING = "planning@140100000000";

let hub: TestHub;
const sql = (text: string, values: unknown[] = []) => hub.database.pool.query(text, values);

/** Leaves so many rows of a table in a community, in the order of their ids, with these values. */
async function leave(
  table: string,
  community: string,
  count: number,
  set = "version = version",
): Promise<string[]> {
  const kept = `SELECT id FROM ${table} WHERE territory = $1 AND retired_at IS NULL ORDER BY id LIMIT ${count}`;
  const { rows } = await sql(kept, [community]);
  expect(rows).toHaveLength(count);
  const ids = rows.map((row) => row.id);
  await sql(`UPDATE ${table} SET retired_at = now() WHERE territory = $1 AND id <> ALL($2)`, [
    community,
    ids,
  ]);
  await sql(`UPDATE ${table} SET ${set} WHERE id = ANY($1)`, [ids]);
  return ids;
}

let shared = "";
beforeAll(async () => {
  hub = await openTestHub();
  await sql(
    `UPDATE community SET households = 1000, population = 5000, area_context = 'OLD_TOWN', office_need = 'INSUFFICIENT',
       change_kind = 'MERGE', changed_on = '2025-05-01' WHERE code = $1`,
    [FIRST],
  );
  await sql(
    "UPDATE community SET households = 500, area_context = 'BUILT_UP', office_need = 'SUFFICIENT', successor_code = $2 WHERE code = $1",
    [SECOND, FIRST],
  );
  const [own, both] = await leave("facility", FIRST, 2);
  shared = both as string;
  await leave("facility", SECOND, 0);
  await sql(
    `UPDATE facility SET status = 'IN_USE', provision_mode = 'NEW_BUILD', approved_on = '2022-01-01', land_area = 900,
       building_area = 200 WHERE id = $1`,
    [own],
  );
  await sql(
    "UPDATE facility SET status = 'IN_USE', provision_mode = 'INTEGRATED_SHARING', building_area = 300, activity_area = 10 WHERE id = $1",
    [shared],
  );
  for (const community of [FIRST, SECOND]) await leave("facility_share", community, 0);
  for (const [community, share] of [
    [FIRST, 0.5],
    [SECOND, 0.4],
  ])
    await hub.data(
      `mutation { createFacilityShare(input: { facilityId: "facility:${shared}", communityCode: "${community}",
        territory: "${community}", source: "测试", share: ${share} }) { id } }`,
      CIVIL_AFFAIRS,
      { duties: ["steward"] },
    );
  await leave("idle_asset", FIRST, 0);
}, 120_000);
afterAll(() => hub.close());

const inBoth = `where: { code: { in: ["${FIRST}", "${SECOND}"] } }, orderBy: [{ field: CODE }]`;

const COMPLIANCE = `ownArea sharedArea servingArea areaPer100Households belowIndex gap built landShort remedies idleAssets idleArea`;
const compliance = (more = "") => `{ facilityCompliances(${inBoth}${more}) { nodes { ${COMPLIANCE} } } }`;
const BEFORE = [
  {
    ...{
      ownArea: 200,
      sharedArea: 150,
      servingArea: 350,
      areaPer100Households: 35,
      belowIndex: false,
      gap: 0,
    },
    ...{ built: 1, landShort: 1, remedies: 0, idleAssets: 0, idleArea: 0 },
  },
  {
    ownArea: 0,
    sharedArea: 120,
    servingArea: 120,
    areaPer100Households: 24,
    belowIndex: true,
    gap: 30,
    built: 0,
    landShort: 0,
  },
];

test("R2: facilities by the three rules, shared ones by their share, for any department", async () => {
  const { facilityCompliances } = await hub.data(compliance(), PLANNING);
  expect(facilityCompliances.nodes).toMatchObject(BEFORE);
  const { grouped } = await hub.data(
    `{ grouped: facilityCompliancesAggregate(where: { code: { in: ["${FIRST}", "${SECOND}"] } }, groupBy: [BELOW_INDEX],
        orderBy: [{ field: BELOW_INDEX }]) { groups { key { belowIndex } count sum { gap servingArea } } } }`,
    PLANNING,
  );
  expect(grouped.groups).toEqual([
    { key: { belowIndex: false }, count: 1, sum: { gap: 0, servingArea: 350 } },
    { key: { belowIndex: true }, count: 1, sum: { gap: 30, servingArea: 120 } },
  ]);
});

test("R2: a committee counts its share without seeing its neighbour's facility", async () => {
  const { facilityCompliances, facility } = await hub.data(
    `{ facilityCompliances { nodes { code sharedArea areaPer100Households } } facility(id: "facility:${shared}") { id } }`,
    `committee@${SECOND}`,
  );
  expect(facilityCompliances.nodes).toEqual([{ code: SECOND, sharedArea: 120, areaPer100Households: 24 }]);
  expect(facility).toBeNull();
});

test("R2: what the facility changes to, its shares say too; asked of the time before, it is as it was", async () => {
  const { rows } = await sql("SELECT now() AS at");
  const before = rows[0].at.toISOString();
  const { facility } = await hub.data(`{ facility(id: "facility:${shared}") { version } }`, CIVIL_AFFAIRS);
  await hub.data(
    `mutation { updateFacility(id: "facility:${shared}", expectedVersion: ${facility.version}, input: { buildingArea: 500 }) { id } }`,
    CIVIL_AFFAIRS,
    { duties: ["steward"] },
  );
  const after = await hub.data(compliance(), PLANNING);
  expect(after.facilityCompliances.nodes.map((n: { sharedArea: number }) => n.sharedArea)).toEqual([
    250, 200,
  ]);
  const then = await hub.data(compliance(`, asOf: "${before}"`), PLANNING);
  expect(then.facilityCompliances.nodes).toMatchObject(BEFORE);
});

test("R1: term, seats and vacancies; members stay closed to who may not count them", async () => {
  await sql("UPDATE committee SET seats = 5, women_members = 1, term_to = '2025-12-31' WHERE code = $1", [
    FIRST,
  ]);
  await leave("committee_member", FIRST, 4, "leaving_reason = NULL, left_on = NULL");
  const ask = `{ communityCommittees(${inBoth}) { nodes { households outsideUsualSize committees termTo termOver seats members vacancies womenMembers } } }`;
  const { communityCommittees } = await hub.data(ask, CIVIL_AFFAIRS);
  expect(communityCommittees.nodes[0]).toEqual({
    ...{ households: 1000, outsideUsualSize: false, committees: 1, termTo: "2025-12-31", termOver: true },
    ...{ seats: 5, members: 4, vacancies: 1, womenMembers: 1 },
  });
  expect(communityCommittees.nodes[1].outsideUsualSize).toBe(true);
  const closed = await hub.ask(ask, PLANNING);
  expect(closed.data.communityCommittees.nodes[0]).toMatchObject({
    seats: 5,
    members: null,
    vacancies: null,
  });
  expect(closed.extensions.access.map((a: { field: string }) => a.field)).toEqual(
    expect.arrayContaining(["members", "vacancies"]),
  );
  // Fewer than five persons: suppressed for who holds aggregates alone, and with it what is made of it.
  const few = await hub.data(ask, BIG_DATA);
  expect(few.communityCommittees.nodes[0]).toMatchObject({ seats: 5, members: null, vacancies: null });
});

test("R7: workers against target and 18 per 10,000; a district its own, small numbers suppressed", async () => {
  await leave("community_worker", FIRST, 3, "leave_reason = NULL, left_at = NULL, certificate = 'SENIOR'");
  await leave(
    "staffing_target",
    FIRST,
    1,
    "year = 2026, target = 10, population = 5000, per_ten_thousand = 18",
  );
  const ask = `{ communityStaffings(where: { territory: { eq: "${FIRST}" }, year: { eq: 2026 } }) {
    nodes { name target workers short staffingRate perTenThousandNow belowPerTenThousand certified } } }`;
  const exact = {
    ...{
      target: 10,
      workers: 3,
      short: 7,
      staffingRate: 30,
      perTenThousandNow: 6,
      belowPerTenThousand: true,
    },
    certified: 3,
  };
  for (const reader of [STAFF, DISTRICT_STAFF])
    expect((await hub.data(ask, reader)).communityStaffings.nodes).toMatchObject([exact]);
  for (const reader of [BIG_DATA, OTHER_DISTRICT, PLANNING])
    expect((await hub.data(ask, reader)).communityStaffings.nodes).toMatchObject([
      {
        target: 10,
        workers: null,
        short: null,
        staffingRate: null,
        belowPerTenThousand: null,
        certified: null,
      },
    ]);
  expect(
    await hub.refusal("{ communityStaffings(where: { short: { gt: 0 } }) { totalCount } }", PLANNING),
  ).toBe("FIELD_WITHHELD");
});

test("R4: organizations, volunteers and hours per 1,000 residents", async () => {
  await leave("volunteer", FIRST, 10, "state = 'ACTIVE'");
  const [one, two] = await leave("volunteer_record", FIRST, 2, "state = 'VERIFIED', service_kind = 'LEGAL'");
  await sql("UPDATE volunteer_record SET hours = 3.5 WHERE id = $1", [one]);
  await sql("UPDATE volunteer_record SET hours = 1.5 WHERE id = $1", [two]);
  const ask = `{ communityParticipations(${inBoth}) { nodes { population volunteers volunteersPer1000 hours hoursPer1000 legalHours healthHours } } }`;
  const { communityParticipations } = await hub.data(ask, CIVIL_AFFAIRS);
  expect(communityParticipations.nodes[0]).toEqual({
    ...{ population: 5000, volunteers: 10, volunteersPer1000: 2, hours: 5, hoursPer1000: 1, legalHours: 5 },
    healthHours: null,
  });
  const { nodes } = (await hub.data(ask, PLANNING)).communityParticipations;
  expect(nodes[0]).toMatchObject({ population: 5000, volunteers: null, hours: null, hoursPer1000: null });
});

test("R5: budget, allocation, spending and audit, of a year and of each line", async () => {
  const [line] = await leave(
    "budget_line",
    FIRST,
    1,
    "year = 2025, approved_amount = 1000, adjusted_amount = NULL, special_fund = true",
  );
  await leave(
    "allocation",
    FIRST,
    1,
    `year = 2025, amount = 800, paid_at = NULL, budget_line_id = '${line}'`,
  );
  await leave(
    "fund_transaction",
    FIRST,
    1,
    `year = 2025, amount = 600, direction = 'EXPENSE', budget_line_id = '${line}'`,
  );
  await leave(
    "fund_audit",
    FIRST,
    1,
    `year = 2025, findings = 4, findings_rectified = 1, amount_audited = 500, amount_in_question = 20, budget_line_id = '${line}'`,
  );
  const ask = (
    year: number,
  ) => `{ communityFundings(where: { code: { eq: "${FIRST}" } }, year: ${year}) { nodes {
    approved allocated allocationRate spent executionRate spentPerHousehold specialFunds audits audited inQuestion openFindings } } }`;
  for (const reader of [FINANCE, BIG_DATA]) {
    expect((await hub.data(ask(2025), reader)).communityFundings.nodes).toEqual([
      {
        ...{
          approved: "1000.00",
          allocated: "800.00",
          allocationRate: 80,
          spent: "600.00",
          executionRate: 75,
        },
        ...{
          spentPerHousehold: 0.6,
          specialFunds: "1000.00",
          audits: 1,
          audited: "500.00",
          inQuestion: "20.00",
        },
        openFindings: 3,
      },
    ]);
    expect((await hub.data(ask(2024), reader)).communityFundings.nodes).toMatchObject([
      { approved: "0.00", allocationRate: null, audits: 0, openFindings: 0 },
    ]);
  }
  const lines = `{ budgetExecutions(where: { territory: { eq: "${FIRST}" } }) { nodes {
    approvedAmount allocated paid spent executionRate aboveApproved aboveAdjusted audits } } }`;
  const told = async (reader: string) => (await hub.data(lines, reader)).budgetExecutions.nodes;
  const executed = {
    ...{
      approvedAmount: "1000.00",
      allocated: "800.00",
      paid: "0.00",
      spent: "600.00",
      executionRate: null,
    },
    ...{ aboveApproved: false, aboveAdjusted: null },
  };
  expect(await told(STREET)).toEqual([{ ...executed, audits: 1 }]);
  // Which line an audit is of is not shared with finance: the number is withheld, and not 0.
  expect(await told(FINANCE)).toEqual([{ ...executed, audits: null }]);
  // Who may only count budget lines sees none of them, and no figure beside one.
  expect(await told(BIG_DATA)).toEqual([]);
  const sums = await hub.data(
    `{ budgetExecutionsAggregate(where: { territory: { eq: "${FIRST}" } }) { groups { sum { approvedAmount allocated } } } }`,
    BIG_DATA,
  );
  expect(sums.budgetExecutionsAggregate.groups[0].sum).toEqual({
    approvedAmount: "1000.00",
    allocated: null,
  });
});

test("R11: changes of communities with what they followed, and the crosswalk with what lies under each street", async () => {
  const { communityChanges, codeCrosswalks } = await hub.data(
    `{ communityChanges(where: { code: { eq: "${FIRST}" } }) { nodes { changeKind changedOn predecessors community { name } } }
       codeCrosswalks(where: { statisticsCode: { eq: "140105001000" } }) { nodes { match communities } } }`,
    PLANNING,
  );
  expect(communityChanges.nodes).toMatchObject([
    { changeKind: "MERGE", changedOn: "2025-05-01", predecessors: 1 },
  ]);
  const { rows } = await sql(
    "SELECT count(*)::int AS n FROM community WHERE street_node = 'STATISTICS/2023/140105001000' AND retired_at IS NULL",
  );
  expect(codeCrosswalks.nodes).toMatchObject([{ communities: rows[0].n }]);
  const kinds = await hub.data("{ communityChanges(first: 1000) { nodes { changeKind } } }", PLANNING);
  expect(
    kinds.communityChanges.nodes.every((n: { changeKind: string }) => n.changeKind !== "ESTABLISH"),
  ).toBe(true);
});
