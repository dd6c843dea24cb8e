// What a gateway is given by `_entities`: of every dataset nothing that its own query by id would not show.
import { randomUUID } from "node:crypto";
import { execute, parse } from "graphql";
import { type Decision, type Decisions, decide } from "../../src/access";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry } from "../../src/declare";
import { createCipher } from "../../src/declare/cipher";
import { createRightsStore } from "../../src/identity";
import { Reader } from "../../src/read";
import { hubSchema } from "../../src/server";
import { literal } from "../permission/doors";
import { type Asking, openTestHub, type TestHub } from "../setup/hub";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const FINANCE = "finance@140100000000";
const ENTITIES = "query E($r: [_Any!]!) { _entities(representations: $r)";

type Representation = Record<string, unknown>;

async function entities(r: unknown[], selection: string, department: string, asking: Asking = {}) {
  return hub.ask(`${ENTITIES} { ${selection} } }`, department, { ...asking, variables: { r } });
}

const ASKERS: [string, Asking][] = [
  ["civil-affairs@140100000000", {}],
  ["civil-affairs@140106000000", {}],
  ["street-office@140105001000", {}],
  ["committee@140105001001", {}],
  [FINANCE, {}],
  [FINANCE, { purpose: "budget-review" }],
  ["big-data@140100000000", {}],
  ["human-resources@140100000000", {}],
];

/** Rows of one dataset, some of them in the street of the askers with less, and how their keys name them. */
async function sample(dataset: DatasetEntry): Promise<{ id: string; key: Representation }[]> {
  if (dataset.findings) return sampleFindings(dataset);
  const { pool } = hub.database;
  const keys = dataset.key.map((name) => catalogue.field(dataset, name));
  const columns = keys.map((f) => `t."${f.column}"::text AS "${f.name}"`).join(", ");
  const rows = (where: string, limit: number) =>
    `(SELECT t.id::text AS uuid, ${columns} FROM "${dataset.table}" t WHERE ${where} ORDER BY id LIMIT ${limit})`;
  const found = await pool.query(
    `${rows("territory LIKE '140105001%'", 8)} UNION ${rows("TRUE", 8)} UNION ${rows("retired_at IS NOT NULL", 4)}`,
  );
  return found.rows.map(({ uuid, ...values }) => {
    const key = keys.map((f) => [f.name, written(f.kind, f.references, values[f.name])]);
    return { id: `${dataset.name}:${uuid}`, key: Object.fromEntries(key) };
  });
}

/** Findings lie in no table. */
async function sampleFindings({
  plural,
  key,
  steward,
}: DatasetEntry): Promise<{ id: string; key: Representation }[]> {
  const found = await hub.data(
    `{ ${plural}(first: 8) { nodes { id ${key.join(" ")} } } }`,
    `${steward}@140100000000`,
  );
  return found[plural].nodes.map(({ id, ...named }: { id: string } & Representation) => ({ id, key: named }));
}

function written(kind: string, references: string | undefined, text: string | null): unknown {
  if (text === null) return null;
  if (kind === "reference") return `${references}:${text}`;
  return kind === "int" ? Number(text) : text;
}

function argsOf(dataset: DatasetEntry, key: Representation): string {
  const args = Object.entries(key).map(
    ([name, value]) => `${name}: ${literal(catalogue.field(dataset, name), value as string)}`,
  );
  return args.join(", ");
}

/** Every field, and what lies behind each link. */
function selectionOf(dataset: DatasetEntry): string {
  const links = dataset.links.map((l) => {
    const below = catalogue.dataset(l.target).fields.map((f) => f.name);
    const fields = below.slice(0, 8).join(" ");
    return l.many ? `${l.name}(first: 2) { totalCount nodes { ${fields} } }` : `${l.name} { ${fields} }`;
  });
  return [...dataset.fields.map((f) => f.name), ...links].join(" ");
}

