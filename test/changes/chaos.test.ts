// The example mirror, after random changes, moves, withdrawn consents, rights that come and go, and kills of mirror and hub,
// holds exactly what it may see, and nothing of what was taken back; when its grant ends it deletes all and reports it.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Copy } from "../../examples/mirror/copy";
import { signDemoToken } from "../../src/identity";
import { seededDatabase, type TestDatabase } from "../setup/database";
import { firstLine, startScript } from "../setup/process";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

const READER = "science-association@140100000000";
const PURPOSE = "volunteer-service";
const FIELDS = "volunteerNo name starRating territory state";
const ROUNDS = Number(process.env.HUB_CHAOS_ROUNDS ?? 120);

let database: TestDatabase;
let folder: string;
let hub: ChildProcess;
let url: string;
let mirror: ChildProcess;
let territories: string[];
const kills = { hub: 0, mirror: 0 };
const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values);

/** The same chaos each time: mulberry32. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const random = dice(20261122);
const below = (n: number) => Math.floor(random() * n);
const any = <T>(list: readonly T[]): T => list[below(list.length)] as T;

async function startHub(port = "0"): Promise<void> {
  hub = startScript("test/changes/killed-hub.ts", [], {
    PORT: port,
    HUB_DATA: folder,
    HUB_DEMO: "1",
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
    DATABASE_URL: database.url,
  });
  url = await firstLine(hub);
}

function startMirror(): void {
  mirror = startScript("examples/mirror/main.ts", [path.join(folder, "settings.json")]);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const file = () => path.join(folder, "copy.ndjson");

beforeAll(async () => {
  database = await seededDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "hub-chaos-"));
  const { rows } = await run("SELECT territory FROM volunteer GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4");
  territories = rows.map((r) => r.territory);
  await startHub();
}, 120_000);

afterAll(async () => {
  await kill(mirror);
  await kill(hub);
  await database.drop();
  rmSync(folder, { recursive: true });
});

const grants: string[] = [];
async function grant(territory: string, fields: string[], level: string): Promise<string> {
  const { rows } = await run(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'volunteer', $2, $3, $4, $5, 'b', 'civil-affairs@140100000000', clock_timestamp()) RETURNING id`,
    [READER, fields, level, territory, PURPOSE],
  );
  grants.push(rows[0].id);
  return rows[0].id;
}
const end = (ids: readonly string[]) =>
  run("UPDATE access_grant SET ends_at = clock_timestamp() WHERE id = ANY($1::uuid[]) AND ends_at IS NULL", [
    ids,
  ]);

const one = "id = (SELECT id FROM volunteer WHERE territory = ANY($1) ORDER BY md5(id::text || $2) LIMIT 1)";
const change = (set: string) =>
  run(`UPDATE volunteer SET ${set} WHERE ${one}`, [territories, String(random())]);
let made = 0;
const copied = `INSERT INTO volunteer SELECT (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(),
    'volunteer_no', 'CHAOS' || $3::text, 'version', 1, 'retired_at', NULL, 'created_at', now(), 'changed_at', now()))).*
    FROM volunteer v WHERE ${one}`;

/** Two transactions that overlap and commit in the other order. */
async function overlapping(): Promise<void> {
  const [first, second] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  try {
    await first.query("BEGIN");
    await first.query(copied, [territories, String(random()), ++made]);
    await second.query("BEGIN");
    await second.query(copied, [territories, String(random()), ++made]);
    await second.query("COMMIT");
    await wait(below(80));
    await first.query(copied, [territories, String(random()), ++made]);
    await first.query(below(4) === 0 ? "ROLLBACK" : "COMMIT");
  } finally {
    first.release();
    second.release();
  }
}

