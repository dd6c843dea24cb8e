// A division change on a running hub: rows, departments and rights move at once or not at all, and nobody gains a row.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { catalogue } from "../../src/datasets";
import { createAppKeys } from "../../src/identity";
import { inspectFile } from "../../src/write/import";
import { importLock } from "../../src/write/import/job";
import { type Recoded, readChanges, recode } from "../../src/write/recode";
import { flowOn, HOUSING, VOLUNTEERS, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";

const OLD = "140105001";
const NEW = "140105055";
const NODE = "STATISTICS/2023/";
const BASIS = "并政函〔2026〕9号";

// Each test has a hub of its own, and some start the command more than once.
jest.setTimeout(180_000);

let hub: TestHub;
let folder: string;
/** Old code → new code of the street that is renumbered, with all its communities. */
let codes: Map<string, string>;

beforeEach(async () => {
  hub = await openTestHub();
  folder = mkdtempSync(path.join(tmpdir(), "community-hub-recode-"));
  const below = await sql("SELECT code FROM division WHERE node LIKE $1 ORDER BY code", [`${NODE}${OLD}%`]);
  codes = new Map(below.map(({ code }) => [String(code), String(code).replace(OLD, NEW)]));
  await enter(codes);
});

afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

async function sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await hub.database.pool.query(text, values)).rows;
}

/** What the steward enters first: the new divisions, and for each old one what follows it. */
async function enter(changes: ReadonlyMap<string, string>): Promise<void> {
  for (const [from, to] of changes) {
    await sql(
      `INSERT INTO division (id, scheme, edition, code, node, parent_node, name, level, kind, territory, valid_from, created_by, changed_by)
       SELECT gen_random_uuid(), scheme, edition, $2, '${NODE}' || $2, replace(parent_node, $3, $4), name, level, kind, $2,
         '2026-11-01', 'test', 'test' FROM division WHERE node = '${NODE}' || $1 ON CONFLICT DO NOTHING`,
      [from, to, OLD, NEW],
    );
    await sql(`UPDATE division SET successor_node = '${NODE}' || $2 WHERE node = '${NODE}' || $1`, [
      from,
      to,
    ]);
  }
}

function file(changes: Iterable<readonly [string, string]>, day = "2026-11-01"): string {
  const place = path.join(folder, "change.csv");
  const lines = [...changes].map(([from, to]) => [from, to, day, BASIS].join(","));
  writeFileSync(place, ["原代码,新代码,生效日期,依据文号", ...lines].join("\n"));
  return place;
}

function start(...args: string[]) {
  return startScript("src/cli/hub.ts", ["divisions", "recode", ...args], {
    DATABASE_URL: hub.database.url,
    HUB_DATA: hub.dataDir,
  });
}

/** The command as an operator gives it. */
async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const child = start(...args);
  let said = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    said += bytes;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

/** The same without a process of its own. */
async function run(changes: Iterable<readonly [string, string]>, day?: string): Promise<Recoded> {
  const request = { changes: await readChanges(await inspectFile(file(changes, day))), by: "test" };
  return recode({ catalogue, pool: hub.database.pool }, { ...request, record: async () => undefined });
}

