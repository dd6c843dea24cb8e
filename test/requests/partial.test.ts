// Granting less than was asked: within the request, on a condition of the catalogue, the rest open to dispute.
import { openTestHub, type TestHub } from "../setup/hub";
import { BIG_DATA, FINANCE, flowOn, HOUSING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const PROVIDER = XIAODIAN_CIVIL_AFFAIRS;
const STREET = "140105001000";
const PURPOSE = "emergency-response";
const UNTIL = "2099-01-01T00:00:00.000+08:00";
const ITEMS = [
  { dataset: "volunteer", fields: ["name", "phone", "birthDate"], level: "FULL", territory: XIAODIAN },
];
const WHY = { reason: "只需电话", criterion: "SCOPE" };

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;
const time = new Time();

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());
beforeEach(() => time.march("02T09:00"));

const received = async (given: object = { items: ITEMS }) => flow.approve((await flow.filed(given)).id);
const grantPart = (id: string, part: object) => flow.decide(id, "GRANT_PART", PROVIDER, { ...WHY, part });
const fields = (...names: string[]) => ({ items: [{ dataset: "volunteer", fields: names }] });
const volunteer = (...names: string[]) => ({ ...ITEMS[0], fields: names });

test("fewer fields: what is granted holds, the rest stands refused with reason and condition", async () => {
  const { id } = await received();
  const granted = await grantPart(id, fields("name", "phone"));
  expect(granted).toMatchObject({
    state: "GRANTED",
    items: ITEMS,
    granted: [{ ...volunteer("name", "phone"), until: UNTIL }],
    partOf: null,
  });
  expect(granted.grants).toHaveLength(1);
  expect(granted.transitions.at(-1)).toMatchObject({ act: "GRANT_PART", ...WHY, department: PROVIDER });
  const rest = await flow.seen(granted.rest, HOUSING, { duties: ["read", "approve"] });
  expect(rest).toMatchObject({
    state: "REFUSED",
    partOf: id,
    filing: granted.filing,
    items: [volunteer("birthDate")],
    granted: [],
    grants: [],
    acts: ["DISPUTE"],
  });
  expect(rest.transitions).toEqual([
    expect.objectContaining({ seq: 1, act: "SPLIT", party: "provider", duty: "decide", ...WHY }),
  ]);
  const { data } = await hub.ask(
    '{ volunteers(where: { territory: { within: "140105" } }, first: 1) { nodes { name phone birthDate } } }',
    HOUSING,
    { purpose: PURPOSE },
  );
  expect(data.volunteers.nodes).toEqual([
    { name: expect.stringMatching(/^[^*]+$/), phone: expect.anything(), birthDate: null },
  ]);
});

test("what is named twice is granted once, and no more is named than a request holds", async () => {
  const { id } = await received();
  const [name] = fields("name").items;
  const answer = await flow.step(id, "GRANT_PART", PROVIDER, ["decide"], {
    ...WHY,
    part: { items: Array(201).fill(name) },
  });
  expect(answer.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "TOO_MANY" });
  const granted = await grantPart(id, { items: [name, name] });
  expect(granted.granted).toEqual([{ ...volunteer("name"), until: UNTIL }]);
  expect(granted.grants).toHaveLength(1);
});

test.each([
  ["a lower level", { items: [{ ...ITEMS[0], level: "MASKED" }] }, { level: "MASKED" }],
  ["a smaller territory", { items: [{ ...ITEMS[0], territory: STREET }] }, { territory: STREET }],
  ["an earlier end", { until: "2026-06-01T00:00:00+08:00" }, { until: "2026-06-01T00:00:00.000+08:00" }],
])("%s leaves all that was asked open to dispute", async (_, part, told) => {
  const { id } = await received();
  const { granted, rest } = await grantPart(id, part);
  expect(granted).toEqual([{ ...ITEMS[0], until: UNTIL, ...told }]);
  expect((await flow.seen(rest, HOUSING)).items).toEqual(ITEMS);
  const { rows } = await hub.database.pool.query(
    "SELECT level, territory, ends_at FROM access_grant WHERE request = $1",
    [id],
  );
  expect(rows).toEqual([
    {
      level: granted[0].level,
      territory: granted[0].territory,
      ends_at: new Date(granted[0].until),
    },
  ]);
});

