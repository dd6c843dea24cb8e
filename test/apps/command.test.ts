// `hub operations register`: a folder of documents put forward over the network, again and again, until all are approved.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandLine } from "../../src/cli/hub";
import { openTestHub, type TestHub } from "../setup/hub";
import { APP, grantVolunteers, issueKey, operationsOn, PURPOSE, told } from "./app";

let hub: TestHub;
let key: string;
const folder = mkdtempSync(path.join(tmpdir(), "operations-"));
beforeAll(async () => {
  hub = await openTestHub();
  await grantVolunteers(hub);
  key = (await issueKey(hub)).key;
}, 120_000);
afterAll(async () => {
  delete process.env.TOKEN;
  rmSync(folder, { recursive: true });
  await hub.close();
});
afterEach(() => jest.restoreAllMocks());

async function register(...more: string[]): Promise<string[][]> {
  const lines: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const given = ["operations", "register", folder, "--app", APP, "--purpose", PURPOSE, "--url", hub.url];
  await commandLine().parseAsync(["node", "hub", ...given, ...more]);
  jest.restoreAllMocks();
  return lines.map((line) => line.trim().split("\t"));
}

test("an app's key registers its folder; the command fails until the head has approved", async () => {
  writeFileSync(
    path.join(folder, "one.graphql"),
    "# 联系志愿者\n# 发放物资\n{ volunteers(first: 2) { totalCount } }\n",
  );
  writeFileSync(
    path.join(folder, "two.graphql"),
    "query ($within: String!) { volunteers(where: { territory: { within: $within } }) { totalCount } }",
  );
  writeFileSync(path.join(folder, "two.variables.json"), '[{ "within": "140105" }, { "within": "1401" }]');
  process.env.TOKEN = "";
  await expect(register()).rejects.toThrow(/TOKEN/);
  process.env.TOKEN = key;
  await expect(register()).rejects.toThrow(/description/);
  const first = await register("--description", "按区划计数");
  expect(first.map(([name, version, state]) => [name, version, state])).toEqual([
    ["one", "1", "REGISTERED"],
    ["two", "1", "REGISTERED"],
  ]);
  const again = ["--description", "按区划计数", "--approved"];
  await expect(register(...again)).rejects.toThrow(/not approved: one, two/);
  const operations = operationsOn(hub);
  for (const { id } of await operations.list()) await operations.approve(id);
  const last = await register(...again);
  expect(last.map(([, version, state]) => [version, state])).toEqual([
    ["1", "APPROVED"],
    ["1", "APPROVED"],
  ]);
  const documentId = last[1]?.[3];
  const { data } = await told(hub, key, { documentId, variables: { within: "140105" } });
  expect(data.volunteers.totalCount).toBeGreaterThan(0);
});

test("a document that will not do is named with its fault", async () => {
  writeFileSync(path.join(folder, "wrong.graphql"), "# 错\n{ nope }");
  await expect(register("--description", "按区划计数")).rejects.toThrow(/wrong: .*\n.*nope/s);
  rmSync(path.join(folder, "wrong.graphql"));
});