/** A digest of every row of every table that a change could touch, twins and rights too. */
async function everything(): Promise<Record<string, unknown>> {
  const tables = catalogue.datasets.flatMap(({ table }) => [table, `${table}_history`]);
  const all: Record<string, unknown> = {};
  for (const table of [...tables, "access_grant", "app_key", "stewardship", "grant_epoch"]) {
    const [row] = await sql(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM "${table}" t`,
    );
    all[table] = row?.digest;
  }
  return all;
}

/** Datasets that hold rows at codes; registers of codes grow by the new ones. */
const held = catalogue.datasets.filter(({ name }) => name !== "division");
const QUERY = `{ ${held.map(({ plural }) => `${plural}(first: 1000, where: { territory: { within: "140105" } }) { nodes { id territory } }`).join(" ")} }`;

/** Ids and places of the rows that a department sees, of every dataset. */
async function seen(department: string, purpose?: string): Promise<Map<string, string>> {
  return rowsOf(await hub.ask(QUERY, department, { purpose }));
}

interface Answer {
  readonly data: Readonly<Record<string, { readonly nodes: readonly { id: string; territory: string }[] }>>;
}

function rowsOf({ data }: Answer): Map<string, string> {
  return new Map(
    held.flatMap(({ plural }) => data[plural]!.nodes.map((row) => [row.id, row.territory] as const)),
  );
}

/** Asks with an app key instead of a person's token. */
async function seenBy(key: string): Promise<Map<string, string>> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query: QUERY }),
  });
  return rowsOf((await response.json()) as Answer);
}

const moved = (text: string) =>
  [...codes].reduce((now, [from, to]) => (now.endsWith(from) ? now.replace(from, to) : now), text);

const keyOf = (department: string) =>
  createAppKeys(hub.database.pool).issue({
    app: "desk",
    department,
    duties: ["read"],
    days: 9,
    issuedBy: "test",
  });

async function grant(department: string, territory: string): Promise<void> {
  await sql(
    `INSERT INTO access_grant (department, dataset, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'volunteer', 'FULL', $2, 'emergency-response', '合成', 'test', '2026-01-01')`,
    [department, territory],
  );
}

/** The rows of `before` at the places where they lie now. */
function expected(before: ReadonlyMap<string, string>): [string, string][] {
  return [...before].map(([id, territory]): [string, string] => [id, moved(territory)]).sort();
}

test("a renumbered street: every department sees the rows it saw, under the new codes, in the very next answer", async () => {
  await grant("emergency@140100000000", `${OLD}000`);
  const askers: [string, string | undefined][] = [
    [`street-office@${OLD}000`, undefined],
    [`committee@${OLD}001`, undefined],
    ["street-office@140105002000", undefined],
    ["committee@140105002001", undefined],
    ["civil-affairs@140105000000", undefined],
    ["emergency@140100000000", "emergency-response"],
  ];
  const { key } = await keyOf(`street-office@${OLD}000`);
  const before = await Promise.all(askers.map(([department, purpose]) => seen(department, purpose)));
  expect(before[0]!.size).toBeGreaterThan(50);
  const volunteers = (rows: ReadonlyMap<string, string>) =>
    [...rows].filter(([id, at]) => id.startsWith("volunteer:") && at.startsWith(NEW)).length;
  const digests = await everything();
  const dry = await command(file(codes), "--dry-run");
  expect([dry.code, await everything()]).toEqual([0, digests]);
  const done = await command(file(codes));
  expect(done.code).toBe(0);
  expect(done.said.split("\n").slice(1)).toEqual(dry.said.split("\n").slice(1));
  expect(done.said).toMatch(/grants moved [1-9]\d*，终止、须重新授权 ended, to be granted anew 0/);
  expect(done.said).not.toContain("to correct");

  expect([...(await seenBy(key))].sort()).toEqual(expected(before[0]!));
  for (const [i, [department, purpose]] of askers.entries()) {
    const now = await seen(moved(department), purpose);
    expect([department, [...now].sort()]).toEqual([department, expected(before[i]!)]);
    if (purpose === "emergency-response") expect(volunteers(now)).toBeGreaterThan(0);
  }
  // A token of before is of a department that is no more; where the hub still remembers it, nothing lies there.
  const former = await hub.ask("{ volunteers { totalCount } }", `street-office@${OLD}000`);
  expect(former.data?.volunteers.totalCount ?? 0).toBe(0);
});

test("every changed row keeps its former version with who and why; the act is recorded, old codes stand nowhere", async () => {
  const before = await sql("SELECT id, code, territory, version FROM facility WHERE territory LIKE $1", [
    `${OLD}%`,
  ]);
  expect(before.length).toBeGreaterThan(0);
  expect((await command(file(codes))).code).toBe(0);
  for (const row of before) {
    const [now] = await sql("SELECT code, territory, version, changed_by FROM facility WHERE id = $1", [
      row.id,
    ]);
    const code = String(row.code).replace(OLD, NEW);
    expect(now).toMatchObject({
      code,
      territory: moved(String(row.territory)),
      version: Number(row.version) + 1,
    });
    expect(now!.changed_by).toMatch(new RegExp(`^system/cli:.+：${BASIS}$`));
    const [former] = await sql(
      "SELECT code, territory FROM facility_history WHERE id = $1 AND version = $2",
      [row.id, row.version],
    );
    expect(former).toEqual({ code: row.code, territory: row.territory });
  }
  // Every column of text of every dataset but the registers, whatever it is declared as.
  for (const { name, table, fields } of catalogue.datasets) {
    if (["division", "divisionCrosswalk"].includes(name)) continue;
    const coded = fields.filter(
      (f) => f.kind === "code" && !f.encrypted && !["createdBy", "changedBy", "source"].includes(f.name),
    );
    for (const { column } of coded) {
      const [found] = await sql(
        `SELECT count(*)::int AS n FROM "${table}" WHERE "${column}" ~ '(^|/|@)${OLD}[0-9]{3}([0-9]{4})?$'`,
      );
      expect([name, column, found!.n]).toEqual([name, column, 0]);
    }
  }
  const [act] = await sql(
    `SELECT subject, department, operation, rows, datasets FROM access_record JOIN access_footprint ON hash = footprint
      WHERE operation LIKE 'hub divisions%'`,
  );
  expect(act).toMatchObject({ department: "system", operation: `hub divisions recode ${BASIS}` });
  expect(JSON.stringify(act!.datasets)).toContain(`"${NEW}000"`);
  const retired = await sql(
    "SELECT code FROM division WHERE change_decision = $1 AND retired_at IS NOT NULL AND valid_to = '2026-11-01'",
    [BASIS],
  );
  expect(retired).toHaveLength(codes.size);
});

test("a failure in the middle leaves nothing changed, and neither does a kill; the same command then works", async () => {
  const digests = await everything();
  await sql(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$`);
  await sql("CREATE TRIGGER fail BEFORE INSERT ON access_record FOR EACH ROW EXECUTE FUNCTION fail()");
  expect((await command(file(codes))).code).toBe(1);
  expect(await everything()).toEqual(digests);
  await sql("DROP TRIGGER fail ON access_record");

  const client = await hub.database.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM volunteer_record WHERE territory LIKE $1 FOR UPDATE", [`${OLD}%`]);
  const child = start(file(codes));
  await waiting("volunteer_record");
  child.kill("SIGKILL");
  await once(child, "close");
  await client.query("ROLLBACK");
  client.release();
  await waitFor(
    "SELECT FROM pg_stat_activity WHERE application_name LIKE '%recode%' AND datname = current_database()",
    0,
  );
  expect(await everything()).toEqual(digests);
  expect((await command(file(codes))).code).toBe(0);
});

