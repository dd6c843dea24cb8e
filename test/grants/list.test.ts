// What `grants` shows and to whom: states, what ends soon, what nobody uses, what waits.
import { openTestHub, type TestHub } from "../setup/hub";
import { Ahead, CITY, FINANCE, grantsOn, HOUSING, PURPOSE, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const QUESTION = `{ volunteers(where: { territory: { within: "140105" } }, first: 1) { nodes { name } } }`;
const DAY = 86_400_000;

const time = new Ahead();
let hub: TestHub;
let grants: ReturnType<typeof grantsOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  grants = grantsOn(hub);
});
afterAll(() => hub.close());
afterEach(() => time.days(0));

const within = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const ids = async (as: string, args: string, duties: Parameters<typeof grants.list>[2] = {}) =>
  (await grants.list(as, args, duties)).map((g) => g.id);

test("states follow the acts and the clock; without one named, those that have not ended are shown", async () => {
  const made = {
    UPCOMING: await grants.given({ from: within(3) }),
    IN_FORCE: await grants.given(),
    SUSPENDED: await grants.given(),
    EXPIRED: await grants.given({ until: "2026-11-01T00:00:00+08:00" }),
    REVOKED: await grants.given(),
    RELINQUISHED: await grants.given(),
    DISPOSED: await grants.given(),
  };
  await grants.act(made.SUSPENDED, "suspend");
  await grants.act(made.REVOKED, "revoke");
  await grants.act(made.RELINQUISHED, "relinquish");
  await grants.act(made.DISPOSED, "relinquish");
  await grants.act(made.DISPOSED, "dispose");
  for (const [state, id] of Object.entries(made)) {
    const found = await grants.list(HOUSING, `state: ${state}`);
    expect(found.map((g) => g.id)).toContain(id);
    expect(new Set(found.map((g) => g.state))).toEqual(new Set([state]));
    expect(found.every((g) => g.inForce === (state === "IN_FORCE"))).toBe(true);
    // Neither side's neighbours see it.
    expect(await ids(FINANCE, `state: ${state}`)).not.toContain(id);
    expect(await ids(FINANCE, `state: ${state}`, { duties: ["audit"] })).toContain(id);
    expect(await ids(XIAODIAN_CIVIL_AFFAIRS, `state: ${state}`)).toContain(id);
  }
  const usual = new Set((await grants.list(HOUSING)).map((g) => g.state));
  expect(usual).toEqual(new Set(["UPCOMING", "IN_FORCE", "SUSPENDED"]));
  time.days(4);
  expect(await ids(HOUSING, "state: IN_FORCE")).toContain(made.UPCOMING);
});

test("what ends soon is found by the days that are left, a begun one counted", async () => {
  const [soon, later, never] = [
    await grants.given({ until: within(9.5) }),
    await grants.given({ until: within(40) }),
    await grants.given({ until: null }),
  ];
  const found = await grants.list(HOUSING, "expiringWithin: 10");
  expect(found.find((g) => g.id === soon)).toMatchObject({ daysLeft: 10 });
  expect(found.map((g) => g.id)).not.toContain(later);
  expect(await ids(HOUSING, "expiringWithin: 9")).not.toContain(soon);
  expect(await ids(HOUSING, "expiringWithin: 36500")).not.toContain(never);
  time.days(31);
  const then = await ids(HOUSING, "expiringWithin: 10");
  expect(then).toContain(later);
  expect(then).not.toContain(soon);
  expect(await ids(HOUSING, "state: EXPIRED, expiringWithin: 10")).toEqual([]);
});

test.each(["expiringWithin: -1", "unusedFor: -1", "unusedFor: 40000"])(
  "%s is BAD_USER_INPUT",
  async (args) => {
    expect(await hub.refusal(`{ grants(${args}) { totalCount } }`, HOUSING)).toBe("BAD_USER_INPUT");
  },
);

test("a grant is used where an access record names it, and unused for as long as none does", async () => {
  const department = "red-cross@140100000000";
  const used = await grants.given({ department, fields: ["name"] });
  const idle = await grants.given({ department, fields: ["phone"] });
  const shown = async (id: string) => (await grants.list(department)).find((g) => g.id === id);
  expect((await shown(used)).lastUsedAt).toBeNull();
  const asked = Date.now();
  await hub.data(QUESTION, department, { purpose: PURPOSE });
  const at = Date.parse((await shown(used)).lastUsedAt);
  expect(Math.abs(at - asked)).toBeLessThan(60_000);
  expect((await shown(idle)).lastUsedAt).toBeNull();
  // Both were given long ago; one was used just now.
  const unused = (days: number) => ids(department, `unusedFor: ${days}`);
  expect(await unused(30)).toEqual([idle]);
  time.days(31);
  expect(new Set(await unused(30))).toEqual(new Set([used, idle]));
  expect(await unused(32)).toEqual([idle]);
});

