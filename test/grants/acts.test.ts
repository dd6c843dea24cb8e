// Acts on a grant over HTTP: whose each is, from where it may come, what it says and what stays of it.
import type { Duty } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  type Act,
  Ahead,
  BIG_DATA,
  CITY,
  CIVIL_AFFAIRS,
  DISPOSAL,
  FINANCE,
  grantsOn,
  HOUSING,
  NEGOTIATION,
  WHOSE,
  XIAODIAN,
  XIAODIAN_BIG_DATA,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./flow";

const time = new Ahead();
let hub: TestHub;
let grants: ReturnType<typeof grantsOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  grants = grantsOn(hub);
});
afterAll(() => hub.close());
afterEach(() => time.days(0));

/** How a grant comes to stand there. */
const WAYS: Record<string, readonly Act[]> = {
  ACTIVE: [],
  SUSPENDED: ["suspend"],
  REVOKED: ["revoke"],
  RELINQUISHED: ["relinquish"],
  DISPOSED: ["relinquish", "dispose"],
};
const OPEN: Record<string, readonly Act[]> = {
  ACTIVE: ["suspend", "narrow", "revoke", "relinquish"],
  SUSPENDED: ["resume", "narrow", "revoke", "relinquish"],
  REVOKED: ["dispose"],
  RELINQUISHED: ["dispose"],
  EXPIRED: ["dispose"],
  DISPOSED: [],
};
const ACTS = Object.keys(WHOSE) as Act[];

async function standing(state: string): Promise<string> {
  if (state === "EXPIRED") return grants.given({ until: "2026-11-01T00:00:00+08:00" });
  const id = await grants.given();
  for (const act of WAYS[state]!) await grants.act(id, act);
  return id;
}

const lastActs = async (id: string) =>
  (await hub.database.pool.query("SELECT seq FROM access_grant_act WHERE grant_id = $1", [id])).rowCount;

describe.each(Object.keys(OPEN))("a grant that is %s", (state) => {
  test.each(ACTS)("%s", async (act) => {
    const id = await standing(state);
    const before = await lastActs(id);
    if (OPEN[state]!.includes(act)) {
      const shown = await grants.act(id, act);
      const { as, duty } = WHOSE[act];
      expect(shown.acts.at(-1)).toMatchObject({
        seq: before! + 1,
        party: as === HOUSING ? "grantee" : "provider",
        duty,
        actor: `demo.${as}`,
        department: as,
      });
    } else {
      expect(await grants.refused(id, act)).toMatchObject({
        code: "BAD_USER_INPUT",
        reason: "NOT_NOW",
        state,
      });
      expect(await lastActs(id)).toBe(before);
    }
  });
});

describe("every act is one department's with one duty", () => {
  const OTHERS: readonly [string, Duty][] = [
    ...(["read", "steward", "decide", "approve", "admin", "security", "audit"] as const).flatMap(
      (duty): [string, Duty][] => [
        [HOUSING, duty],
        [XIAODIAN_CIVIL_AFFAIRS, duty],
      ],
    ),
    [CIVIL_AFFAIRS, "decide"],
    [FINANCE, "security"],
    [FINANCE, "audit"],
  ];
  /** A grant that waits for the act. */
  const BEFORE: Record<Act, string> = {
    suspend: "ACTIVE",
    resume: "SUSPENDED",
    narrow: "ACTIVE",
    revoke: "ACTIVE",
    relinquish: "ACTIVE",
    dispose: "REVOKED",
  };

  test.each(ACTS)("%s", async (act) => {
    const id = await standing(BEFORE[act]);
    const whose = WHOSE[act];
    const before = await lastActs(id);
    for (const [as, duty] of OTHERS) {
      if (as === whose.as && duty === whose.duty) continue;
      const refusal = await grants.refusal(grants.attempt(id, act, as, [duty], whose.said));
      expect([as, duty, refusal]).toEqual([
        as,
        duty,
        expect.objectContaining({ code: "FORBIDDEN", department: whose.as, duty: whose.duty }),
      ]);
    }
    // Who may not know of a grant finds none.
    for (const as of [FINANCE, BIG_DATA, "civil-affairs@140106000000"]) {
      const refusal = await grants.refusal(
        grants.attempt(id, act, as, ["decide", "approve", "read"], whose.said),
      );
      expect([as, refusal?.code]).toEqual([as, "NOT_FOUND"]);
    }
    expect(await lastActs(id)).toBe(before);
    await grants.act(id, act);
  });

  test("openActs tells each what it could do", async () => {
    const id = await grants.given();
    const open = async (as: string, duty: Duty) =>
      (await grants.list(as, "", { duties: [duty] })).find((g) => g.id === id)?.openActs;
    expect(await open(XIAODIAN_CIVIL_AFFAIRS, "decide")).toEqual(["SUSPEND", "NARROW", "REVOKE"]);
    expect(await open(XIAODIAN_CIVIL_AFFAIRS, "read")).toEqual([]);
    expect(await open(CIVIL_AFFAIRS, "decide")).toEqual([]);
    expect(await open(HOUSING, "approve")).toEqual(["RELINQUISH"]);
    expect(await open(FINANCE, "security")).toEqual([]);
    expect(await open(FINANCE, "decide")).toBeUndefined();
  });

  test("without a token nothing is done or told", async () => {
    const id = await grants.given();
    for (const query of [
      `mutation { suspendGrant(id: "${id}", reason: "x") { id } }`,
      "{ grants { totalCount } }",
    ]) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query });
      expect((await fetch(`${hub.url}/graphql`, { method: "POST", headers, body })).status).toBe(401);
    }
  });
});

