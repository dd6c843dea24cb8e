// What the database itself holds to, whoever writes: acts stay, grants move by them alone and never become wider.
import { randomUUID } from "node:crypto";
import { GrantActs1795372000000 } from "../../migrations/0012-grant-acts";
import { createSource } from "../../src/database/source";
import { createRightsStore, moveRights } from "../../src/identity";
import { GRANT_STEPS } from "../../src/sharing/grants/steps";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
const sql = (text: string, values: unknown[] = []) => home.pool.query(text, values);

beforeAll(async () => {
  home = await testDatabase();
  await sql("INSERT INTO purpose VALUES ('a-test', '试', 'A test', '第一条')");
});
afterAll(() => home.drop());

async function given(row: object = {}): Promise<string> {
  const whole = {
    id: randomUUID(),
    department: "finance@140100000000",
    dataset: "volunteer",
    fields: ["name", "phone"],
    level: "MASKED",
    territory: "140105000000",
    purpose: "a-test",
    legal_basis: "第一条",
    granted_by: "civil-affairs@140105000000",
    request: randomUUID(),
    starts_at: "2026-01-01T00:00:00Z",
    ends_at: "2099-01-01T00:00:00Z",
    state: "ACTIVE",
    seq: 0,
    recorded_at: new Date(),
    ...row,
  };
  await sql("INSERT INTO access_grant SELECT * FROM jsonb_populate_record(NULL::access_grant, $1)", [
    JSON.stringify(whole),
  ]);
  return whole.id;
}

const SUSPEND = {
  ...{ seq: 1, at: "2026-11-01T00:00:00Z", act: "SUSPEND", from_state: "ACTIVE", to_state: "SUSPENDED" },
  ...{ party: "provider", duty: "decide", actor: "a", department: "d", reason: "r" },
};
const NARROW = {
  ...{
    ...SUSPEND,
    act: "NARROW",
    to_state: "ACTIVE",
    negotiation: "n",
    negotiated_at: "2026-10-01T00:00:00Z",
  },
  ...{ authority: "big-data@140100000000", fields: ["name"], level: "MASKED", territory: "140105000000" },
};
const REVOKE = {
  ...{
    ...SUSPEND,
    act: "REVOKE",
    to_state: "REVOKED",
    negotiation: "n",
    negotiated_at: "2026-10-01T00:00:00Z",
  },
  authority: "big-data@140100000000",
};
const DISPOSE = {
  ...{ ...SUSPEND, act: "DISPOSE", to_state: "DISPOSED", party: "grantee", duty: "read", reason: undefined },
  ...{ disposed: "w", disposal: "h", disposed_at: "2026-10-30T00:00:00Z", disposed_by: "b" },
};

const act = (id: string, row: object) =>
  sql("INSERT INTO access_grant_act SELECT * FROM jsonb_populate_record(NULL::access_grant_act, $1)", [
    JSON.stringify({ grant_id: id, recorded_at: new Date(), ...row }),
  ]);
const grant = async (id: string) => (await sql("SELECT * FROM access_grant WHERE id = $1", [id])).rows[0];

test("the table of steps is the program's", async () => {
  const { rows } = await sql("SELECT act, from_state, to_state, party, duty FROM access_grant_step");
  const ours = GRANT_STEPS.flatMap(({ act, from, to, party, duty }) =>
    from.map((state) => ({ act, from_state: state, to_state: to ?? state, party, duty })),
  );
  const sorted = (steps: object[]) => steps.map((step) => JSON.stringify(step)).sort();
  expect(sorted(rows)).toEqual(sorted(ours));
});

test("an act moves the grant, and keeps what it was whatever the writer says", async () => {
  const id = await given();
  await act(id, { ...NARROW, former: { level: "FULL" } });
  expect(await grant(id)).toMatchObject({ state: "ACTIVE", seq: 1, fields: ["name"], level: "MASKED" });
  const { rows } = await sql("SELECT former FROM access_grant_act WHERE grant_id = $1", [id]);
  expect(rows[0].former).toMatchObject({ fields: ["name", "phone"], level: "MASKED" });
});