describe.each(catalogue.readable.map((d) => [d.name, d] as const))("%s", (_, dataset) => {
  test("shows by id and by business key what its own query by id shows, and nothing else", async () => {
    const rows = await sample(dataset);
    const ids = [...rows.map(({ id }) => id), `${dataset.name}:${randomUUID()}`];
    const selection = selectionOf(dataset);
    const byIds = ids.map((id, i) => `a${i}: ${dataset.name}(id: "${id}") { ${selection} }`).join("\n");
    const whole = rows.filter(({ key }) => Object.values(key).every((part) => part !== null));
    const byKeys = whole.map(
      ({ key }, i) => `b${i}: ${dataset.name}(${argsOf(dataset, key)}) { ${selection} }`,
    );
    const on = `... on ${dataset.type} { ${selection} }`;
    for (const [department, asking] of ASKERS) {
      const [idsShown, keysShown] = [
        await hub.data(`{ ${byIds} }`, department, asking),
        byKeys.length > 0 ? await hub.data(`{ ${byKeys.join("\n")} }`, department, asking) : {},
      ];
      const named = ids.map((id) => ({ __typename: dataset.type, id }));
      const byId = await entities(named, on, department, asking);
      expect(byId.data._entities).toEqual(Object.values(idsShown));
      const keyed = whole.map(({ key }) => ({ __typename: dataset.type, ...key }));
      const byKey = await entities(keyed, on, department, asking);
      expect(byKey.data._entities).toEqual(Object.values(keysShown));
    }
    const own = `{ ${byIds} }`;
    const keeper =
      dataset.from && !dataset.findings ? catalogue.dataset(dataset.from).steward : dataset.steward;
    const steward = await hub.data(own, `${keeper}@140100000000`);
    // A report about some rows alone has nothing to say of the others.
    if (rows.length > 0 && !dataset.only)
      expect(Object.values(steward).filter(Boolean).length).toBeGreaterThan(0);
  }, 60_000);
});

test("a row out of reach and a row that never was are told alike, to the letter", async () => {
  const { rows } = await hub.database.pool.query("SELECT id, volunteer_no FROM volunteer LIMIT 1");
  const on = "... on Volunteer { id name }";
  const ask = async (r: Representation) => {
    const answer = await entities([{ __typename: "Volunteer", ...r }], on, FINANCE);
    return JSON.stringify(answer);
  };
  const [hidden, never] = [rows[0].id, randomUUID()];
  expect(await ask({ id: `volunteer:${hidden}` })).toBe(await ask({ id: `volunteer:${never}` }));
  expect(await ask({ volunteerNo: rows[0].volunteer_no })).toBe(await ask({ volunteerNo: "never" }));
});

test("what a client adds to a representation finds nothing and tells nothing", async () => {
  const { rows } = await hub.database.pool.query(
    "SELECT volunteer_no, name FROM volunteer WHERE consent = 'GRANTED' AND retired_at IS NULL LIMIT 1",
  );
  const on = "... on Volunteer { volunteerNo name }";
  const at = { purpose: "budget-review" };
  const ask = (r: Representation) => entities([{ __typename: "Volunteer", ...r }], on, FINANCE, at);
  const plain = await ask({ volunteerNo: rows[0].volunteer_no });
  const right = await ask({ volunteerNo: rows[0].volunteer_no, name: rows[0].name });
  const wrong = await ask({ volunteerNo: rows[0].volunteer_no, name: "某某" });
  expect(plain.data._entities[0]?.name).toMatch(/^.\*$/);
  expect([right, wrong]).toEqual([plain, plain]);
  expect((await ask({ name: rows[0].name })).errors[0].extensions.code).toBe("BAD_USER_INPUT");
});

test.each([
  ["no object", "Facility"],
  ["an unknown type", { __typename: "Nothing", id: "facility:x" }],
  ["a type of no dataset", { __typename: "PageInfo", id: "x" }],
  ["half a key", { __typename: "FacilityShare", communityCode: "140105001001" }],
  ["another dataset's id", { __typename: "Facility", id: `committee:${randomUUID()}` }],
  ["a value of another kind", { __typename: "Facility", code: { eq: "1" } }],
  [
    "an unknown value of a list",
    { __typename: "HouseholdCount", communityCode: "1", kind: "X", asOf: "2024-01-01" },
  ],
])("%s is refused at its place, and the others are answered", async (_, malformed) => {
  const { rows } = await hub.database.pool.query(
    "SELECT code FROM facility WHERE retired_at IS NULL LIMIT 1",
  );
  const good = { __typename: "Facility", code: rows[0].code };
  const { data, errors } = await entities([malformed, good, good], "... on Facility { code }", FINANCE);
  expect(data._entities).toEqual([null, { code: rows[0].code }, { code: rows[0].code }]);
  expect(errors).toHaveLength(1);
  expect(errors[0].path).toEqual(["_entities", 0]);
  expect(errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "representations" });
});