describe("what must be said", () => {
  test("a reason, with every act but the report", async () => {
    for (const act of ["suspend", "narrow", "revoke", "relinquish"] as const)
      for (const reason of ["", "  ", "x".repeat(2_001)])
        expect(await grants.refused(await grants.given(), act, { reason })).toMatchObject({
          code: "BAD_USER_INPUT",
          argument: "reason",
        });
  });

  test("a negotiation before a grant ends, but not where a misuse has suspended it", async () => {
    const id = await grants.given();
    expect(await grants.refused(id, "revoke", { negotiation: null })).toMatchObject({
      reason: "NEGOTIATION_NEEDED",
    });
    const late = { ...NEGOTIATION, at: "2031-01-01T00:00:00+08:00" };
    expect(await grants.refused(id, "revoke", { negotiation: late })).toMatchObject({
      reason: "IN_THE_FUTURE",
    });
    await grants.act(id, "suspend");
    const shown = await grants.act(id, "revoke", { negotiation: null });
    expect(shown).toMatchObject({ state: "REVOKED", inForce: false, daysLeft: null });
    expect(shown.acts.at(-1)).toMatchObject({
      act: "REVOKE",
      negotiation: null,
      authority: XIAODIAN_BIG_DATA,
    });
  });

  test("a revocation keeps the negotiation, is filed with the authority, and says what the grant was", async () => {
    const id = await grants.given();
    const shown = await grants.act(id, "revoke");
    expect(shown.acts).toEqual([
      expect.objectContaining({
        act: "REVOKE",
        reason: "服务停止",
        negotiation: { at: "2026-11-02T09:00:00.000+08:00", record: "双方协商一致" },
        authority: XIAODIAN_BIG_DATA,
        former: {
          fields: ["name", "phone"],
          level: "FULL",
          territory: XIAODIAN,
          until: "2029-01-01T00:00:00.000+08:00",
        },
      }),
    ]);
    expect(Date.parse(shown.until)).toBeLessThanOrEqual(Date.now());
    // The authority sees what is filed with it, and no other grant of the two.
    const filed = await grants.list(XIAODIAN_BIG_DATA, "state: [REVOKED, IN_FORCE]", { duties: ["decide"] });
    expect(filed.map((g) => g.id)).toContain(id);
    expect(filed.map((g) => g.id)).not.toContain(await grants.given());
  });

  test("a disposal that lies in the past, and is told whole", async () => {
    const id = await standing("REVOKED");
    const said = (disposal: object) => ({ disposal: { ...DISPOSAL, ...disposal } });
    expect(await grants.refused(id, "dispose", said({ at: "2031-01-01T00:00:00+08:00" }))).toMatchObject({
      reason: "IN_THE_FUTURE",
    });
    for (const name of ["what", "how", "by"])
      expect(await grants.refused(id, "dispose", said({ [name]: " " }))).toMatchObject({
        argument: `disposal.${name}`,
      });
    const shown = await grants.act(id, "dispose");
    expect(shown).toMatchObject({ state: "DISPOSED", openActs: [] });
    expect(shown.acts.at(-1).disposal).toEqual({ ...DISPOSAL, at: "2026-11-03T09:00:00.000+08:00" });
  });
});