test("the rest climbs the ladder, and may be granted there, in part again", async () => {
  const { id } = await received();
  const { rest } = await grantPart(id, fields("name"));
  await flow.by(rest, "DISPUTE", HOUSING, "approve", { reason: "电话是联系所需" });
  await flow.by(rest, "ESCALATE", HOUSING, "approve", { reason: "协商不成" });
  const again = await grantPart(rest, fields("phone"));
  expect(again).toMatchObject({ state: "GRANTED", partOf: id, granted: [volunteer("phone")] });
  const last = await flow.seen(again.rest, HOUSING);
  expect(last).toMatchObject({ state: "AT_AUTHORITY", partOf: rest, items: [volunteer("birthDate")] });
  const authority = `big-data@${XIAODIAN}`;
  const remitted = await flow.decide(last.id, "REMIT", authority, { reason: "请重新答复" });
  expect(remitted).toMatchObject({ state: "RECEIVED", deadline: { act: "ANSWER" } });
  expect(await flow.decide(last.id, "GRANT", PROVIDER)).toMatchObject({ state: "GRANTED", rest: null });
});

test("what was done once in the course of a request is not done again with its rest", async () => {
  const { id } = await received();
  await flow.decide(id, "ASK_SUPPLEMENT", PROVIDER, { reason: "x" });
  await flow.by(id, "SUPPLEMENT", HOUSING, "read", { reason: "x" });
  const { rest } = await grantPart(id, fields("name"));
  await flow.by(rest, "DISPUTE", HOUSING, "approve", { reason: "x" });
  await flow.by(rest, "ESCALATE", HOUSING, "approve", { reason: "x" });
  await flow.decide(rest, "REMIT", `big-data@${XIAODIAN}`, { reason: "x" });
  expect(
    await flow.refusal(flow.step(rest, "ASK_SUPPLEMENT", PROVIDER, ["decide"], { reason: "x" })),
  ).toMatchObject({ reason: "ONCE" });
});

test("data that leaves in batches is delivered as far as it was granted", async () => {
  const { id } = await received({ items: ITEMS, way: "BATCH" });
  const granted = await grantPart(id, fields("name"));
  expect(granted).toMatchObject({ state: "GRANTED", deadline: { act: "DELIVER", workingDays: 20 } });
  expect((await flow.seen(granted.rest, HOUSING)).deadline).toBeNull();
  expect(await flow.decide(id, "DELIVER", PROVIDER)).toMatchObject({ state: "DELIVERED" });
});

describe("is refused", () => {
  let id: string;
  beforeAll(async () => {
    time.march("02T09:00");
    id = (await received()).id;
  });

  test.each([
    ["a field that was not asked for", fields("name", "idNumber"), "BEYOND_REQUEST"],
    ["another dataset", { items: [{ dataset: "facility", fields: ["name"] }] }, "BEYOND_REQUEST"],
    ["a wider territory", { items: [{ ...ITEMS[0], territory: "1401" }] }, "BEYOND_REQUEST"],
    ["another territory", { items: [{ ...ITEMS[0], territory: "140106" }] }, "BEYOND_REQUEST"],
    ["a later end", { until: "2099-01-01T00:00:01+08:00" }, "BEYOND_REQUEST"],
    ["an end that has passed", { until: "2026-03-02T09:00:00+08:00" }, "BEYOND_REQUEST"],
    ["no level", { items: [{ ...ITEMS[0], level: "NONE" }] }, "BEYOND_REQUEST"],
    ["no fields", fields(), "BEYOND_REQUEST"],
    ["no items", { items: [] }, "PART_NEEDED"],
    ["nothing named", {}, "PART_NEEDED"],
    ["all of it", { items: ITEMS }, "WHOLE"],
    ["all of it, item by item", { items: ITEMS[0]?.fields.map((f) => volunteer(f)) }, "WHOLE"],
    ["a street that is none", { items: [{ ...ITEMS[0], territory: "140105999" }] }, "TERRITORY_MOVED"],
  ])("%s", async (_, part, reason) => {
    const step = flow.step(id, "GRANT_PART", PROVIDER, ["decide"], { ...WHY, part });
    expect(await flow.refusal(step)).toMatchObject({ code: "BAD_USER_INPUT", reason });
    expect(await flow.seen(id, HOUSING)).toMatchObject({ state: "RECEIVED", rest: null, grants: [] });
  });

  test("without a reason or a condition that the catalogue states, and for who does not provide", async () => {
    const part = fields("name");
    const step = (given: object, as = PROVIDER) =>
      flow.refusal(flow.step(id, "GRANT_PART", as, ["decide"], { part, ...given }));
    expect(await step({ criterion: "SCOPE" })).toMatchObject({ reason: "REASON_NEEDED" });
    expect(await step({ reason: "x", criterion: "BUSY" })).toMatchObject({ reason: "CRITERION_NOT_STATED" });
    expect(await step(WHY, HOUSING)).toMatchObject({ code: "FORBIDDEN" });
    expect(await step(WHY, FINANCE)).toMatchObject({ code: "NOT_FOUND" });
    expect(await step(WHY, BIG_DATA)).toMatchObject({ code: "NOT_FOUND" });
  });

  test("a part of another step", async () => {
    const step = flow.step(id, "GRANT", PROVIDER, ["decide"], { part: fields("name") });
    expect(await flow.refusal(step)).toMatchObject({ reason: "NO_PART" });
  });
});

