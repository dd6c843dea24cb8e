// What a grant would open, told before it is given: the same that it then opens, and to nobody more than they may see.

import { flowOn, VOLUNTEERS } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  BIG_DATA,
  CITY,
  CIVIL_AFFAIRS,
  FINANCE,
  grantsOn,
  HOUSING,
  PURPOSE,
  XIAODIAN,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./flow";

const SIMULATE = `query ($request: String, $department: String, $purpose: String, $items: [AccessRequestItemInput!]) {
  simulateGrant(request: $request, department: $department, purpose: $purpose, items: $items) {
    department departmentName purpose
    fields { dataset field class personal before { territory level condition grounds { kind id } }
      after { territory level condition grounds { kind id } } }
    gains { dataset fields from to territories exceptTerritories exceptWhere rows suppressed ofPersons } } }`;
const DECIDE = { duties: ["decide" as const] };
const MATRIX = `query ($purpose: String) { accessMatrix(dataset: "volunteer", purpose: $purpose) {
  field levels { territory level condition } } }`;

let hub: TestHub;
let grants: ReturnType<typeof grantsOn>;

beforeAll(async () => {
  hub = await openTestHub();
  grants = grantsOn(hub);
});
afterAll(() => hub.close());

const variables = (more: object = {}) => ({
  department: HOUSING,
  purpose: PURPOSE,
  items: [{ dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory: "140105" }],
  ...more,
});
const simulate = async (as: string, more: object = {}, asking: object = DECIDE) =>
  (await hub.data(SIMULATE, as, { ...asking, variables: variables(more) })).simulateGrant;
const refused = async (as: string, more: object = {}, asking: object = DECIDE) =>
  (await hub.ask(SIMULATE, as, { ...asking, variables: variables(more) })).errors?.[0]?.extensions;
const exact = async (where: string) =>
  (await hub.data(`{ volunteers(where: ${where}, first: 1) { totalCount } }`, CIVIL_AFFAIRS)).volunteers
    .totalCount;

test("the provider sees who gains what, and how many rows", async () => {
  const shown = await simulate(XIAODIAN_CIVIL_AFFAIRS);
  expect(shown).toMatchObject({ department: HOUSING, purpose: PURPOSE });
  expect(shown.departmentName).toBeTruthy();
  expect(shown.gains).toEqual([
    {
      dataset: "volunteer",
      fields: ["name", "phone"],
      from: "NONE",
      to: "FULL",
      territories: [XIAODIAN],
      exceptTerritories: [],
      exceptWhere: "VOLUNTEER_WITHOUT_CONSENT",
      rows: await exact(`{ territory: { within: "140105" } }`),
      suppressed: false,
      ofPersons: true,
    },
  ]);
  const phone = shown.fields.find((f: { field: string }) => f.field === "phone");
  expect(phone).toMatchObject({ class: "CONDITIONAL", personal: "PERSONAL" });
  expect(phone.before.map((h: { level: string }) => h.level)).not.toContain("FULL");
  expect(phone.after).toContainEqual({
    territory: XIAODIAN,
    level: "FULL",
    condition: null,
    grounds: [{ kind: "GRANT", id: "simulated" }],
  });
});

test("what it says is what the grant then opens, and nothing is granted by asking", async () => {
  const department = "science-association@140100000000";
  const level = async () =>
    (await hub.data(MATRIX, department, { variables: { purpose: PURPOSE } })).accessMatrix;
  const before = await level();
  const shown = await simulate(XIAODIAN_CIVIL_AFFAIRS, { department });
  expect(await level()).toEqual(before);
  await grants.given({ department });
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // rights are trusted for a second
  const after = await level();
  const bare = (levels: { territory: string; level: string; condition: string }[]) =>
    levels.map(({ territory, level, condition }) => ({ territory, level, condition }));
  for (const { field, after: then } of shown.fields)
    expect(bare(then)).toEqual(after.find((row: { field: string }) => row.field === field).levels);
  expect((await simulate(XIAODIAN_CIVIL_AFFAIRS, { department })).gains).toEqual([]);
});