describe("narrow", () => {
  test("keeps what was, and takes away what is named", async () => {
    const id = await grants.given({ territory: CITY, grantedBy: CIVIL_AFFAIRS });
    const said = {
      ...WHOSE.narrow.said,
      level: "MASKED",
      territory: "140105001",
      until: "2028-01-01T00:00:00+08:00",
    };
    const { data } = await grants.attempt(id, "narrow", CIVIL_AFFAIRS, ["decide"], said);
    expect(data.narrowGrant).toMatchObject({
      fields: ["name"],
      level: "MASKED",
      territory: "140105001000",
      until: "2028-01-01T00:00:00.000+08:00",
      state: "IN_FORCE",
    });
    expect(data.narrowGrant.acts[0]).toMatchObject({
      act: "NARROW",
      authority: BIG_DATA,
      former: {
        fields: ["name", "phone"],
        level: "FULL",
        territory: CITY,
        until: "2029-01-01T00:00:00.000+08:00",
      },
    });
  });

  test("one thing alone leaves the others", async () => {
    const id = await grants.given();
    const only = async (given: object) => grants.act(id, "narrow", { fields: null, ...given });
    expect(await only({ level: "MASKED" })).toMatchObject({ fields: ["name", "phone"], level: "MASKED" });
    expect(await only({ territory: "140105001" })).toMatchObject({
      level: "MASKED",
      territory: "140105001000",
    });
    expect((await only({ until: "2028-01-01T00:00:00+08:00" })).acts).toHaveLength(3);
  });

  test.each([
    ["another field", { fields: ["name", "birthDate"] }, "fields"],
    ["a field that is not shared", { fields: ["idNumber"] }, "fields"],
    ["a field that is none", { fields: ["nonsense"] }, "fields"],
    ["a higher level", { level: "FULL" }, "level"],
    ["a wider territory", { territory: CITY }, "territory"],
    ["another territory", { territory: "140106" }, "territory"],
    ["a later end", { until: "2030-01-01T00:00:00+08:00" }, "until"],
  ])("never to %s", async (_, given, argument) => {
    const id = await grants.given({ level: "MASKED" });
    expect(await grants.refused(id, "narrow", { fields: null, ...given })).toMatchObject({
      reason: "WIDER",
      argument,
    });
    expect(await lastActs(id)).toBe(0);
  });

  test.each([
    ["nothing", {}, "NOTHING_NARROWER"],
    ["the same", { fields: ["phone", "name"], level: "FULL", territory: "140105" }, "NOTHING_NARROWER"],
    ["no field", { fields: [] }, "NO_FIELD"],
    ["no level", { level: "NONE" }, "NO_LEVEL"],
    ["an end that has passed", { until: "2026-02-01T00:00:00+08:00" }, "NO_TIME"],
    ["a code that is no division", { territory: "140105999" }, "NO_DIVISION"],
  ])("never to %s", async (_, given, reason) => {
    const id = await grants.given();
    expect(await grants.refused(id, "narrow", { fields: null, ...given })).toMatchObject({ reason });
  });

  test("a grant of all fields narrows to some that may be shared", async () => {
    const id = await grants.given({ fields: [] });
    expect(await grants.refused(id, "narrow", { fields: ["idNumber"] })).toMatchObject({ reason: "WIDER" });
    expect(await grants.act(id, "narrow", { fields: ["phone"] })).toMatchObject({ fields: ["phone"] });
  });
});

test("two who revoke at once end it once", async () => {
  const id = await grants.given();
  const { as, duty, said } = WHOSE.revoke;
  const both = await Promise.all([1, 2].map(() => grants.attempt(id, "revoke", as, [duty], said)));
  const refused = both.filter(({ errors }) => errors);
  expect(refused.map(({ errors }) => errors[0].extensions.reason)).toEqual(["NOT_NOW"]);
  expect(await lastActs(id)).toBe(1);
});

test("a grant that ends by date waits for its report, whatever it was", async () => {
  const id = await grants.given({ until: new Date(Date.now() + 5 * 86_400_000).toISOString() });
  await grants.act(id, "suspend");
  time.days(6);
  expect(await grants.refused(id, "resume")).toMatchObject({ reason: "NOT_NOW", state: "EXPIRED" });
  expect(await grants.act(id, "dispose")).toMatchObject({ state: "DISPOSED" });
});

describe("who is provider", () => {
  test("whoever granted it, as long as it is steward; then who is steward now", async () => {
    const id = await grants.given({ dataset: "volunteerStation", fields: ["organizationId"] });
    const provider = async () =>
      (await grants.list(FINANCE, "", { duties: ["security"] })).find((g) => g.id === id).provider;
    const move = async (kind: string) => {
      await hub.database.pool.query(
        "UPDATE stewardship SET kind = $1 WHERE dataset = 'volunteerStation' AND field IS NULL",
        [kind],
      );
      await new Promise((resolve) => setTimeout(resolve, 1_100)); // rights are trusted for a second
    };
    expect(await provider()).toBe(XIAODIAN_CIVIL_AFFAIRS);
    await move("youth-league");
    const now = await provider();
    expect(now).toMatch(/^youth-league@/);
    expect(await grants.refused(id, "suspend")).toMatchObject({ code: "FORBIDDEN", department: now });
    const { data } = await grants.attempt(id, "suspend", now, ["decide"], WHOSE.suspend.said);
    expect(data.suspendGrant.state).toBe("SUSPENDED");
    await move("civil-affairs");
  });

  test("a provider that is gone is replaced, so that a misuse can be stopped", async () => {
    const id = await grants.given({ grantedBy: "civil-affairs@140199000000" });
    expect(await grants.act(id, "suspend")).toMatchObject({ provider: XIAODIAN_CIVIL_AFFAIRS });
  });
});