test.each([
  ["a step that is none", { ...SUSPEND, to_state: "REVOKED" }],
  ["another's step", { ...SUSPEND, party: "grantee" }],
  ["another duty", { ...SUSPEND, duty: "read" }],
  [
    "from where the grant does not stand",
    { ...SUSPEND, act: "RESUME", from_state: "SUSPENDED", to_state: "ACTIVE" },
  ],
  ["out of turn", { ...SUSPEND, seq: 2 }],
  ["without a reason", { ...SUSPEND, reason: undefined }],
  ["an empty reason", { ...SUSPEND, reason: "" }],
  ["a revocation without a negotiation", { ...REVOKE, negotiation: undefined, negotiated_at: undefined }],
  ["a negotiation after the act", { ...REVOKE, negotiated_at: "2026-11-02T00:00:00Z" }],
  ["a revocation that is not filed", { ...REVOKE, authority: undefined }],
  ["a narrowing without terms", { ...NARROW, fields: undefined }],
  ["a suspension with terms", { ...SUSPEND, level: "AGGREGATE" }],
  ["a narrowing to a higher level", { ...NARROW, level: "FULL" }],
  ["a narrowing to another field", { ...NARROW, fields: ["name", "birthDate"] }],
  ["a narrowing to all fields", { ...NARROW, fields: [] }],
  ["a narrowing to a wider territory", { ...NARROW, territory: "140100000000" }],
  ["a narrowing to a later end", { ...NARROW, until: "2199-01-01T00:00:00Z" }],
  ["a disposal before the end", { ...DISPOSE, from_state: "EXPIRED" }],
])("an act is refused: %s", async (_, row) => {
  const id = await given();
  const before = await grant(id);
  await expect(act(id, row)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  expect(await grant(id)).toEqual(before);
});

test("a disposal after the end is whole or is not there", async () => {
  const id = await given({ ends_at: "2026-06-01T00:00:00Z" });
  await expect(act(id, { ...SUSPEND })).rejects.toMatchObject({ code: "23514" });
  await expect(act(id, { ...DISPOSE, from_state: "EXPIRED", disposed_by: undefined })).rejects.toMatchObject({
    code: "23514",
  });
  await act(id, { ...DISPOSE, from_state: "EXPIRED" });
  expect(await grant(id)).toMatchObject({ state: "DISPOSED" });
});

test.each([
  "UPDATE access_grant_act SET reason = 'another'",
  "UPDATE access_grant_act SET actor = actor",
  "DELETE FROM access_grant_act",
  "TRUNCATE access_grant_act",
  "TRUNCATE access_grant CASCADE",
  "UPDATE access_grant SET state = 'ACTIVE' WHERE state <> 'ACTIVE'",
  "UPDATE access_grant SET seq = 0 WHERE seq > 0",
  "UPDATE access_grant SET level = 'AGGREGATE'",
  "UPDATE access_grant SET fields = '{}'",
  "UPDATE access_grant SET territory = '140100000000'",
  "UPDATE access_grant SET department = 'justice@140100000000'",
  "UPDATE access_grant SET purpose = purpose, legal_basis = 'another'",
  "UPDATE access_grant SET starts_at = '2020-01-01'",
  "UPDATE access_grant SET ends_at = NULL",
  "UPDATE access_grant SET ends_at = '2199-01-01'",
  "DELETE FROM access_grant",
])("the hub's own role cannot: %s", async (statement) => {
  const id = await given();
  await act(id, SUSPEND);
  await expect(sql(statement)).rejects.toMatchObject({
    code: expect.stringMatching(/^(42501|23514|23503)$/),
  });
});

test("a grant may end earlier without an act, as a re-code ends it; one that nobody asked for may go", async () => {
  const id = await given({ request: null });
  await sql("UPDATE access_grant SET ends_at = now() WHERE id = $1", [id]);
  await sql("DELETE FROM access_grant WHERE id = $1", [id]);
  expect(await grant(id)).toBeUndefined();
});

test("a grant cannot begin with a state of its own", async () => {
  await expect(given({ state: "REVOKED" })).rejects.toMatchObject({ code: "23514" });
  await expect(given({ seq: 3 })).rejects.toMatchObject({ code: "23514" });
});

test("only what stands is a right", async () => {
  const [stands, suspended, revoked] = await Promise.all([given(), given(), given()]);
  await act(suspended, SUSPEND);
  await act(revoked, { ...REVOKE, at: "2030-01-01T00:00:00Z" }); // by a clock that is ahead: its end is not in force yet
  const { grants } = await createRightsStore(home.pool).refresh();
  const ids = grants.map((g) => g.id);
  expect(ids).toContain(stands);
  expect(ids).not.toContain(suspended);
  expect(ids).not.toContain(revoked);
});

test("a re-code lets grants go on under the new code, suspended ones suspended, ended ones not at all", async () => {
  const at = { territory: "140105003000" };
  const [stands, suspended, revoked] = await Promise.all([given(at), given(at), given(at)]);
  await act(suspended, SUSPEND);
  await act(revoked, REVOKE);
  const client = await home.pool.connect();
  await client.query("BEGIN");
  const moves = [{ from: "140105003000", to: "140105093000", merged: false }];
  expect(await moveRights(client, moves)).toMatchObject({ grants: 2, grantsEnded: 0 });
  await client.query("COMMIT");
  client.release();
  const followed = async (id: string) => {
    const { rows } = await sql(
      `SELECT g.territory, g.state FROM access_grant_act a JOIN access_grant g ON g.id = a.successor
        WHERE a.grant_id = $1 AND act = 'RECODE'`,
      [id],
    );
    return rows;
  };
  expect(await followed(stands)).toEqual([{ territory: "140105093000", state: "ACTIVE" }]);
  expect(await followed(suspended)).toEqual([{ territory: "140105093000", state: "SUSPENDED" }]);
  expect(await followed(revoked)).toEqual([]);
  expect(await grant(stands)).toMatchObject({ state: "RECODED", territory: "140105003000" });
});

test("the migration is not undone where acts were taken", async () => {
  const source = await createSource(home.url, []).initialize();
  try {
    const undo = () => new GrantActs1795372000000().down(source.createQueryRunner());
    await expect(undo()).rejects.toThrow("must be kept");
  } finally {
    await source.destroy();
  }
});

test("without acts it is undone and done again, and grants stay", async () => {
  const fresh = await testDatabase();
  const source = await createSource(fresh.url, []).initialize();
  try {
    const runner = source.createQueryRunner();
    const columns = () =>
      runner.query(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'access_grant' ORDER BY name",
      );
    const before = await columns();
    await new GrantActs1795372000000().down(runner);
    expect(await columns()).toHaveLength(before.length - 2);
    await runner.query("UPDATE access_grant SET level = 'FULL'"); // its guards are gone, too
    await new GrantActs1795372000000().up(runner);
    expect(await columns()).toEqual(before);
  } finally {
    await source.destroy();
    await fresh.drop();
  }
});
