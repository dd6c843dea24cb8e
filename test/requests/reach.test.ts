// Who sees a request and whose list it stands in; that steps and only steps change it; that each leaves its record.

import type { Duty } from "../../src/identity";
import { STEPS } from "../../src/sharing/requests/steps";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  BIG_DATA,
  CITY,
  CIVIL_AFFAIRS,
  FINANCE,
  flowOn,
  HOUSING,
  Time,
  VOLUNTEERS,
  XIAODIAN,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./flow";

const PROVIDER = XIAODIAN_CIVIL_AFFAIRS;
const AUTHORITY = `big-data@${XIAODIAN}`;
const time = new Time();

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());
beforeEach(() => time.march("02T09:00"));

/** Which of these see it by its id; each must also find it in its list, or not. */
async function whoSees(id: string, askers: readonly (readonly [string, Duty])[]): Promise<string[]> {
  const seen: string[] = [];
  for (const [as, duty] of askers) {
    const found = (await flow.seen(id, as, { duties: [duty] })) !== null;
    const { nodes } = await flow.list(as, [duty], "first: 1000");
    expect([as, duty, nodes.some((n: { id: string }) => n.id === id)]).toEqual([as, duty, found]);
    if (found) seen.push(`${as} ${duty}`);
  }
  return seen;
}

const EVERYBODY = [
  [HOUSING, "read"],
  [HOUSING, "approve"],
  [`housing@${XIAODIAN}`, "read"],
  [PROVIDER, "decide"],
  [PROVIDER, "read"],
  [CIVIL_AFFAIRS, "decide"],
  [FINANCE, "read"],
  [FINANCE, "decide"],
  [FINANCE, "admin"],
  [FINANCE, "security"],
  [`audit@${CITY}`, "audit"],
  [`audit@${CITY}`, "read"],
  [AUTHORITY, "decide"],
  [BIG_DATA, "decide"],
] as const;
const BOTH_SIDES = [`${HOUSING} read`, `${HOUSING} approve`, `${PROVIDER} decide`, `${PROVIDER} read`];
const WATCHERS = [`${FINANCE} security`, `audit@${CITY} audit`];

test("both sides and the duties that watch see a request; an authority once it has a part in it", async () => {
  const { id } = await flow.filed();
  expect((await whoSees(id, EVERYBODY)).sort()).toEqual([...BOTH_SIDES, ...WATCHERS].sort());
  await flow.approve(id);
  expect((await whoSees(id, EVERYBODY)).sort()).toEqual([...BOTH_SIDES, ...WATCHERS].sort());
  await flow.decide(id, "ASK_EXTENSION", PROVIDER, { reason: "x" });
  const withAuthorities = [...BOTH_SIDES, ...WATCHERS, `${AUTHORITY} decide`, `${BIG_DATA} decide`].sort();
  expect((await whoSees(id, EVERYBODY)).sort()).toEqual(withAuthorities);
  await flow.decide(id, "EXTEND", AUTHORITY);
  // It took a step, and may look how it went on; the other has no part in it any more.
  expect(await whoSees(id, EVERYBODY)).toContain(`${AUTHORITY} decide`);
  expect(await whoSees(id, EVERYBODY)).not.toContain(`${BIG_DATA} decide`);
});

test("for who has nothing to do with it, a request is not there", async () => {
  const { id } = await flow.filed();
  for (const text of [id, "00000000-0000-7000-8000-000000000000", "1", "' OR true --"]) {
    const { errors } = await flow.step(text, "GRANT", FINANCE, ["decide"]);
    expect(errors[0].extensions.code).toBe("NOT_FOUND");
    expect(await flow.seen(text, FINANCE)).toBeNull();
  }
});

test("each finds what waits for it, and nothing else", async () => {
  const { id } = await flow.filed();
  const waitsFor = async () => {
    const found: string[] = [];
    for (const [as, duty] of EVERYBODY) {
      const { nodes, totalCount } = await flow.list(as, [duty], "waitingForMe: true, first: 1000");
      const overdue = (await flow.list(as, [duty], "waitingForMe: true, overdue: true, first: 0")).totalCount;
      const { me } = await hub.data("{ me { waiting { requests overdue } } }", as, { duties: [duty] });
      expect([as, duty, me.waiting]).toEqual([as, duty, { requests: totalCount, overdue }]);
      if (nodes.some((n: { id: string }) => n.id === id)) found.push(`${as} ${duty}`);
    }
    return found;
  };
  expect(await waitsFor()).toEqual([`${HOUSING} approve`]);
  await flow.approve(id);
  expect(await waitsFor()).toEqual([`${PROVIDER} decide`]);
  await flow.decide(id, "ASK_SUPPLEMENT", PROVIDER, { reason: "x" });
  expect(await waitsFor()).toEqual([`${HOUSING} read`]);
  await flow.by(id, "SUPPLEMENT", HOUSING, "read", { reason: "x" });
  time.march("31T10:00");
  expect(await waitsFor()).toEqual([`${PROVIDER} decide`, `${AUTHORITY} decide`]);
  const { me } = await hub.data("{ me { waiting { overdue } } }", AUTHORITY, { duties: ["decide"] });
  expect(me.waiting.overdue).toBeGreaterThan(0);
  await flow.decide(id, "GRANT", PROVIDER);
  expect(await waitsFor()).toEqual([]);
});

