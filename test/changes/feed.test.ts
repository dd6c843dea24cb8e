// The feed tells each reader what became of the rows that are its to see, and takes back what is so no more (semantics 24).
import { openTestHub, type TestHub } from "../setup/hub";
import { Mirror } from "./mirror";

const READER = "science-association@140100000000";
const ASKING = { purpose: "volunteer-service" };
const FIELDS = "volunteerNo name starRating territory";

let hub: TestHub;
let territories: string[];
const run = (sql: string, values: unknown[] = []) => hub.database.pool.query(sql, values);

beforeAll(async () => {
  hub = await openTestHub();
  const { rows } = await run("SELECT territory, count(*) FROM volunteer GROUP BY 1 ORDER BY 2 DESC, 1");
  territories = rows.map((r) => r.territory);
});
afterAll(() => hub.close());
afterEach(async () => {
  await run("DELETE FROM access_grant WHERE department = $1", [READER]);
});

async function grant(territory: string, fields: string[], level = "FULL", until?: string): Promise<string> {
  const { rows } = await run(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at, ends_at)
     VALUES ($1, 'volunteer', $2, $3, $4, 'volunteer-service', 'b', 'civil-affairs@140100000000', now() - interval '1 day', $5) RETURNING id`,
    [READER, fields, level, territory, until ?? null],
  );
  return rows[0].id;
}
const end = (id: string) => run("UPDATE access_grant SET ends_at = clock_timestamp() WHERE id = $1", [id]);
const mirror = (fields = FIELDS) => new Mirror(hub, READER, ASKING, "volunteer", "Volunteer", fields);

async function volunteerIn(territory: string): Promise<string> {
  const { rows } = await run(
    "SELECT id FROM volunteer WHERE territory = $1 AND consent = 'GRANTED' AND birth_date < '2000-01-01' AND retired_at IS NULL ORDER BY id LIMIT 1",
    [territory],
  );
  return rows[0].id;
}
const kinds = (told: { kind: string; id: string }[]) => told.map(({ kind, id }) => `${kind} ${id}`);

test("begins with all visible rows, page by page, and goes on with what changes", async () => {
  const [here, elsewhere] = territories as [string, string];
  await grant(here, ["name", "starRating"]);
  const copy = mirror();
  await copy.follow(7);
  expect(copy.rows.size).toBeGreaterThan(10);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
  expect(await copy.follow()).toEqual([]);
  const id = await volunteerIn(here);
  await run("UPDATE volunteer SET name = '甲' WHERE id = $1", [id]);
  await run("UPDATE volunteer SET name = '乙' WHERE id = $1", [await volunteerIn(elsewhere)]);
  const told = await copy.follow();
  expect(kinds(told)).toEqual([`UPSERT volunteer:${id}`]);
  expect(told[0]!.node).toMatchObject({ name: "甲", territory: here });
  await run("UPDATE volunteer SET retired_at = now() WHERE id = $1", [id]);
  expect(kinds(await copy.follow())).toEqual([`DELETE volunteer:${id}`]);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
});

test("a change only in fields that this reader may not see emits nothing", async () => {
  const here = territories[0]!;
  await grant(here, ["starRating"]);
  const copy = mirror("volunteerNo starRating territory");
  await copy.follow();
  const id = await volunteerIn(here);
  await run("UPDATE volunteer SET name = '丙', skills = '{}' WHERE id = $1", [id]);
  expect(await copy.follow()).toEqual([]);
  await run("UPDATE volunteer SET star_rating = coalesce(star_rating, 0) + 1 WHERE id = $1", [id]);
  expect(kinds(await copy.follow())).toEqual([`UPSERT volunteer:${id}`]);
  await run("UPDATE volunteer SET source = 'key fields are seen' WHERE id = $1", [id]);
  expect(kinds(await copy.follow())).toEqual([`UPSERT volunteer:${id}`]);
});

test("rows that leave the territory, or lose consent, are taken back by id alone; others are not spoken of", async () => {
  const [here, elsewhere] = territories as [string, string];
  await grant(here, ["name", "starRating"]);
  const copy = mirror();
  await copy.follow();
  const moved = await volunteerIn(here);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [moved, elsewhere]);
  expect(await copy.follow()).toMatchObject([{ kind: "RETRACT", id: `volunteer:${moved}`, node: null }]);
  await run("UPDATE volunteer SET name = '丁' WHERE id = $1", [moved]);
  expect(await copy.follow()).toEqual([]);
  const withdrawn = await volunteerIn(here);
  await run("UPDATE volunteer SET consent = 'WITHDRAWN' WHERE id = $1", [withdrawn]);
  expect(await copy.follow()).toMatchObject([{ kind: "RETRACT", id: `volunteer:${withdrawn}`, node: null }]);
  await run("UPDATE volunteer SET name = '戊' WHERE id = $1", [withdrawn]);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [withdrawn, elsewhere]);
  expect(await copy.follow()).toEqual([]);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [moved, here]);
  expect(kinds(await copy.follow())).toEqual([`UPSERT volunteer:${moved}`]);
  await run("UPDATE volunteer SET consent = 'GRANTED', territory = $2 WHERE id = $1", [withdrawn, here]);
  expect(kinds(await copy.follow())).toEqual([`UPSERT volunteer:${withdrawn}`]);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
});

test("a right that ends takes back everything, of the state at its end; a new one gives anew", async () => {
  const [here, elsewhere] = territories as [string, string];
  const right = await grant(here, ["name", "starRating"]);
  const copy = mirror();
  await copy.follow();
  const held = [...copy.rows.keys()].sort();
  const moved = await volunteerIn(here);
  await end(right);
  // Answers were given under it until its commit.
  await new Promise((resolve) => setTimeout(resolve, 300));
  // What comes or goes after the right has ended is nobody's to hear of but for what was open before.
  const { rows } = await run(
    "SELECT id FROM volunteer WHERE territory = $1 AND retired_at IS NULL AND consent = 'GRANTED' ORDER BY id LIMIT 1",
    [elsewhere],
  );
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [rows[0].id, here]);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [moved, elsewhere]);
  const told = await copy.follow(5);
  expect([...new Set(told.map((t) => t.id))].sort()).toEqual(held);
  expect(new Set(told.map((t) => t.kind))).toEqual(new Set(["RETRACT"]));
  expect(copy.rows.size).toBe(0);
  expect(await copy.follow()).toEqual([]);
  await grant(here, ["name"], "MASKED");
  await copy.follow(5);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
  expect(copy.rows.size).toBeGreaterThan(10);
});

test("rights that change in the middle of the first rows leave no gap, and nothing behind", async () => {
  const [here, elsewhere] = territories as [string, string];
  const first = await grant(here, ["name", "starRating"]);
  const copy = mirror();
  const step = async () => {
    const page = await copy.page(6);
    copy.apply(page.nodes);
    copy.after = page.pageInfo.endCursor;
  };
  await step();
  await step();
  await grant(elsewhere, ["starRating"]);
  await step();
  await end(first);
  await step();
  await grant(here, ["name"], "MASKED");
  await copy.follow(6);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
  const there = new Set([...copy.rows.values()].map((r) => r.territory));
  expect([...there].sort()).toEqual([here, elsewhere].sort());
});

test("what was there and gone before a right began is not spoken of", async () => {
  const [here, elsewhere] = territories as [string, string];
  const copy = mirror();
  await copy.follow();
  const { rows } = await run(
    "SELECT id FROM volunteer WHERE territory = $1 AND consent = 'GRANTED' AND birth_date < '2000-01-01' AND retired_at IS NULL ORDER BY id LIMIT 3",
    [here],
  );
  const [moved, retired, former] = rows.map((r) => r.id);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [moved, elsewhere]);
  await run("UPDATE volunteer SET retired_at = now() WHERE id = $1", [retired]);
  await mirror().follow(); // until nothing that other test files do holds the horizon back
  await grant(here, ["name"]);
  const step = await copy.page(3);
  copy.apply(step.nodes);
  copy.after = step.pageInfo.endCursor;
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [former, elsewhere]);
  await grant(elsewhere, ["starRating"]);
  const told = await copy.follow();
  const named = (id: string) => kinds(told).filter((text) => text.includes(id));
  expect(named(retired)).toEqual([]);
  expect(new Set(named(moved))).toEqual(new Set([`UPSERT volunteer:${moved}`]));
  expect(new Set(kinds([...copy.told]).filter((text) => !text.startsWith("UPSERT")))).toEqual(new Set());
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
  for (const id of [moved, former])
    await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [id, here]);
  await run("UPDATE volunteer SET retired_at = NULL WHERE id = $1", [retired]);
});

test("changes out of sight are passed over, and not told as pages without rows", async () => {
  const here = territories[0]!;
  await grant(here, ["name"]);
  const copy = mirror();
  await copy.follow();
  const hidden = "UPDATE volunteer SET name = name || '隐' WHERE territory = $1 AND consent <> 'GRANTED'";
  expect((await run(hidden, [here])).rowCount).toBeGreaterThan(2);
  const id = await volunteerIn(here);
  await run("UPDATE volunteer SET name = '辛' WHERE id = $1", [id]);
  await run(hidden, [here]);
  const pages = [];
  do {
    pages.push(await copy.page(1));
    copy.after = pages.at(-1)!.pageInfo.endCursor;
  } while (pages.at(-1)!.pageInfo.hasNextPage || !pages.some((p) => p.nodes.length > 0));
  const quiet = pages.filter((p) => p.nodes.length === 0 && p.pageInfo.hasNextPage);
  expect(quiet).toEqual([]);
  expect(kinds(pages.flatMap((p) => p.nodes))).toEqual([`UPSERT volunteer:${id}`]);
});

test("a level that sinks brings the rows anew, masked", async () => {
  const here = territories[0]!;
  const right = await grant(here, ["name"]);
  await grant(here, ["starRating"]);
  const copy = mirror();
  await copy.follow();
  await end(right);
  await grant(here, ["name"], "MASKED");
  const told = await copy.follow();
  expect(told.length).toBe(copy.rows.size);
  for (const { node } of told) expect(node!.name).toMatch(/\*/);
  expect(copy.rows).toEqual(await copy.visible("volunteers"));
});

test("goes on after any change of a page; two selections of a row stand beside each other", async () => {
  await grant(territories[0]!, ["name"]);
  const copy = mirror();
  await copy.follow();
  const ids = [...copy.rows.keys()].slice(0, 4).map((id) => id.split(":")[1]);
  for (const id of ids) await run("UPDATE volunteer SET name = '己' WHERE id = $1", [id]);
  const ask = (after: string) =>
    hub.data(
      `query ($after: String) { changes(dataset: "volunteer", after: $after, first: 10) {
         edges { cursor node { id one: node { id ... on Volunteer { who: name } } } }
         nodes { node { ... on Volunteer { name } } __typename } pageInfo { startCursor endCursor hasPreviousPage } } }`,
      READER,
      { ...ASKING, variables: { after } },
    );
  let all = await ask(copy.after!);
  while (all.changes.edges.length < 4) all = await ask(copy.after!);
  const { edges, nodes, pageInfo } = all.changes;
  expect(edges.map((e: { node: { id: string } }) => e.node.id)).toEqual(ids.map((id) => `volunteer:${id}`));
  expect(edges[0].node.one).toEqual({ id: edges[0].node.id, who: "己" });
  expect(nodes[3]).toEqual({ node: { name: "己" }, __typename: "RowChange" });
  expect(pageInfo).toMatchObject({ startCursor: edges[0].cursor, hasPreviousPage: true });
  const rest = await ask(edges[1].cursor);
  expect(rest.changes.edges.map((e: { node: { id: string } }) => e.node.id)).toEqual(
    ids.slice(2).map((id) => `volunteer:${id}`),
  );
  expect((await ask(pageInfo.endCursor)).changes.nodes).toEqual([]);
});

test("a cursor of another department, purpose or dataset, or one that nobody sealed, is refused", async () => {
  await grant(territories[0]!, ["name"]);
  const copy = mirror();
  await copy.follow();
  const ask = (dataset: string, after: string, department = READER, purpose = ASKING.purpose) =>
    hub.ask(
      `query ($after: String, $dataset: String!) { changes(dataset: $dataset, after: $after) { nodes { id } } }`,
      department,
      { purpose, variables: { after, dataset } },
    );
  const [payload, proof] = copy.after!.split(".");
  const bytes = Buffer.from(payload!, "base64url");
  // What it stands for says how much has changed elsewhere.
  expect(bytes.toString("latin1")).not.toMatch(/"p":|[\w-]{22}/);
  bytes.writeUInt8(bytes.readUInt8(12) ^ 1, 12);
  const forged = bytes.toString("base64url");
  expect((await ask("volunteer", copy.after!)).errors).toBeUndefined();
  for (const answer of await Promise.all([
    ask("volunteer", copy.after!, "youth-league@140100000000"),
    ask("volunteer", copy.after!, READER, "budget-review"),
    ask("facility", copy.after!),
    ask("volunteer", `${forged}.${proof}`),
    ask("volunteer", payload!),
    ask("volunteer", "x.y"),
  ]))
    expect(answer.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_INVALID" });
  expect((await ask("nothing", copy.after!)).errors[0].extensions.argument).toBe("dataset");
});

test("a reader without any right is told nothing, and every page is recorded with the grants it used", async () => {
  const copy = mirror();
  expect(await copy.follow()).toEqual([]);
  const right = await grant(territories[0]!, ["name"]);
  await copy.follow();
  const { rows } = await run(
    `SELECT r.rows, r.outcome, f.datasets, f.grants FROM access_record r JOIN access_footprint f ON f.hash = r.footprint
      WHERE r.department = $1 AND r.rows > 0 ORDER BY r.at DESC LIMIT 1`,
    [READER],
  );
  expect(rows[0]).toMatchObject({ rows: copy.rows.size, outcome: "ANSWERED" });
  expect(rows[0].grants).toContain(right);
  expect(JSON.stringify(rows[0].datasets)).toContain('"volunteer"');
});

test("feeds of one request cost as much as they cost together", async () => {
  const civilAffairs = "civil-affairs@140100000000";
  const { facilities } = await hub.data("{ facilities(first: 0) { totalCount } }", civilAffairs);
  const times = Math.ceil(60 / facilities.totalCount);
  const lists = Array.from({ length: times }, (_, i) => `s${i}: shares(first: 999) { nodes { id } }`).join(
    " ",
  );
  const feed = `changes(dataset: "facility", first: 1000) { nodes { node { ... on Facility { ${lists} } } } }`;
  const one = await hub.ask(`{ ${feed} }`, civilAffairs);
  expect(one.errors).toBeUndefined();
  expect(one.extensions.cost).toBeGreaterThan(50_000);
  expect(await hub.refusal(`{ a: ${feed} b: ${feed} }`, civilAffairs)).toBe("TOO_COSTLY");
});

test("a second process goes on where the first one was", async () => {
  await grant(territories[0]!, ["name", "starRating"]);
  const copy = mirror();
  await copy.follow();
  const beside = await openTestHub({ beside: hub });
  try {
    const id = await volunteerIn(territories[0]!);
    await run("UPDATE volunteer SET name = '庚' WHERE id = $1", [id]);
    const there = new Mirror(beside, READER, ASKING, "volunteer", "Volunteer", FIELDS);
    there.after = copy.after;
    expect(kinds(await there.follow())).toEqual([`UPSERT volunteer:${id}`]);
  } finally {
    await beside.close();
  }
});