test("what is held already is left out, by field and place", async () => {
  const department = "trade-union@140100000000";
  await grants.given({ department, fields: ["name"], territory: "140105001000" });
  await grants.given({ department, fields: ["phone"], level: "MASKED" });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { gains } = await simulate(XIAODIAN_CIVIL_AFFAIRS, { department });
  expect(gains).toEqual([
    expect.objectContaining({
      fields: ["name"],
      from: "NONE",
      territories: [XIAODIAN],
      exceptTerritories: ["140105001000"],
      rows: await exact(`{ territory: { within: "140105" }, not: { territory: { within: "140105001" } } }`),
    }),
    expect.objectContaining({ fields: ["phone"], from: "MASKED", to: "FULL", exceptTerritories: [] }),
  ]);
});

test("a request names department, purpose and items; both its sides ask, and security", async () => {
  const flow = flowOn(hub);
  const { id } = await flow.filed({ items: VOLUNTEERS });
  await flow.approve(id);
  const by = { department: null, purpose: null, items: null, request: id };
  const department = HOUSING;
  for (const [as, duty] of [
    [XIAODIAN_CIVIL_AFFAIRS, "decide"],
    [HOUSING, "read"],
    [HOUSING, "approve"],
    [FINANCE, "security"],
  ] as const) {
    const shown = await simulate(as, by, { duties: [duty] });
    expect(shown).toMatchObject({ department, purpose: PURPOSE });
    expect(shown.gains[0].fields).toEqual(["name", "phone"]);
  }
  const less = {
    ...by,
    items: [{ dataset: "volunteer", fields: ["name"], level: "MASKED", territory: "140105001" }],
  };
  const [gain] = (await simulate(XIAODIAN_CIVIL_AFFAIRS, less)).gains;
  expect(gain).toMatchObject({ fields: ["name"], to: "MASKED", territories: ["140105001000"] });
  expect(await refused(XIAODIAN_CIVIL_AFFAIRS, { ...by, purpose: PURPOSE })).toMatchObject({
    argument: "request",
  });
  expect(await refused(FINANCE, by)).toMatchObject({ code: "NOT_FOUND" });
});

test("figures are the asker's own: exact for the steward, protected or null for the others", async () => {
  const rows = async (as: string, asking: object, more: object = {}) =>
    (await simulate(as, more, asking)).gains[0].rows;
  const true_ = await exact(`{ territory: { within: "140105" } }`);
  expect(await rows(XIAODIAN_CIVIL_AFFAIRS, DECIDE)).toBe(true_);
  expect(await rows(HOUSING, { duties: ["read"] })).toBeNull();
  expect(await rows(FINANCE, { duties: ["security"] })).toBeNull();
});

test("a gain in places that are held at different levels is told place by place, in the asker's own figures", async () => {
  // The big-data bureau asks for itself: figures everywhere by its standing right, MASKED in one street.
  const asking = { duties: ["read" as const] };
  const { gains } = await simulate(BIG_DATA, { department: BIG_DATA }, asking);
  const count = async (where: string) => {
    const { volunteersAggregate } = await hub.data(
      `{ volunteersAggregate(where: ${where}) { groups { count } } }`,
      BIG_DATA,
    );
    return volunteersAggregate.groups[0].count;
  };
  const street = `{ territory: { within: "140105001" } }`;
  expect(gains).toEqual([
    expect.objectContaining({
      ...{ from: "AGGREGATE", to: "FULL", territories: [XIAODIAN], exceptTerritories: ["140105001000"] },
      rows: await count(`{ territory: { within: "140105" }, not: { or: [${street}] } }`),
    }),
    expect.objectContaining({
      ...{ from: "MASKED", to: "FULL", territories: ["140105001000"], exceptTerritories: [] },
      rows: await count(street),
    }),
  ]);
});

