// `hub serve` as a process of its own, beside a hub that is there already.
import { once } from "node:events";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";
import { firstLine, startScript } from "../setup/process";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
});
afterAll(() => hub.close());

test("the command serves on the database of another hub, and a signal ends it in order", async () => {
  const child = startScript("src/cli/hub.ts", ["serve"], {
    PORT: "0",
    HUB_DATA: hub.dataDir,
    HUB_DEMO: "1",
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
    DATABASE_URL: hub.database.url,
  });
  const { url } = JSON.parse(await firstLine(child)) as { url: string };
  const token = await signDemoToken(hub.dataDir, { department: "finance@140100000000", duties: ["read"] });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "query Last { departments(first: 1) { totalCount } }" }),
  });
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(response.status).toBe(200);
  expect(await ended).toEqual([0, null]);
  // It was answered before it was on record, and the hub has left with nothing unwritten.
  const { rows } = await hub.database.pool.query(
    "SELECT operation FROM access_record WHERE request_id = $1",
    [response.headers.get("x-request-id")],
  );
  expect(rows).toEqual([{ operation: "Last" }]);
});