test("a grant that opens nothing but rows of a stricter class is used where these are read", async () => {
  const department = "red-cross@140100000000";
  const what = { dataset: "socialOrganization", fields: ["name"], level: "MASKED", territory: CITY };
  const id = await grants.given({ department, ...what });
  const all = "{ socialOrganizations(first: 1) { nodes { name } totalCount } }";
  const registered = await hub.data(all, department);
  const shown = await hub.data(all, department, { purpose: PURPOSE });
  expect(shown.socialOrganizations.totalCount).toBeGreaterThan(registered.socialOrganizations.totalCount);
  // Nothing of persons: its record is brought to the table a moment later.
  const used = async () => (await grants.list(department)).find((g) => g.id === id).lastUsedAt;
  while ((await used()) === null) await new Promise((resolve) => setTimeout(resolve, 50));
});

test("a grant that has only begun is not unused yet, nor one that stands still", async () => {
  const department = "trade-union@140100000000";
  const young = await grants.given({ department, from: within(-5) });
  const still = await grants.given({ department });
  await grants.act(still, "suspend");
  expect(await ids(department, "unusedFor: 10")).toEqual([]);
  expect(await ids(department, "unusedFor: 4")).toEqual([young]);
});

test("waitingForMe is the provider's list and the grantee's, by duty", async () => {
  const department = "science-association@140100000000";
  const waiting = (as: string, duty: "read" | "decide" | "approve" | "security") =>
    ids(as, `waitingForMe: true, department: "${department}"`, { duties: [duty] });
  const suspended = await grants.given({ department });
  const idle = await grants.given({ department });
  const young = await grants.given({ department, from: within(-5) });
  await grants.act(suspended, "suspend");
  expect(new Set(await waiting(XIAODIAN_CIVIL_AFFAIRS, "decide"))).toEqual(new Set([suspended, idle]));
  expect(await waiting(XIAODIAN_CIVIL_AFFAIRS, "read")).toEqual([]);
  expect(await waiting(FINANCE, "security")).toEqual([]);
  expect(await waiting(department, "read")).toEqual([]);
  await grants.act(suspended, "revoke", { negotiation: null });
  await grants.act(idle, "revoke");
  expect(await waiting(XIAODIAN_CIVIL_AFFAIRS, "decide")).toEqual([]);
  expect(new Set(await waiting(department, "read"))).toEqual(new Set([suspended, idle]));
  expect(await waiting(department, "approve")).toEqual([]);
  time.days(100);
  expect(await waiting(XIAODIAN_CIVIL_AFFAIRS, "decide")).toEqual([young]);
});

test("pages follow one another without a gap or a second time, for whoever sees how much; one is found by its id", async () => {
  const department = "womens-federation@140100000000";
  const made = new Set<string>();
  for (let i = 0; i < 5; i++)
    made.add(await grants.given({ department, territory: i % 2 ? CITY : XIAODIAN }));
  const page = (as: string, after: string | null, duties?: Parameters<typeof grants.list>[2]) =>
    hub.data(
      `query ($after: String) { grants(first: 2, after: $after, department: "${department}") {
         nodes { id territory } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }`,
      as,
      { ...duties, variables: { after } },
    );
  for (const [as, duties, seen] of [
    [department, undefined, 5],
    [FINANCE, { duties: ["security"] }, 5],
    [XIAODIAN_CIVIL_AFFAIRS, undefined, 5],
    [FINANCE, undefined, 0],
  ] as const) {
    const found: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { grants: at } = await page(as, after, duties as Parameters<typeof grants.list>[2]);
      expect(at.totalCount).toBe(seen);
      expect(at.pageInfo.hasPreviousPage).toBe(after !== null);
      found.push(...at.nodes.map((g: { id: string }) => g.id));
      after = at.pageInfo.endCursor;
      more = at.pageInfo.hasNextPage;
    }
    expect(found).toHaveLength(seen);
    expect(new Set(found)).toEqual(seen > 0 ? made : new Set());
  }
  const [id] = made;
  const one = async (as: string) => (await hub.data(`{ grant(id: "${id}") { id } }`, as)).grant;
  expect(await one(department)).toEqual({ id });
  expect(await one(FINANCE)).toBeNull();
  expect(await hub.refusal(`{ grants(after: "x") { totalCount } }`, department)).toBe("BAD_USER_INPUT");
});