test("too few persons are suppressed, and no number is told", async () => {
  const adults = `territory LIKE '140105%' AND retired_at IS NULL AND consent = 'GRANTED' AND birth_date < '2000-01-01'`;
  const { rows } = await hub.database.pool.query(
    `SELECT territory FROM volunteer WHERE ${adults} GROUP BY 1 HAVING count(*) > 2 ORDER BY 1 DESC LIMIT 1`,
  );
  const [{ territory }] = rows;
  await hub.database.pool.query(
    `UPDATE volunteer SET retired_at = now() WHERE territory = $1
       AND id NOT IN (SELECT id FROM volunteer WHERE territory = $1 AND ${adults} LIMIT 3)`,
    [territory],
  );
  const items = [{ dataset: "volunteer", fields: ["name"], level: "FULL", territory }];
  const { gains } = await simulate(BIG_DATA, { department: BIG_DATA, items }, { duties: ["read"] });
  expect(gains).toEqual([expect.objectContaining({ rows: null, suppressed: true })]);
});

test("the answer's record says which figures were read", async () => {
  await simulate(XIAODIAN_CIVIL_AFFAIRS);
  const last = `SELECT operation, datasets::text FROM access_record JOIN access_footprint ON hash = footprint
    WHERE department = $1 AND datasets @> '[{"dataset": "volunteer"}]' LIMIT 1`;
  let found = 0;
  for (let i = 0; i < 50 && found === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = (await hub.database.pool.query(last, [XIAODIAN_CIVIL_AFFAIRS])).rowCount ?? 0;
  }
  expect(found).toBe(1);
});

describe("nobody else learns what a department may see", () => {
  test.each([
    ["a provider without the duty", XIAODIAN_CIVIL_AFFAIRS, { duties: ["read"] }],
    ["a steward elsewhere", "civil-affairs@140106000000", DECIDE],
    ["a bureau that provides something else", FINANCE, DECIDE],
    ["an auditor", FINANCE, { duties: ["audit"] }],
    ["an administrator", FINANCE, { duties: ["admin"] }],
  ])("%s", async (_, as, asking) => {
    expect(await refused(as, {}, asking)).toMatchObject({ code: "FORBIDDEN" });
  });

  test("nor a provider of a part of it", async () => {
    const items = [
      ...variables().items,
      { dataset: "communityWorker", fields: ["name"], level: "FULL", territory: "140105" },
    ];
    expect(await refused(XIAODIAN_CIVIL_AFFAIRS, { items })).toMatchObject({ code: "FORBIDDEN" });
    const wider = [{ ...variables().items[0], territory: CITY }];
    expect(await refused(XIAODIAN_CIVIL_AFFAIRS, { items: wider })).toMatchObject({ code: "FORBIDDEN" });
    expect((await simulate(CIVIL_AFFAIRS, { items: wider })).gains[0].rows).toBeGreaterThan(0);
  });
});

test.each([
  [{ items: null }, "items"],
  [{ items: [] }, "items"],
  [{ purpose: "curiosity" }, "purpose"],
  [{ purpose: null }, "purpose"],
  [{ department: "nonsense" }, "department"],
  [{ department: "finance@140199000000" }, "department"],
  [{ items: [{ dataset: "volunteer", fields: ["name"], territory: "140105999" }] }, "territory"],
  [{ items: [{ dataset: "volunteer", fields: ["idNumber"], territory: "140105" }] }, "items"],
  [{ items: [{ dataset: "volunteer", fields: ["nonsense"], territory: "140105" }] }, "items"],
  [{ items: [{ dataset: "secrets", fields: ["name"], territory: "140105" }] }, "items"],
])("%j is BAD_USER_INPUT", async (more, argument) => {
  expect(await refused(XIAODIAN_CIVIL_AFFAIRS, more)).toMatchObject({ code: "BAD_USER_INPUT", argument });
});
