// A hub that is killed between a post and its note tells the same page again, under the same Hub-Delivery.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { signDemoToken } from "../../src/identity";
import { seededDatabase, type TestDatabase } from "../setup/database";
import { firstLine, startScript } from "../setup/process";
import { SEEDED_MASTER_KEY } from "../setup/seeded";
import { Receiver, verified } from "./receiver";

const READER = "big-data@140100000000";

let database: TestDatabase;
let receiver: Receiver;
let folder: string;
let hub: ChildProcess;
let url: string;

async function startHub(): Promise<void> {
  hub = startScript("test/changes/killed-hub.ts", [], {
    PORT: "0",
    HUB_DATA: folder,
    HUB_DEMO: "1",
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
    DATABASE_URL: database.url,
    HUB_WEBHOOK_HOSTS: receiver.host,
  });
  url = await firstLine(hub);
}

async function kill(): Promise<void> {
  if (hub.exitCode !== null || hub.signalCode !== null) return;
  const gone = once(hub, "exit");
  hub.kill("SIGKILL");
  await gone;
}

beforeAll(async () => {
  database = await seededDatabase();
  receiver = await Receiver.open();
  folder = mkdtempSync(path.join(tmpdir(), "hub-webhooks-"));
  await startHub();
}, 120_000);

afterAll(async () => {
  await kill();
  await receiver.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

test("killed between post and note, it tells the page again under the same Hub-Delivery, and then once", async () => {
  const token = await signDemoToken(folder, { department: READER, duties: ["read"] });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: `mutation { createWebhook(dataset: "facility", url: "http://${receiver.host}/") { secret } }`,
    }),
  });
  const { data, errors } = JSON.parse(await response.text());
  expect(errors).toBeUndefined();
  const { rows } = await database.pool.query(
    "SELECT id FROM facility WHERE retired_at IS NULL ORDER BY id LIMIT 2",
  );
  const [one, two] = rows.map((r) => r.id);
  const rename = (id: string) =>
    database.pool.query("UPDATE facility SET name = name || '甲' WHERE id = $1", [id]);
  receiver.answer = () => void hub.kill("SIGKILL");
  await rename(one);
  const [first] = await receiver.until(1);
  await kill();
  await rename(two);
  receiver.answer = (answer) => void answer.end();
  await startHub();
  const [, again, next] = await receiver.until(3);
  expect(again).toMatchObject({ delivery: first!.delivery, body: { changes: first!.body.changes } });
  expect(next!.body.changes).toEqual([{ kind: "UPSERT", id: `facility:${two}` }]);
  for (const one of [first!, again!, next!]) expect(verified(one, data.createWebhook.secret)).toBe(true);
  await wait(1_500);
  expect(receiver.received).toHaveLength(3);
}, 120_000);
