// What an act does to answers: at once, in every process, with the cursors that were made under the grant.
import { openTestHub, type TestHub } from "../setup/hub";
import { FINANCE, grantsOn, HOUSING, PURPOSE, WHOSE } from "./flow";

const QUESTION = `query ($after: String, $first: Int!) {
  volunteers(where: { territory: { within: "140105" } }, first: $first, after: $after) {
    totalCount nodes { name phone } pageInfo { endCursor hasNextPage } } }`;

let hub: TestHub;
let other: TestHub;
let grants: ReturnType<typeof grantsOn>;

beforeAll(async () => {
  hub = await openTestHub();
  other = await openTestHub({ beside: hub });
  grants = grantsOn(hub);
});
afterAll(async () => {
  await other.close();
  await hub.close();
});
afterEach(() =>
  hub.database.pool.query(
    "UPDATE access_grant SET ends_at = now() WHERE department = $1 AND ends_at > now()",
    [HOUSING],
  ),
);

const ask = (on: TestHub, after?: string) =>
  on.ask(QUESTION, HOUSING, { purpose: PURPOSE, variables: { first: 3, after } });
const volunteers = async (on: TestHub) => (await ask(on)).data.volunteers;
const full = (phone: string | null) => phone === null || /^\d{11}$/.test(phone);

describe.each(["suspend", "revoke", "relinquish"] as const)("%s", (act) => {
  test("the very next answer of another process is without the grant, and so is the page after a cursor", async () => {
    const id = await grants.given();
    const [, before] = [await volunteers(hub), await volunteers(other)];
    expect(before.totalCount).toBeGreaterThan(6);
    const second = await ask(other, before.pageInfo.endCursor);
    expect(second.data.volunteers.nodes).toHaveLength(3);
    await grants.act(id, act);
    for (const on of [other, hub]) {
      const page = await ask(on, before.pageInfo.endCursor);
      expect(page.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_STALE" });
      expect(await volunteers(on)).toMatchObject({ totalCount: 0, nodes: [] });
    }
  });
});

test("what was put right is there again in the very next answer", async () => {
  const id = await grants.given();
  const before = await volunteers(other);
  await grants.act(id, "suspend");
  expect((await volunteers(other)).totalCount).toBe(0);
  await grants.act(id, "resume");
  expect(await volunteers(other)).toEqual(before);
});

test("a narrowed grant opens in the very next answer what is left of it", async () => {
  const id = await grants.given();
  const before = await volunteers(other);
  expect(before.nodes.every((v: { phone: string }) => full(v.phone))).toBe(true);
  await grants.act(id, "narrow", { fields: null, level: "MASKED" });
  const stale = await ask(other, before.pageInfo.endCursor);
  expect(stale.errors[0].extensions).toMatchObject({ reason: "CURSOR_STALE" });
  const masked = await volunteers(other);
  expect(masked.totalCount).toBe(before.totalCount);
  for (const { name, phone } of masked.nodes) {
    expect(name).toContain("*");
    expect(phone === null || !full(phone)).toBe(true);
  }
  await grants.act(id, "narrow", { fields: ["name"] });
  for (const { name, phone } of (await volunteers(other)).nodes) {
    expect(name).toContain("*");
    expect(phone).toBeNull();
  }
  await grants.act(id, "narrow", { fields: null, territory: "140105001" });
  const street = await volunteers(other);
  expect(street.totalCount).toBeGreaterThan(0);
  expect(street.totalCount).toBeLessThan(before.totalCount);
});

test("an act on one grant leaves the cursors of another alone", async () => {
  await grants.given();
  const elsewhere = await grants.given({ dataset: "volunteerStation", fields: ["organizationId"] });
  const { pageInfo } = await volunteers(other);
  await grants.act(elsewhere, "suspend");
  expect((await ask(other, pageInfo.endCursor)).errors).toBeUndefined();
});

test("every act moves the epoch once; what is refused leaves it", async () => {
  const epoch = async () =>
    Number((await hub.database.pool.query("SELECT epoch FROM grant_epoch")).rows[0].epoch);
  const id = await grants.given();
  let last = await epoch();
  for (const act of ["suspend", "resume", "narrow", "revoke", "dispose"] as const) {
    await grants.act(id, act);
    expect(await epoch()).toBe(++last);
    expect(await grants.refusal(grants.attempt(id, act, FINANCE, ["decide"], WHOSE[act].said))).toBeDefined();
    expect(await epoch()).toBe(last);
  }
});

test("with the grant suspended, no answer points to its purpose any more", async () => {
  const id = await grants.given();
  const purposes = async () => {
    const { extensions } = await other.ask(QUESTION, HOUSING, { variables: { first: 3 } });
    return extensions.access.flatMap((note: { purposes: string[] }) => note.purposes);
  };
  expect(await purposes()).toContain(PURPOSE);
  await grants.act(id, "suspend");
  expect(await purposes()).not.toContain(PURPOSE);
});

test("of two acts at once in two processes the second starts from where the first led", async () => {
  for (let round = 0; round < 5; round++) {
    const id = await grants.given();
    const both = await Promise.all(
      [["revoke", hub] as const, ["relinquish", other] as const].map(([act, on]) => {
        const { as, duty, said } = WHOSE[act];
        return grantsOn(on).attempt(id, act, as, [duty], said);
      }),
    );
    expect(both.filter(({ errors }) => errors).map(({ errors }) => errors[0].extensions.reason)).toEqual([
      "NOT_NOW",
    ]);
  }
});

test("a grant goes down to a street and a community, and its end takes it back there", async () => {
  for (const [department, territory] of [
    ["street-office@140105002000", "140105001000"],
    ["committee@140105002001", "140105001001"],
  ] as const) {
    const id = await grants.given({ department, territory });
    const seen = async () =>
      (
        await other.data(
          `{ volunteers(where: { territory: { within: "${territory}" } }) { totalCount } }`,
          department,
          { purpose: PURPOSE },
        )
      ).volunteers.totalCount;
    expect([department, await seen()]).toEqual([department, expect.any(Number)]);
    expect(await seen()).toBeGreaterThan(0);
    await grants.act(id, "suspend");
    expect(await seen()).toBe(0);
  }
});

test("an act waits for a re-code that runs, and neither stands in the other's way", async () => {
  const id = await grants.given();
  const recode = await hub.database.pool.connect();
  await recode.query("BEGIN; LOCK TABLE access_grant IN SHARE ROW EXCLUSIVE MODE");
  let answered = false;
  const { as, duty, said } = WHOSE.suspend;
  const act = grants.attempt(id, "suspend", as, [duty], said).finally(() => {
    answered = true;
  });
  const waits = "SELECT FROM pg_locks WHERE relation = 'access_grant'::regclass AND NOT granted";
  while ((await recode.query(waits)).rowCount === 0) expect(answered).toBe(false);
  await recode.query("UPDATE access_grant SET ends_at = now() WHERE id = $1", [id]);
  await recode.query("COMMIT");
  recode.release();
  expect((await act).errors[0].extensions).toMatchObject({ reason: "NOT_NOW", state: "EXPIRED" });
});
