/** The hub's main job, for real: one question over six domains of one street, three departments, three right answers. */
import type { AccessNote } from "../../src/read";
import { openTestHub, type TestHub } from "../setup/hub";

const FINANCE = "finance@140100000000";
const STREET = "street-office@140105001000";
const BIG_DATA = "big-data@140100000000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const QUESTION = `query Street($street: String!) {
  committees(where: { territory: { within: $street } }) { totalCount nodes { code name director } }
  facilities(where: { territory: { within: $street } }) { totalCount nodes { name buildingArea } }
  socialOrganizations(where: { territory: { within: $street } }) { totalCount nodes { name tier contactPhone } }
  volunteers(where: { territory: { within: $street } }) { totalCount nodes { volunteerNo name phone address } }
  communityWorkers(where: { territory: { within: $street } }) { totalCount nodes { workerNo name monthlyPay } }
  allocations(where: { territory: { within: $street } }) { totalCount nodes { allocationNo amount } }
  volunteersAggregate(where: { territory: { within: $street } }) { groups { count suppressed } coverage { territory counted } }
}`;
const variables = { street: "140105001" };
const WUCHENG = "140105001000";

type Row = Record<string, unknown>;
interface Answer {
  readonly data: Record<string, { totalCount: number; nodes: Row[]; groups: Row[]; coverage: Row[] }>;
  readonly extensions: {
    access: AccessNote[];
  };
}

/** What the table itself holds: counted past the planner, which only a test may do. */
async function stored(table: string, condition = "TRUE"): Promise<number> {
  const where = `territory >= '140105001000' AND territory < '140105002000' AND retired_at IS NULL AND ${condition}`;
  const { rows } = await hub.database.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
  return rows[0].n;
}

const SHARED =
  "consent = 'GRANTED' AND (birth_date <= now() - interval '14 years' OR guardian_consent = 'GRANTED')";

test("the street's own office sees its people in full, but for those who have not consented", async () => {
  const { data, extensions }: Answer = await hub.ask(QUESTION, STREET, { variables });
  expect(data.committees?.totalCount).toBe(await stored("committee"));
  expect(data.volunteers?.totalCount).toBe(await stored("volunteer", SHARED));
  expect(data.volunteers?.nodes.length).toBeGreaterThan(0);
  for (const v of data.volunteers?.nodes ?? []) {
    expect(v.name).not.toMatch(/\*/);
    expect(v.phone).toMatch(/^1\d{10}$/);
  }
  expect(data.communityWorkers?.totalCount).toBe(await stored("community_worker"));
  expect(data.allocations?.totalCount).toBe(await stored("allocation"));
  const name = extensions.access.find((n) => n.dataset === "volunteer" && n.field === "name");
  expect([name?.zh, name?.en]).toEqual(["姓名", "Name"]);
  expect(name?.exceptWhere).toEqual({
    code: "VOLUNTEER_WITHOUT_CONSENT",
    class: "NOT_SHARED",
    zh: "本人未同意共享，或者未满十四周岁且监护人未同意的，不予共享。",
    en: "Not shared where the volunteer does not consent to sharing, or is under 14 and the guardian does not (B-35, B-38).",
  });
  expect(name?.held).toContainEqual(expect.objectContaining({ territory: WUCHENG, level: "FULL" }));
});

test("finance sees its money and the open facts; without a purpose no volunteer exists for it", async () => {
  const { data, extensions }: Answer = await hub.ask(QUESTION, FINANCE, { variables });
  expect(data.committees?.totalCount).toBe(await stored("committee"));
  expect(data.allocations?.totalCount).toBe(await stored("allocation"));
  expect(data.allocations?.nodes[0]?.amount).toMatch(/^\d+\.\d{2}$/);
  expect(data.volunteers).toEqual({ totalCount: 0, nodes: [] });
  expect(data.volunteersAggregate?.groups).toEqual([{ count: 0, suppressed: false }]);
  expect(data.volunteersAggregate?.coverage).toContainEqual({ territory: "140100000000", counted: false });
  const unseen = extensions.access.filter((n) => n.dataset === "volunteer");
  expect(unseen).toHaveLength(1);
});

test("finance reviewing budgets sees volunteers masked, and pay in full", async () => {
  const { data }: Answer = await hub.ask(QUESTION, FINANCE, { variables, purpose: "budget-review" });
  expect(data.volunteers?.totalCount).toBe(await stored("volunteer", SHARED));
  for (const v of data.volunteers?.nodes ?? []) {
    expect(v.name).toMatch(/^.\*$/);
    expect([v.phone, v.address]).toEqual([null, null]);
  }
  expect(data.communityWorkers?.nodes[0]?.monthlyPay).toMatch(/^\d+\.\d{2}$/);
});

test("the big-data bureau sees figures of people, protected, and no person", async () => {
  const { data }: Answer = await hub.ask(QUESTION, BIG_DATA, { variables });
  expect(data.volunteers).toEqual({ totalCount: 0, nodes: [] });
  expect(data.communityWorkers).toEqual({ totalCount: 0, nodes: [] });
  expect(data.committees?.totalCount).toBe(await stored("committee"));
  const count = Number(data.volunteersAggregate?.groups[0]?.count);
  const shared = await stored("volunteer", SHARED);
  expect(Math.abs(count - shared)).toBeLessThanOrEqual(2);
});

test("both exits note the same, also where one root sees no row and another counts them", async () => {
  const question = "{ volunteers { totalCount } volunteersAggregate { groups { avg { totalHours } } } }";
  const text = await hub.ask(question, BIG_DATA);
  const objects = await hub.ask(question.replace("{ ", "{ __schema { queryType { name } } "), BIG_DATA);
  expect(objects.extensions.access).toEqual(text.extensions.access);
  const notes = text.extensions.access.filter((n: { dataset: string }) => n.dataset === "volunteer");
  expect(notes.map((n: { field?: string }) => n.field)).toEqual([undefined, "totalHours"]);
});
