/** Findings: computed from the rows under each reader's right; known breaches are found, in number and by record, and no others. */
import { openTestHub, type TestHub } from "../setup/hub";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";
const DISTRICT = "finance@140105000000";
const PLANNING = "planning@140100000000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
  await hub.database.pool.query(
    `UPDATE facility f SET provision_mode = k.mode, approved_on = k.approved::date, land_area = k.land
       FROM (SELECT id, row_number() OVER (ORDER BY code) AS n FROM facility WHERE retired_at IS NULL) o
       JOIN (VALUES (1, 'NEW_BUILD', '2022-03-01', 700), (2, 'EXPANSION', '2021-07-01', 999.99), (3, 'NEW_BUILD', '2022-03-01', 1000),
         (4, 'RECONSTRUCTION', '2021-06-30', 400), (5, 'LEASE', '2022-03-01', 400), (6, 'NEW_BUILD', '2022-03-01', NULL)) AS k(n, mode, approved, land)
         ON k.n = o.n WHERE f.id = o.id`,
  );
}, 120_000);
afterAll(() => hub.close());

const FIELDS = "rule weight about record name measured required unit territory";
const ofRule = (rule: string, more = "") =>
  `{ findings(where: { rule: { eq: ${rule} }${more} }, orderBy: [{ field: RECORD }], first: 1000) { totalCount nodes { id ${FIELDS} } } }`;

interface Found {
  readonly id: string;
  readonly rule: string;
  readonly record: string;
  readonly territory: string;
}

test("rules are data with article, formula, validity and mark", async () => {
  const { rules } = await hub.data(
    "{ rules { code name zh en article formula on weight mark validFrom validTo } }",
    PLANNING,
  );
  const codes = rules.map((r: { code: string }) => r.code);
  expect(codes).toEqual(
    expect.arrayContaining(["I-01", "I-02", "I-03", "I-04", "I-05", "I-20", "I-22", "I-28", "I-31"]),
  );
  expect(rules.find((r: { code: string }) => r.code === "I-01")).toMatchObject({
    name: "I_01",
    on: "facility",
    article: expect.stringContaining("第十七条"),
    validFrom: "2021-07-01",
    validTo: null,
    mark: "V",
  });
});

test("I-01 finds the facilities on too little land, and no others", async () => {
  const { rows } = await hub.database.pool.query(
    `SELECT 'facility:' || id AS record, land_area::float AS land FROM facility
      WHERE provision_mode IN ('NEW_BUILD', 'RECONSTRUCTION', 'EXPANSION') AND approved_on >= '2021-07-01'
        AND land_area < 1000 AND retired_at IS NULL ORDER BY 1`,
  );
  const { findings } = await hub.data(ofRule("I_01"), PLANNING);
  expect(rows.map((r) => r.land)).toEqual(expect.arrayContaining([700, 999.99]));
  expect(findings.totalCount).toBe(rows.length);
  expect(
    findings.nodes.map((n: Found & { measured: number }) => ({ record: n.record, land: n.measured })),
  ).toEqual(rows);
  expect(findings.nodes[0]).toMatchObject({
    weight: "BREACH",
    about: "facility",
    required: 1000,
    unit: "m²",
  });
});

test("a finding is opened by its id, links to its record, and is gone when the record is put right", async () => {
  const { findings } = await hub.data(ofRule("I_01"), PLANNING);
  const [first] = findings.nodes as Found[];
  const { node, linked, record } = await hub.data(
    `{ node(id: "${first?.id}") { id ... on Finding { rule record } }
       linked: findings(where: { record: { eq: "${first?.record}" }, rule: { eq: I_01 } }) {
         nodes { facility { id landArea } community { code } project { id } } }
       record: node(id: "${first?.record}") { id } }`,
    PLANNING,
  );
  expect(node).toEqual({ id: first?.id, rule: "I_01", record: first?.record });
  expect(record.id).toBe(first?.record);
  expect(linked.nodes[0].facility.id).toBe(first?.record);
  expect(linked.nodes[0].community.code).toBe(first?.territory);
  expect(linked.nodes[0].project).toBeNull();
  await hub.database.pool.query("UPDATE facility SET land_area = 1000 WHERE id = $1", [
    first?.record.split(":")[1],
  ]);
  const after = await hub.data(ofRule("I_01"), PLANNING);
  expect(after.findings.totalCount).toBe(findings.totalCount - 1);
});

test("what a rule looks at decides who sees its findings: money for finance, in a district its own", async () => {
  const all = (await hub.data(ofRule("I_29"), FINANCE)).findings;
  expect(all.totalCount).toBeGreaterThan(0);
  const own = (await hub.data(ofRule("I_29"), DISTRICT)).findings;
  expect(own.nodes).toEqual(all.nodes.filter((n: Found) => n.territory.startsWith("140105")));
  const { data, extensions } = await hub.ask(ofRule("I_29"), PLANNING);
  expect(data.findings).toEqual({ totalCount: 0, nodes: [] });
  expect(extensions.access.map((a: { dataset: string }) => a.dataset)).toContain("allocation");
});

test("findings are filtered, ordered, paged, grouped and exported as rows are", async () => {
  const { all, groups } = await hub.data(
    `{ all: findings(orderBy: [{ field: RULE }, { field: RECORD }], first: 1000) { totalCount nodes { id rule record territory } }
       groups: findingsAggregate(groupBy: [RULE, TERRITORY_DISTRICT]) { groups { key { rule territoryDistrict } count } } }`,
    CIVIL_AFFAIRS,
  );
  const nodes: Found[] = all.nodes;
  expect(all.totalCount).toBe(nodes.length);
  expect(new Set(nodes.map((n) => n.id)).size).toBe(nodes.length);
  expect(new Set(nodes.map((n) => n.rule)).size).toBeGreaterThan(3);
  const counts = new Map<string, number>();
  for (const n of nodes) {
    const key = `${n.rule} ${n.territory.slice(0, 6)}000000`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const told = groups.groups.map((g: { key: { rule: string; territoryDistrict: string }; count: number }) => [
    `${g.key.rule} ${g.key.territoryDistrict}`,
    g.count,
  ]);
  expect(new Map(told)).toEqual(counts);
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more && seen.length < 1000; ) {
    const { page }: { page: { nodes: Found[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } =
      await hub.data(
        `query ($after: String) { page: findings(orderBy: [{ field: RULE }, { field: RECORD }], first: 400, after: $after) {
        nodes { id } pageInfo { endCursor hasNextPage } } }`,
        CIVIL_AFFAIRS,
        { variables: { after } },
      );
    seen.push(...page.nodes.map((n) => n.id));
    [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
  }
  expect(seen).toEqual(nodes.map((n) => n.id));
  const file = await hub.post(
    `{ findings(where: { rule: { eq: I_22 } }) { nodes { ${FIELDS} } } }`,
    CIVIL_AFFAIRS,
    {
      accept: "text/csv",
    },
  );
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines.filter((l) => l.includes("I_22")).length).toBe(nodes.filter((n) => n.rule === "I_22").length);
});

test("before a rule was in force nothing is found by it", async () => {
  const at = (asOf: string) =>
    hub.data(`{ findings(where: { rule: { eq: I_21 } }, asOf: "${asOf}") { totalCount } }`, CIVIL_AFFAIRS);
  expect((await at("2021-01-01T00:00:00+08:00")).findings.totalCount).toBe(0);
});
