// Figures of grants, of the catalogue's clocks and of what answers lacked, without a server, counted by hand.
import { randomUUID } from "node:crypto";
import { seedCatalogue, seedDepartments, seedRights } from "../../seeds";
import { seedDeadlines } from "../../seeds/deadlines";
import { recordWithin, usedSince } from "../../src/audit";
import { catalogue } from "../../src/datasets";
import { Catalogue } from "../../src/declare";
import { createRightsStore, type Duty, departmentOf, type Identity } from "../../src/identity";
import { createCatalogueUpdates, createSupervision } from "../../src/sharing";
import type { EntryContent } from "../../src/sharing/catalogue/content";
import { insertAct } from "../../src/sharing/grants/store";
import { BIG_DATA, CITY, HOUSING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";
import { type TestDatabase, testDatabase } from "../setup/database";

const RED_CROSS = `red-cross@${CITY}`;
const REAL_ESTATE = `real-estate@${CITY}`;
const MARCH = { from: "2026-03-01", until: "2026-04-01" };
const PHONE = { dataset: "volunteer", field: "phone" };
const time = new Time();
let home: TestDatabase;

beforeAll(async () => {
  home = await testDatabase();
  await seedRights(home.pool, catalogue, { demo: false });
  await seedDeadlines(home.pool);
  await seedDepartments(home.pool, catalogue);
  await seedCatalogue(home.pool, catalogue);
  await home.pool.query("SELECT access_record_partition('2026-03-01')");
}, 60_000);
afterAll(() => home.drop());

const as = (code: string, ...duties: Duty[]): Identity => ({
  subject: "t",
  department: departmentOf(code)!,
  duties,
});
const performance = (code: string, at: string) => {
  time.march(at);
  return createSupervision({
    catalogue,
    pool: home.pool,
    now: time.now,
    usedSince: (since) => usedSince(home.pool, since),
  }).performance(as(code, "read"), MARCH);
};
const rowOf = async (side: string, code: string) =>
  (await performance(BIG_DATA, "27T09:00")).rows.find((r) => r.side === side && r.department === code);

async function given(from: string, until: string | null = null): Promise<string> {
  const id = randomUUID();
  await home.pool.query(
    `INSERT INTO access_grant (id, department, dataset, fields, level, territory, purpose, legal_basis, granted_by, request,
       starts_at, ends_at) VALUES ($1, $2, 'volunteer', '{phone}', 'FULL', $3, 'emergency-response', 'x', $4, $5, $6, $7)`,
    [id, RED_CROSS, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS, randomUUID(), from, until],
  );
  return id;
}

type Act = Parameters<typeof insertAct>[2];
async function acted(id: string, made: Pick<Act, "seq" | "act" | "from" | "to" | "party"> & Partial<Act>) {
  const whose = { duty: "decide", actor: "t", department: RED_CROSS, reason: "x" };
  const client = await home.pool.connect();
  await insertAct(client, id, {
    at: new Date("2026-03-06T09:00:00+08:00"),
    ...whose,
    ...made,
  } as Act).finally(() => client.release());
}

async function recorded(department: string, level: string, code?: string, grants: string[] = []) {
  const fields = [
    { field: "phone", level, territories: [XIAODIAN] },
    { field: "name", level: "FULL", territories: [XIAODIAN] },
  ];
  const counts = { rows: 1, suppressed: 0, cost: 1, milliseconds: 1 };
  const outcome = code ? ("REFUSED" as const) : ("ANSWERED" as const);
  const at = new Date("2026-03-20T09:00:00+08:00");
  const who = { at, requestId: randomUUID(), subject: "t", department };
  const client = await home.pool.connect();
  await recordWithin(client, {
    ...{ ...who, ...counts, outcome, code, grants, datasets: [{ dataset: "volunteer", fields }] },
  } as Parameters<typeof recordWithin>[1]).finally(() => client.release());
}

test("grants: given, in force, unused, suspended, revoked, given up, disposed of", async () => {
  const [used] = [await given("2025-10-01"), await given("2025-10-01"), await given("2026-03-10")];
  await given("2025-10-01", "2026-03-10");
  const [misused, needless] = [await given("2025-10-01"), await given("2025-10-01")];
  const provider = { party: "provider" as const };
  await acted(misused, { seq: 1, act: "SUSPEND", from: "ACTIVE", to: "SUSPENDED", ...provider });
  await acted(misused, {
    seq: 2,
    act: "REVOKE",
    from: "SUSPENDED",
    to: "REVOKED",
    ...provider,
    authority: BIG_DATA,
  });
  const grantee = { party: "grantee" as const };
  await acted(needless, {
    seq: 1,
    act: "RELINQUISH",
    from: "ACTIVE",
    to: "RELINQUISHED",
    ...grantee,
    duty: "approve",
  });
  const disposal = { what: "x", how: "x", at: "2026-03-06T08:00:00+08:00", by: "x" };
  await acted(needless, {
    ...{ seq: 2, act: "DISPOSE", from: "RELINQUISHED", to: "DISPOSED", ...grantee, duty: "read", disposal },
  } as Parameters<typeof acted>[1]);
  await recorded(RED_CROSS, "MASKED", undefined, [used as string]);
  const counted = {
    ...{ given: 1, inForce: 3, unused: 1, suspended: 1 },
    ...{ narrowed: 0, revoked: 1, relinquished: 1, disposed: 1 },
  };
  expect((await rowOf("PROVIDER", XIAODIAN_CIVIL_AFFAIRS))?.grants).toEqual(counted);
  expect((await rowOf("REQUESTER", RED_CROSS))?.grants).toEqual(counted);
  expect((await performance(RED_CROSS, "27T09:00")).rows.map((r) => r.department)).toEqual([RED_CROSS]);
});

test("most-missed fields are those that most departments lacked; a department sees what it lacked itself", async () => {
  await recorded(HOUSING, "NONE", "FIELD_WITHHELD");
  await recorded(HOUSING, "NONE", "FIELD_WITHHELD");
  await recorded(BIG_DATA, "FULL");
  const missed = async (code: string) => (await performance(code, "27T09:00")).missed;
  const none = { requestedBy: 0, requests: 0 };
  expect(await missed(BIG_DATA)).toEqual([{ ...PHONE, departments: 2, withNone: 1, answers: 3, ...none }]);
  expect(await missed(HOUSING)).toEqual([{ ...PHONE, departments: 1, withNone: 1, answers: 2, ...none }]);
  expect(await missed(XIAODIAN_CIVIL_AFFAIRS)).toEqual([]);
});

/** A hub of a build in which an idle asset has more fields, and a community one. */
function build(...more: string[]) {
  const { fields } = catalogue.dataset("facility");
  const like = fields.find((f) => f.name === "landArea")!;
  const grown = (names: string[]) => names.map((name) => ({ ...like, name, column: name, zh: name }));
  const altered = catalogue.datasets.map((d) => {
    if (d.name === "idleAsset") return { ...d, fields: [...d.fields, ...grown(more)] };
    return d.name === "community" ? { ...d, fields: [...d.fields, ...grown(["roof"])] } : d;
  });
  const rights = createRightsStore(home.pool, { freshFor: 0 });
  return createCatalogueUpdates({
    catalogue: new Catalogue(altered),
    pool: home.pool,
    rights,
    now: time.now,
  });
}

const CONTENT: EntryContent = {
  responsible: { name: "某甲（虚构）", post: "x", contact: "x" },
  secrecy: { by: "某乙（虚构）", on: "2026-02-01", conclusion: "x" },
  personal: { by: "某丙（虚构）", on: "2026-02-01", conclusion: "x" },
  frequency: "DAILY",
  ways: ["SERVICE"],
  conditions: [],
  closures: [{ reason: "x", law: "x", fields: [] }],
};

test("changes of the catalogue: sent in time, late, not at all; reviewed in time, and overdue", async () => {
  const sent = async (hub: ReturnType<typeof build>, at: string) => {
    time.march(at);
    const { id } = await hub.propose(as(REAL_ESTATE, "steward"), "idleAsset", CONTENT);
    await hub.review(as(REAL_ESTATE, "approve"), id, "APPROVE");
    return id;
  };
  time.march("02T09:00");
  const first = build("roof");
  expect(await first.notice()).toBe(2); // due by the end of the 16th
  const id = await sent(first, "05T09:00");
  time.march("06T09:00");
  await first.review(as(BIG_DATA, "decide"), id, "PUBLISH");
  time.march("09T09:00");
  const second = build("roof", "cellar");
  expect(await second.notice()).toBe(1); // due by the end of the 23rd
  await sent(second, "24T09:00"); // its review is due by the end of the 26th
  const none = { inTime: 0, late: 0, overdue: 0, published: 0, extended: 0 };
  expect((await rowOf("PROVIDER", REAL_ESTATE))?.catalogue).toEqual({
    ...{ ...none, opened: 2, inTime: 1, late: 1, published: 1 },
  });
  expect((await rowOf("PROVIDER", `civil-affairs@${CITY}`))?.catalogue).toEqual({
    ...none,
    opened: 1,
    overdue: 1,
  });
  const reviews = { received: 2, inTime: 1, late: 0, overdue: 1, running: 0 };
  const authority = await rowOf("AUTHORITY", BIG_DATA);
  expect(authority).toMatchObject({ reviews, requests: null, catalogue: null });
});