const ACTS: readonly (readonly [weight: number, act: () => Promise<unknown>])[] = [
  [5, () => change(`name = '名${below(1000)}'`)],
  [2, () => change(`skills = ARRAY['s${below(1000)}']`)],
  [5, () => change(`territory = '${any(territories)}'`)],
  [3, () => change(`consent = '${any(["WITHDRAWN", "GRANTED", "GRANTED", "NONE"])}'`)],
  [1, () => change("retired_at = coalesce(retired_at, now())")],
  [1, () => change(`star_rating = ${below(5) + 1}, territory = '${any(territories)}'`)],
  [3, () => run(copied, [territories, String(random()), ++made])],
  [2, overlapping],
  [
    1,
    () => run("UPDATE volunteer SET star_rating = $2 WHERE territory = $1", [any(territories), below(5) + 1]),
  ],
  [
    3,
    () =>
      grant(
        any([...territories, "140105000000"]),
        any([["name", "state"], ["starRating"], []]),
        any(["FULL", "MASKED"]),
      ),
  ],
  [3, () => end([any(grants)])],
  [
    1,
    async () => {
      await kill(mirror);
      kills.mirror++;
      startMirror();
    },
  ],
];

async function act(): Promise<void> {
  let at = random() * ACTS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, doIt] of ACTS) {
    at -= weight;
    if (at < 0) return void (await doIt());
  }
}

interface Listed {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** What an ordinary question shows. */
async function visible(): Promise<Map<string, unknown>> {
  const token = await signDemoToken(folder, { department: READER, duties: ["read"] });
  const found = new Map<string, unknown>();
  for (let after: string | null = null; ; ) {
    const response: Response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "hub-purpose": PURPOSE,
      },
      body: JSON.stringify({
        query: `query ($after: String) { volunteers(first: 1000, after: $after) {
          nodes { id ${FIELDS} } pageInfo { hasNextPage endCursor } } }`,
        variables: { after },
      }),
    });
    const { data } = (await response.json()) as { data: { volunteers: Listed } };
    const { volunteers } = data;
    for (const node of volunteers.nodes) found.set(node.id, node);
    if (!volunteers.pageInfo.hasNextPage) return found;
    after = volunteers.pageInfo.endCursor;
  }
}

/** Equal at last: a page that is on its way may come yet. */
async function comesToEqual(): Promise<Map<string, unknown>> {
  for (let i = 0; ; i++) {
    const [seen, held] = [await visible(), new Copy(file()).rows];
    try {
      expect(held).toEqual(seen);
      return seen;
    } catch (error) {
      if (i > 150) throw error;
      await wait(200);
    }
  }
}

test("the mirror equals what it may see, after everything", async () => {
  const token = await signDemoToken(folder, { department: READER, duties: ["read"] });
  const own = await grant(territories[0] as string, ["name", "state"], "FULL");
  const settings = { url, token, purpose: PURPOSE, dataset: "volunteer", type: "Volunteer", fields: FIELDS };
  writeFileSync(
    path.join(folder, "settings.json"),
    JSON.stringify({ ...settings, file: file(), grant: own, every: 50 }),
  );
  startMirror();
  await comesToEqual();
  for (let round = 1; round <= ROUNDS; round++) {
    await act();
    await wait(below(40));
    if (round % Math.ceil(ROUNDS / 3) === 0) {
      await kill(hub);
      kills.hub++;
      await act();
      await startHub(new URL(url).port);
    }
  }
  await grant(territories[1] as string, ["name", "starRating"], "FULL");
  const seen = await comesToEqual();
  expect(seen.size).toBeGreaterThan(0);
  expect(kills.hub).toBe(3);
  expect(kills.mirror).toBeGreaterThan(0);
  // What was taken back is gone from the file itself.
  const named = new Set(readFileSync(file(), "utf8").match(/volunteer:[0-9a-f-]{36}/g));
  expect([...named].filter((id) => !seen.has(id))).toEqual([]);
  expect(existsSync(`${file()}.new`)).toBe(false);

  await end(grants);
  const [code] = mirror.exitCode === null ? await once(mirror, "exit") : [mirror.exitCode];
  expect(code).toBe(0);
  expect(new Copy(file()).rows.size).toBe(0);
  expect(readFileSync(file(), "utf8")).not.toContain("volunteer:");
  const { rows } = await run("SELECT state FROM access_grant WHERE id = $1", [own]);
  expect(rows[0].state).toBe("DISPOSED");
}, 240_000);