test("who writes meanwhile waits, and is then refused under the old code", async () => {
  const client = await hub.database.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM volunteer_record WHERE territory LIKE $1 FOR UPDATE", [`${OLD}%`]);
  const done = command(file(codes));
  await waiting("volunteer_record");
  const asset = `{ code: "XZ-1", territory: "${OLD}001", name: "旧校舍", kind: SCHOOL, state: REGISTERED }`;
  const create = hub.ask(`mutation { createIdleAsset(input: ${asset}) { id } }`, "real-estate@140105000000", {
    duties: ["read", "steward"],
  });
  await waiting("grant_epoch");
  await client.query("ROLLBACK");
  client.release();
  expect((await done).code).toBe(0);
  const { errors } = await create;
  expect(errors[0].extensions).toMatchObject({ code: "INVALID_ROW", problems: [{ field: "territory" }] });
  expect(errors[0].extensions.problems[0].problem).toMatch(/retired.* it is 140105055001$/);
});

/** Until a statement that names the table waits for a lock. */
const waiting = (table: string) =>
  waitFor(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%${table}%'`,
    1,
  );

async function waitFor(query: string, count: number): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if ((await sql(query)).length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${query}`);
}

const REFUSED: [(all: [string, string][]) => [string, string][], RegExp][] = [
  [
    (all) => [...all, ...[2, 3].map((n): [string, string] => [`${OLD}001`, `${NEW}00${n}`])],
    /split[\s\S]*facility：\d+ 行/,
  ],
  [(all) => all.filter(([from]) => from !== `${OLD}001`), /not in the file: 140105001001$/],
  [(all) => all.map(([from, to]) => [from, to.replace(NEW, "140105066")]), /enter it first/],
  [(all) => swapped(all), /another successor/],
  [(all) => [...all, [`${NEW}001`, `${NEW}002`]], /leaves in the same change/],
  [(all) => [[all[0]![0], all[1]![1]]], /two levels/],
  [() => [["14010500", `${NEW}000`]], /12 digits/],
];

test("what is no function of codes, or not what the division tree says, is refused with nothing changed", async () => {
  const digests = await everything();
  for (const [change, said] of REFUSED) await expect(run(change([...codes]))).rejects.toThrow(said);
  await expect(run(codes, "2999-01-01")).rejects.toThrow(/not after today/);
  await expect(run(codes, "2026-10-31")).rejects.toThrow(/not valid on that day/);
  await sql(`INSERT INTO division SELECT (d).* FROM (SELECT jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
    'retired_at', now(), 'successor_node', 'x')) AS d FROM division d WHERE node = '${NODE}${NEW}001') AS former`);
  await expect(run(codes)).rejects.toThrow(/is not given again/);
  await sql("DELETE FROM division WHERE successor_node = 'x'");
  expect(await everything()).toEqual(digests);
});

function swapped(all: [string, string][]): [string, string][] {
  const [street, first, second, ...rest] = all as [string, string][];
  return [street!, [first![0], second![1]], [second![0], first![1]], ...rest];
}

test("a community that moves to another street lies under that one; a kind that no longer fits is told", async () => {
  const [from, to] = [`${OLD}001`, "140105002299"];
  await enter(new Map([[from, to]]));
  await sql(`UPDATE division SET parent_node = '${NODE}140105002000' WHERE code = $1`, [to]);
  await sql(`UPDATE department SET parent_code = 'street-office@${OLD}000' WHERE territory = $1`, [from]);
  const done = await run([[from, to]]);
  const [community] = await sql(
    "SELECT id, code, territory, street_node FROM community WHERE territory = $1",
    [to],
  );
  expect(community).toMatchObject({ code: to, territory: to, street_node: `${NODE}140105002000` });
  const [department] = await sql("SELECT code, parent_code FROM department WHERE territory = $1", [to]);
  expect(department).toEqual({ code: `committee@${to}`, parent_code: "street-office@140105002000" });
  const broken = done.datasets.filter(({ toCorrect }) => Object.keys(toCorrect).length > 0);
  expect(broken.map(({ dataset, toCorrect }) => [dataset, toCorrect])).toEqual([
    ["community", { KIND_AGAINST_CODE: 1 }],
    ["committee", { KIND_AGAINST_CODE: 1 }],
  ]);
});

test("a merge: keys that would meet are refused first, then rights end instead of growing wider", async () => {
  const [from, to] = [`${OLD}001`, `${OLD}002`];
  await sql(`UPDATE division SET successor_node = '${NODE}${to}' WHERE node = '${NODE}${from}'`);
  for (const place of [from, to]) await grant("emergency@140100000000", place);
  const { key } = await keyOf(`committee@${from}`);
  const digests = await everything();
  await expect(run([[from, to]])).rejects.toThrow(/community：有记录的业务主键/);
  expect(await everything()).toEqual(digests);
  for (const { table, key: parts } of catalogue.datasets)
    if (
      !table.startsWith("division") &&
      parts.some((part) => ["code", "territory", "communityCode"].includes(part))
    )
      await sql(`UPDATE "${table}" SET retired_at = now(), changed_by = 'test' WHERE territory = $1`, [from]);
  const done = await run([[from, to]]);
  expect(done).toMatchObject({ grants: 0, keys: 0, keysRevoked: 1, divisions: 1 });
  expect(done.grantsEnded).toBeGreaterThanOrEqual(2);
  const volunteers = "{ volunteers(first: 1000) { nodes { id name } } }";
  const { data } = await hub.ask(volunteers, "emergency@140100000000", { purpose: "emergency-response" });
  expect(data.volunteers.nodes.filter(({ name }: { name?: string }) => name && !name.includes("*"))).toEqual(
    [],
  );
  expect(
    (await fetch(`${hub.url}/graphql`, { method: "POST", headers: { authorization: `Bearer ${key}` } }))
      .status,
  ).toBe(401);
  const [community] = await sql("SELECT code, territory FROM community WHERE code = $1", [from]);
  expect(community).toEqual({ code: from, territory: to });
});

test("an import that runs keeps the change away", async () => {
  const client = await hub.database.pool.connect();
  await client.query(`SELECT pg_advisory_lock(${importLock("'facility'")})`);
  await expect(run(codes)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  client.release(true);
  await expect(run(codes)).resolves.toMatchObject({ divisions: codes.size });
});

test("requests that wait for an answer at an old code are counted, kept as they were asked, and not granted", async () => {
  const flow = flowOn(hub);
  const inStreet = { items: [{ ...VOLUNTEERS[0], territory: OLD }] };
  const asked = await flow.filed(inStreet);
  await flow.approve(asked.id);
  const withdrawn = await flow.filed(inStreet);
  await flow.by(withdrawn.id, "WITHDRAW", HOUSING, "read");
  await flow.filed({ items: VOLUNTEERS }, `committee@${OLD}001`);
  await flow.filed();
  expect((await run(codes)).requests).toBe(2);
  expect((await flow.seen(asked.id, HOUSING)).items).toEqual(asked.items);
  const step = flow.step(asked.id, "GRANT", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(await flow.refusal(step)).toMatchObject({ reason: "TERRITORY_MOVED" });
});
