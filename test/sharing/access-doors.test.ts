// The doors of access over HTTP: who one is, what a department may see and why, before any row is read.
import { type Asking, openTestHub, type TestHub } from "../setup/hub";

const FINANCE = "finance@140100000000";
const STREET = "street-office@140105001000";
const BIG_DATA = "big-data@140100000000";
const DISTRICT = "civil-affairs@140105000000";

let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub();
});

afterAll(() => hub.close());

describe("me", () => {
  const ME = `{ me { subject department { code kind territory name } duties app purpose
    purposes { code zh en } stewardOf stewardOfFields } }`;

  test("tells department, duties, purpose, and the purposes that the department holds grants for", async () => {
    const { me } = await hub.data(ME, FINANCE, { purpose: "budget-review" });
    expect(me).toMatchObject({
      subject: `demo.${FINANCE}`,
      department: { code: FINANCE, kind: "finance", territory: "140100000000", name: "太原市财政局" },
      duties: ["read"],
      app: null,
      purpose: "budget-review",
    });
    expect(me.purposes.map((p: { code: string }) => p.code)).toEqual(["budget-review", "elderly-care"]);
    expect(me.stewardOf).toEqual(["allocation", "budgetLine", "fundTransaction", "purchaseContract"]);
  });

  test("a purpose whose grants have all ended is not among them", async () => {
    const { me } = await hub.data(ME, FINANCE);
    expect(JSON.stringify(me.purposes)).not.toContain("staffing-plan");
    const { rows } = await hub.database.pool.query(
      "SELECT count(*)::int AS ended FROM access_grant WHERE department = $1 AND purpose = 'staffing-plan'",
      [FINANCE],
    );
    expect(rows[0].ended).toBeGreaterThan(0);
  });

  test("names single fields that a department is steward of", async () => {
    const { me } = await hub.data(ME, "real-estate@140100000000");
    expect(me).toMatchObject({ stewardOf: ["idleAsset"], stewardOfFields: ["facility.titleNo"] });
  });
});

describe("accessMatrix", () => {
  const MATRIX = `query ($as: String, $purpose: String, $dataset: String) {
    accessMatrix(as: $as, purpose: $purpose, dataset: $dataset) {
      dataset field class personal levels { territory name level condition grounds { kind id purpose } } } }`;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the test is about
  const rowOf = async (field: string, department: string, asking: Asking): Promise<any> => {
    const { accessMatrix } = await hub.data(MATRIX, department, asking);
    return accessMatrix.find((row: { field: string }) => row.field === field);
  };

  test("a street holds its own subtree, under the standing right that gives it", async () => {
    const row = await rowOf("phone", STREET, { variables: { dataset: "volunteer" } });
    expect(row).toMatchObject({ dataset: "volunteer", class: "CONDITIONAL", personal: "PERSONAL" });
    expect(row.levels).toMatchObject([
      { territory: "140100000000", level: "NONE", condition: null, grounds: [] },
      { territory: "140105001000", level: "FULL", condition: null, grounds: [{ kind: "STANDING" }] },
      { territory: "140100000000", level: "NONE", condition: "VOLUNTEER_WITHOUT_CONSENT" },
    ]);
  });

  test("a purpose adds its grants, and each level names them", async () => {
    const without = await rowOf("monthlyPay", FINANCE, { variables: { dataset: "communityWorker" } });
    expect(without.levels).toMatchObject([{ level: "NONE" }]);
    const variables = { dataset: "communityWorker", purpose: "budget-review" };
    const [level] = (await rowOf("monthlyPay", FINANCE, { variables })).levels;
    expect(level).toMatchObject({ level: "FULL", grounds: [{ kind: "GRANT", purpose: "budget-review" }] });
    const { rows } = await hub.database.pool.query("SELECT department FROM access_grant WHERE id = $1", [
      level.grounds[0].id,
    ]);
    expect(rows).toEqual([{ department: FINANCE }]);
  });

  test("covers every declared field but the key fields, in every dataset", async () => {
    const { accessMatrix } = await hub.data(MATRIX, BIG_DATA);
    const fields = accessMatrix.map((r: { dataset: string; field: string }) => `${r.dataset}.${r.field}`);
    expect(fields).toEqual(
      expect.arrayContaining(["division.name", "fundAudit.opinion", "volunteer.idNumber"]),
    );
    expect(fields).not.toContain("volunteer.territory");
    expect(new Set(fields).size).toBe(fields.length);
  });

  test("another department's is for the security duty alone", async () => {
    const variables = { as: STREET, dataset: "volunteer" };
    for (const duty of ["read", "steward", "decide", "admin", "audit"] as const)
      expect(await hub.refusal(MATRIX, FINANCE, { duties: [duty], variables })).toBe("FORBIDDEN");
    const seen = await rowOf("phone", FINANCE, { duties: ["security"], variables });
    expect(seen).toEqual(await rowOf("phone", STREET, { variables: { dataset: "volunteer" } }));
  });

  test("one's own department's is for every duty, whatever that duty may read", async () => {
    const variables = { as: STREET, dataset: "volunteer" };
    const seen = await rowOf("phone", STREET, { duties: ["audit"], variables });
    expect(seen.levels[1]).toMatchObject({ level: "FULL" });
  });

  test.each([
    [{ as: "nonsense" }, "as"],
    [{ as: "finance@140199000000" }, "as"],
    [{ purpose: "curiosity" }, "purpose"],
    [{ dataset: "secrets" }, "dataset"],
  ])("%j is BAD_USER_INPUT", async (variables, argument) => {
    const { errors } = await hub.ask(MATRIX, FINANCE, { duties: ["security"], variables });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", argument });
  });
});