test("the same refusal at thousands of places is told once", async () => {
  const { data, errors } = await entities(Array(4_000).fill("Facility"), "__typename", FINANCE);
  expect([data, errors.length]).toEqual([null, 1]);
  expect(errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "representations" });
});

test("a key with a part missing in the data names no row", async () => {
  const { data, errors } = await entities([{ __typename: "Facility", code: null }], "__typename", FINANCE);
  expect([data._entities, errors]).toEqual([[null], undefined]);
});

test("every representation is paid for, with all that lies below it", async () => {
  const { rows } = await hub.database.pool.query(
    "SELECT code FROM committee WHERE retired_at IS NULL LIMIT 1",
  );
  const one = { __typename: "Committee", code: rows[0].code };
  const on = "... on Committee { code facilities(first: 9) { nodes { code } } }";
  const cost = async (r: unknown[]) => (await entities(r, on, FINANCE)).extensions.cost;
  expect(await cost([one])).toBe(10);
  expect(await cost([one, one, one])).toBe(30);
  const deep = "... on Committee { facilities(first: 500) { nodes { code } } }";
  const many = await entities(Array(300).fill(one), deep, FINANCE);
  expect(many).toMatchObject({ data: null, errors: [{ extensions: { code: "TOO_COSTLY" } }] });
  const crowd = await entities(Array(6_000).fill(one), on, FINANCE);
  expect(crowd.errors[0].extensions.code).toBe("TOO_COSTLY");
});

test("rows named alike are read by one statement, however many they are", async () => {
  const { pool } = hub.database;
  const codes = await pool.query("SELECT code FROM facility WHERE retired_at IS NULL LIMIT 40");
  const numbers = await pool.query("SELECT code FROM committee WHERE retired_at IS NULL LIMIT 40");
  const named = (type: string, found: { rows: { code: string }[] }) =>
    found.rows.map(({ code }) => ({ __typename: type, code }));
  let statements = 0;
  const counting = {
    query: pool.query.bind(pool),
    connect: () => {
      statements++;
      return pool.connect();
    },
  } as unknown as typeof pool;
  const limits = { cost: 100_000, defaultFirst: 20, maxFirst: 1_000 };
  const cipher = createCipher(SEEDED_MASTER_KEY);
  const parts = { catalogue, pool: counting, cipher, limits, nameOf: () => undefined };
  const reader = new Reader(parts, hubSchema());
  const decisions = await decisionsOf(FINANCE);
  const result = await execute({
    schema: hubSchema(),
    document: parse(
      `${ENTITIES} { ... on Facility { code shares { totalCount } } ... on Committee { name } } }`,
    ),
    variableValues: { r: [...named("Facility", codes), ...named("Committee", numbers)] },
    contextValue: {
      catalogue,
      named: async (info: never, wanted: never) => (await reader.named(info, wanted, decisions)).values,
    },
  });
  expect(result.errors).toBeUndefined();
  const found = result.data?._entities as unknown[];
  expect(found).toEqual(found.map(() => expect.objectContaining({})));
  expect(found).toHaveLength(codes.rows.length + numbers.rows.length);
  expect(numbers.rows.length).toBeGreaterThan(5);
  expect(statements).toBe(2);
});

async function decisionsOf(department: string): Promise<Decisions> {
  const rights = await createRightsStore(hub.database.pool).current();
  const [kind, territory] = department.split("@") as [string, string];
  const identity = {
    subject: "test",
    department: { code: department, kind, territory },
    duties: ["read" as const],
  };
  const at = new Date();
  const own: Decisions = {
    epoch: rights.epoch,
    decide: (name): Decision => decide(identity, catalogue.dataset(name), rights, at),
    purposesFor: () => [],
    refresh: async () => own,
  };
  return own;
}

test("nobody without a token learns the schema for composition", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  });
  expect(response.status).toBe(401);
});
