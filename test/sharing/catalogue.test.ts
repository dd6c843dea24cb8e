// The catalogue is open to all and complete; grants are seen by those they concern.
import { catalogue } from "../../src/datasets";
import { type Asking, openTestHub, type TestHub } from "../setup/hub";

const FINANCE = "finance@140100000000";
const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const COMMITTEE = "committee@140105001001";

let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub();
});

afterAll(() => hub.close());

describe("catalogue", () => {
  const NINE = `query ($dataset: String, $search: String) { catalogue(dataset: $dataset, search: $search) {
    name title fields { name zh en kind class personal article mask key values { name zh } steward { kind zh }
      stricter { code zh class } }
    provider { kind zh } format update classes ways conditions { class zh } grading { theme personal protected }
    businessKey links { name target many } from } }`;

  test("holds every dataset and report with the nine items, for a committee as for anyone", async () => {
    const { catalogue: entries } = await hub.data(NINE, COMMITTEE);
    expect(entries.map((e: { name: string }) => e.name)).toEqual(catalogue.readable.map((d) => d.name));
    for (const entry of entries) {
      const { title, fields, provider, format, ways, grading } = entry;
      for (const item of [title, provider.zh, format, grading.theme]) expect(item).toMatch(/\S/);
      expect([fields.length > 3, ways.length > 0]).toEqual([true, true]);
      if (entry.from) continue;
      expect(entry.update).toMatch(/\S/);
      expect(entry.conditions.map((c: { class: string }) => c.class)).toEqual(entry.classes);
    }
    expect(await hub.data(NINE, FINANCE)).toEqual({ catalogue: entries });
  });

  test("tells a field's class, personal data, steward, mask, values and stricter condition", async () => {
    const [volunteer] = (await hub.data(NINE, FINANCE, { variables: { dataset: "volunteer" } })).catalogue;
    // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the test is about
    const field = (name: string): any => volunteer.fields.find((f: { name: string }) => f.name === name);
    expect(field("phone")).toMatchObject({
      class: "CONDITIONAL",
      personal: "PERSONAL",
      mask: "PHONE",
      steward: { kind: "civil-affairs", zh: "民政部门" },
      stricter: { code: "VOLUNTEER_WITHOUT_CONSENT", class: "NOT_SHARED" },
    });
    expect(field("state").values).toContainEqual({ name: "ACTIVE", zh: "在册" });
    expect(volunteer.grading).toEqual({ theme: "社区治理", personal: "SENSITIVE", protected: true });
  });

  test("names the steward in force, not the first one", async () => {
    const facility = async () =>
      (await hub.data(NINE, FINANCE, { variables: { dataset: "facility" } })).catalogue[0];
    const before = await facility();
    const title = before.fields.find((f: { name: string }) => f.name === "titleNo");
    expect([before.provider.kind, title.steward.kind]).toEqual(["civil-affairs", "real-estate"]);
    await hub.database.pool.query(
      "UPDATE stewardship SET ends_at = now() WHERE dataset = 'facility' AND field IS NULL",
    );
    await hub.database.pool.query(
      "INSERT INTO stewardship (dataset, kind, starts_at) VALUES ('facility', 'housing', now() - interval '1 s')",
    );
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // rights are trusted for a second
    expect((await facility()).provider).toEqual({ kind: "housing", zh: "住房和城乡建设部门" });
  });

  test("is searched in names, fields and values, in either language", async () => {
    const found = async (search: string) =>
      (await hub.data(NINE, FINANCE, { variables: { search } })).catalogue.map(
        (e: { name: string }) => e.name,
      );
    expect(await found("养老服务中心")).toContain("facility");
    expect(await found("MONTHLYPAY")).toEqual(["communityWorker"]);
    expect(await found("no such thing")).toEqual([]);
  });
});

describe("grants", () => {
  const GRANTS = `query ($department: String, $dataset: String) { grants(department: $department, dataset: $dataset, first: 1000) {
    nodes { id department dataset fields level territory territoryName purpose legalBasis grantedBy from until inForce } } }`;
  type Grant = { id: string; department: string; dataset: string; territory: string; inForce: boolean };
  const grantsOf = async (department: string, asking?: Asking): Promise<Grant[]> =>
    (await hub.data(GRANTS, department, asking)).grants.nodes;
  const kinds = (grants: Grant[], of: "department" | "dataset") => [...new Set(grants.map((g) => g[of]))];

  test("a department sees those it was given, and not the others'", async () => {
    expect(kinds(await grantsOf("justice@140100000000"), "department")).toEqual(["justice@140100000000"]);
    expect(await grantsOf("emergency@140100000000")).toEqual([]);
  });

  test("a steward sees those on its datasets, in its territory", async () => {
    const finance = await grantsOf(FINANCE);
    const others = finance.filter((g) => g.department !== FINANCE);
    expect(kinds(others, "dataset").sort()).toEqual([
      "allocation",
      "budgetLine",
      "fundTransaction",
      "purchaseContract",
    ]);
    const elsewhere = await grantsOf("finance@140106000000");
    expect(elsewhere.some((g) => g.territory === "140106000000")).toBe(true);
    expect(elsewhere.filter((g) => g.territory.startsWith("140105"))).toEqual([]);
    expect(elsewhere.length).toBeGreaterThan(0);
  });

  test("security and audit see all, administrators none but their department's", async () => {
    const { rows } = await hub.database.pool.query(
      "SELECT count(*)::int AS n FROM access_grant WHERE ends_at > now()",
    );
    const as = "emergency@140100000000";
    expect(await grantsOf(as, { duties: ["security"] })).toHaveLength(rows[0].n);
    expect(await grantsOf(as, { duties: ["audit"] })).toHaveLength(rows[0].n);
    expect(await grantsOf(as, { duties: ["admin"] })).toEqual([]);
  });

  test("arguments narrow, and never widen", async () => {
    const justice = "justice@140100000000";
    const seen = await grantsOf(CIVIL_AFFAIRS, { variables: { department: justice, dataset: "volunteer" } });
    expect(seen.length).toBeGreaterThan(0);
    for (const grant of seen)
      expect(grant).toMatchObject({ department: justice, dataset: "volunteer", inForce: true });
    expect(await grantsOf("health@140100000000", { variables: { department: justice } })).toEqual([]);
  });
});

test("purposes are told to everyone, with their legal basis", async () => {
  const { purposes } = await hub.data("{ purposes { code zh en legalBasis } }", COMMITTEE);
  expect(purposes).toContainEqual(
    expect.objectContaining({ code: "budget-review", legalBasis: "太原市城乡社区治理促进条例 第四十一条" }),
  );
});