describe("explainAccess", () => {
  const EXPLAIN = `query ($operation: String!, $variables: String, $as: String, $purpose: String) {
    explainAccess(operation: $operation, variables: $variables, as: $as, purpose: $purpose) {
      cost refused { path code message dataset field }
      notes { dataset field zh en class needed held { territory name level }
        exceptWhere { code class zh en } steward purposes apply }
      fields { dataset field levels { territory level condition grounds { kind id purpose } } } } }`;
  const QUESTION = `query ($street: String!) {
    committees(where: { territory: { within: $street } }, first: 3) { nodes { name director members { nodes { name phone } } } }
    volunteers(where: { territory: { within: $street } }, first: 3) { nodes { name phone totalHours } }
    volunteersAggregate(groupBy: [SEX]) { groups { key { sex } count } }
    communityWorkers(first: 2) { nodes { name monthlyPay } } }`;
  const variables = JSON.stringify({ street: "140105001" });
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests are about
  const told = (value: unknown): any =>
    JSON.parse(JSON.stringify(value, (_, v) => (v === null ? undefined : v)));

  test.each([
    [FINANCE, undefined],
    [FINANCE, "budget-review"],
    [STREET, undefined],
    [BIG_DATA, undefined],
    [DISTRICT, "staffing-plan"],
  ])("for %s (%s) it tells what the real answer then says", async (as, purpose) => {
    const { explainAccess } = await hub.data(EXPLAIN, as, {
      variables: { operation: QUESTION, variables, purpose },
    });
    const real = await hub.ask(QUESTION, as, { purpose, variables: { street: "140105001" } });
    expect(real.extensions.access.length).toBeGreaterThan(0);
    expect(told(explainAccess.notes)).toEqual(told(real.extensions.access));
    expect(explainAccess.cost).toBe(real.extensions.cost);
    const errors: typeof explainAccess.refused = real.errors ?? [];
    const refused = [];
    for (const { message, extensions, path } of errors) {
      const { code, dataset, field } = extensions;
      refused.push({ path, code, message, dataset, field });
    }
    expect(explainAccess.refused).toEqual(refused);
  });

  test("a refusal is told as the real answer gives it", async () => {
    const operation = `{ a: volunteers(where: { phone: { eq: "13900000000" } }) { totalCount } committees { totalCount } }`;
    const { explainAccess } = await hub.data(EXPLAIN, FINANCE, { variables: { operation } });
    const [error] = (await hub.ask(operation, FINANCE)).errors ?? [];
    const { code, dataset, field } = error?.extensions ?? {};
    expect(code).toBe("FIELD_WITHHELD");
    expect(explainAccess.refused).toEqual([{ path: ["a"], message: error?.message, code, dataset, field }]);
  });

  test("fields name the grants that open them", async () => {
    const operation = "{ communityWorkers { nodes { monthlyPay } } }";
    const { explainAccess } = await hub.data(EXPLAIN, FINANCE, {
      variables: { operation, purpose: "budget-review" },
    });
    expect(explainAccess.fields).toMatchObject([
      {
        dataset: "communityWorker",
        field: "monthlyPay",
        levels: [{ level: "FULL", grounds: [{ kind: "GRANT", purpose: "budget-review" }] }],
      },
    ]);
  });

  test("another department's is for the security duty alone", async () => {
    const asked = { operation: QUESTION, variables, as: STREET };
    expect(await hub.refusal(EXPLAIN, FINANCE, { variables: asked })).toBe("FORBIDDEN");
    const { explainAccess } = await hub.data(EXPLAIN, FINANCE, { duties: ["security"], variables: asked });
    const own = await hub.data(EXPLAIN, STREET, { variables: { operation: QUESTION, variables } });
    expect(explainAccess).toEqual(own.explainAccess);
  });

  test("says which root fields it does not speak of", async () => {
    const operation = "{ __typename volunteers { totalCount } who: me { subject } }";
    const { explainAccess } = await hub.data(
      "query ($operation: String!) { explainAccess(operation: $operation) { unexplained cost } }",
      FINANCE,
      { variables: { operation } },
    );
    expect(explainAccess).toEqual({ unexplained: ["who"], cost: 20 });
  });

  test("reads no row, and says what it is about in no record of reading", async () => {
    const operation = "{ volunteers { nodes { phone } } }";
    const { extensions } = await hub.ask(EXPLAIN, DISTRICT, { variables: { operation } });
    expect(extensions?.access).toBeUndefined();
  });

  test.each([
    ["{ volunteers {", undefined, /Syntax Error/],
    ["{ volunteers { nodes { shoeSize } } }", undefined, /shoeSize/],
    ["query ($n: Int!) { volunteers(first: $n) { totalCount } }", undefined, /\$n/],
    ["query ($n: Int!) { volunteers(first: $n) { totalCount } }", '{"n": "many"}', /many/],
    ["{ volunteers { totalCount } }", "[1]", undefined],
    ["{ volunteers { totalCount } }", "{", undefined],
    ["mutation { __typename }", undefined, undefined],
  ])("%s with %s is BAD_USER_INPUT", async (operation, given, problem) => {
    const { errors } = await hub.ask(EXPLAIN, FINANCE, { variables: { operation, variables: given } });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    if (problem) expect(errors?.[0]?.extensions.problems.join()).toMatch(problem);
    expect(JSON.stringify(errors)).not.toContain("Did you mean");
  });

  test("a question beyond the limits of documents is refused as it would be itself", async () => {
    const aliases = Array.from({ length: 60 }, (_, i) => `a${i}: volunteers { totalCount }`).join(" ");
    expect(await hub.refusal(EXPLAIN, FINANCE, { variables: { operation: `{ ${aliases} }` } })).toBe(
      "TOO_COSTLY",
    );
  });
});