test("pages hold every request once, newest first", async () => {
  for (let day = 10; day < 15; day++) {
    time.march(`${day}T09:00`);
    await flow.filed({ items: VOLUNTEERS, purpose: "facility-planning" });
  }
  const pages: string[] = [];
  let after = "";
  do {
    const page = await flow.list(
      HOUSING,
      ["read"],
      `purpose: "facility-planning", first: 2${after && `, after: "${after}"`}`,
    );
    expect(page.totalCount).toBe(5);
    pages.push(...page.nodes.map((n: { id: string }) => n.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : "";
  } while (after);
  const { rows } = await hub.database.pool.query(
    "SELECT id FROM access_request WHERE purpose = 'facility-planning' ORDER BY filed_at DESC",
  );
  expect(pages).toEqual(rows.map(({ id }) => id));
});

describe("the tables themselves", () => {
  const refuses = (sql: string, values: unknown[]) =>
    expect(hub.database.pool.query(sql, values)).rejects.toThrow(/transition|filing|TRUNCATE/);

  test.each([
    ["a state set by hand", "UPDATE access_request SET state = 'GRANTED' WHERE id = $1"],
    ["a deadline set by hand", "UPDATE access_request SET due = '2099-01-01' WHERE id = $1"],
    ["a purpose that changes", "UPDATE access_request SET purpose = 'fund-audit' WHERE id = $1"],
    ["a request that goes", "DELETE FROM access_request WHERE id = $1"],
    ["an item that widens", "UPDATE access_request_item SET territory = '140100000000' WHERE request = $1"],
    [
      "an item that comes later",
      "INSERT INTO access_request_item VALUES ($1, 9, 'volunteer', '{name}', 'FULL', '140100000000')",
    ],
    ["a step rewritten", "UPDATE access_request_transition SET reason = 'y' WHERE request = $1"],
    ["a step taken out", "DELETE FROM access_request_transition WHERE request = $1"],
    [
      "a step from where the request does not stand",
      `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department)
       VALUES ($1, 2, now(), 'GRANT', 'RECEIVED', 'GRANTED', 'provider', 'decide', 'x', 'x')`,
    ],
    [
      "a step that is none",
      `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department)
       VALUES ($1, 2, now(), 'GRANT', 'FILED', 'GRANTED', 'provider', 'decide', 'x', 'x')`,
    ],
    [
      "a step of another party",
      `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department)
       VALUES ($1, 2, now(), 'APPROVE', 'FILED', 'RECEIVED', 'provider', 'decide', 'x', 'x')`,
    ],
    [
      "a second filing",
      `INSERT INTO access_request_transition (request, seq, at, act, to_state, party, duty, actor, department)
       VALUES ($1, 2, now(), 'FILE', 'RECEIVED', 'requester', 'read', 'x', 'x')`,
    ],
    [
      "a step out of turn",
      `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department)
       VALUES ($1, 3, now(), 'APPROVE', 'FILED', 'RECEIVED', 'requester', 'approve', 'x', 'x')`,
    ],
  ])("refuse %s", async (_, sql) => {
    const { id } = await flow.filed();
    await refuses(sql, [id]);
    expect(await flow.seen(id, HOUSING)).toMatchObject({ state: "FILED", due: null });
  });

  test("know the same steps as the program", async () => {
    const { rows } = await hub.database.pool.query<{ step: string }>(
      "SELECT concat_ws(' ', act, from_state, to_state, party, duty) AS step FROM access_request_step",
    );
    const own = STEPS.flatMap((s) =>
      s.from.map((from) => [s.act, from, s.to ?? from, s.party, s.duty].join(" ")),
    );
    expect(rows.map(({ step }) => step).sort()).toEqual(own.sort());
  });

  test("refuse to change a rule by which a deadline was reckoned; it may end", async () => {
    const { id } = await flow.filed();
    const { transitions } = await flow.approve(id);
    const rule = transitions.at(-1).deadlineRule;
    const change = (what: string) =>
      hub.database.pool.query(`UPDATE deadline_rule SET ${what} WHERE id = $1`, [rule]);
    await expect(change("working_days = 9")).rejects.toThrow(/may only end/);
    await change("ends_at = '2099-01-01'");
    await expect(
      hub.database.pool.query("DELETE FROM deadline_rule WHERE id = $1", [rule]),
    ).rejects.toThrow();
  });

  test("refuse to be emptied", async () => {
    for (const table of [
      "access_request",
      "access_request_item",
      "access_request_transition",
      "access_request_part",
    ])
      await expect(hub.database.pool.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/transition/);
  });
});

test("every act leaves an access record, refusals too", async () => {
  const { id } = await flow.filed();
  await flow.step(id, "GRANT", PROVIDER, ["decide"]);
  await flow.approve(id);
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // records nobody waits for are written within a second
  const { rows } = await hub.database.pool.query(
    "SELECT department, outcome, code FROM access_record ORDER BY seq DESC LIMIT 3",
  );
  expect(rows).toEqual([
    { department: HOUSING, outcome: "ANSWERED", code: null },
    { department: PROVIDER, outcome: "REFUSED", code: "BAD_USER_INPUT" },
    { department: HOUSING, outcome: "ANSWERED", code: null },
  ]);
});