describe("the tables", () => {
  /** In one transaction that is taken back: the transition, and what a hand might add to it. */
  async function byHand(id: string, ...statements: string[]): Promise<void> {
    const client = await hub.database.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query(
        `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department)
         VALUES ($1, 3, now(), 'GRANT_PART', 'RECEIVED', 'GRANTED', 'provider', 'decide', 'x', 'x')`,
        [id],
      );
      for (const statement of statements) await client.query(statement);
      await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  }
  const part = (id: string, dataset: string, territory: string, level = "FULL", until = "2098-01-01") =>
    `INSERT INTO access_request_part VALUES ('${id}', 3, 0, '${dataset}', '{name}', '${level}', '${territory}', '${until}')`;
  const rest = (id: string, columns = "purpose") =>
    `INSERT INTO access_request (id, part_of, filing, requester, provider, authority, superior, sharing, purpose, legal_basis,
       scenario, scope, way, until, filed_at)
     SELECT '00000000-0000-4000-8000-000000000001', id, filing, requester, provider, authority, superior, sharing, ${columns},
       legal_basis, scenario, scope, way, until, filed_at FROM access_request WHERE id = '${id}'`;
  const restItem = (dataset = "volunteer") =>
    `INSERT INTO access_request_item VALUES ('00000000-0000-4000-8000-000000000001', 0, '${dataset}', '{phone}', 'FULL',
       '${XIAODIAN}')`;
  const begins = (act = "SPLIT", to = "REFUSED", actor = "x") =>
    `INSERT INTO access_request_transition (request, seq, at, act, to_state, party, duty, actor, department)
     VALUES ('00000000-0000-4000-8000-000000000001', 1, now(), '${act}', '${to}',
       ${act === "FILE" ? "'requester', 'read'" : "'provider', 'decide'"}, '${actor}', 'x')`;

  test("take a part with its rest", async () => {
    const { id } = await received();
    await byHand(id, part(id, "volunteer", STREET), rest(id), restItem(), begins());
  });

  test.each<[string, (id: string) => string[], RegExp]>([
    ["no part", () => [], /names it/],
    ["no rest", (id) => [part(id, "volunteer", XIAODIAN)], /goes on/],
    ["another dataset", (id) => [part(id, "facility", XIAODIAN)], /within what was asked/],
    ["a wider territory", (id) => [part(id, "volunteer", "140100000000")], /within what was asked/],
    ["a later end", (id) => [part(id, "volunteer", XIAODIAN, "FULL", "2099-06-01")], /within what was asked/],
    ["a rest for another purpose", (id) => [rest(id, "'fund-audit'")], /has its terms/],
    ["a rest of another dataset", (id) => [rest(id), restItem("facility")], /holds what was asked/],
    ["a rest filed anew", (id) => [rest(id), restItem(), begins("FILE", "FILED")], /begins a rest/],
    [
      "a rest disputed already",
      (id) => [rest(id), restItem(), begins("SPLIT", "AT_SUPERIOR")],
      /begins a rest/,
    ],
    [
      "a rest of another's act",
      (id) => [rest(id), restItem(), begins("SPLIT", "REFUSED", "y")],
      /begins a rest/,
    ],
  ])("refuse %s", async (_, statements, told) => {
    const { id } = await received();
    await expect(byHand(id, ...statements(id))).rejects.toThrow(told);
  });

  test("refuse a part that comes later", async () => {
    const { id } = await received();
    await grantPart(id, fields("name"));
    await expect(
      hub.database.pool.query(part(id, "volunteer", XIAODIAN).replace(", 0,", ", 1,")),
    ).rejects.toThrow(/with its transition/);
  });
});
