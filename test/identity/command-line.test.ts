// The command line's tokens and keys, as a shell sees them: one line on standard output, nothing else.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import {
  createAppKeys,
  createIdentify,
  createRightsStore,
  createTokenVerifier,
  openDemoIssuer,
} from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";

const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-cli-"));
let home: TestDatabase;

beforeAll(async () => {
  home = await testDatabase();
  await home.pool.query(
    `INSERT INTO purpose VALUES ('budget-review', '预算审核', 'Budget review', '第四十一条') ON CONFLICT DO NOTHING`,
  );
});

afterAll(() => home.drop());

async function hub(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const child = startScript("src/cli/hub.ts", args, {
    HUB_DATA: dataDir,
    DATABASE_URL: home.url,
    HUB_DEMO: "",
  });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const said = await text(child.stdout!);
  return { code: await ended, lines: said.split("\n").filter(Boolean) };
}

function identify(token: string) {
  const parts = {
    verify: createTokenVerifier({ demo: openDemoIssuer(dataDir) }),
    appKeys: createAppKeys(home.pool),
    rights: createRightsStore(home.pool),
    knowsDepartment: async () => true,
  };
  return createIdentify(parts)({ authorization: `Bearer ${token}` });
}

test("hub token prints a token for the department, its duties and purpose", async () => {
  const asked = ["--department", "finance@140100000000", "--duty", "read", "--duty", "approve"];
  const { code, lines } = await hub("token", ...asked, "--purpose", "budget-review");
  expect({ code, count: lines.length }).toEqual({ code: 0, count: 1 });
  expect(await identify(lines[0]!)).toMatchObject({
    department: { kind: "finance" },
    duties: ["read", "approve"],
    purpose: "budget-review",
  });
  const plain = await hub("token", "--department", "finance@140100000000");
  expect(await identify(plain.lines[0]!)).toMatchObject({ duties: ["read"], purpose: undefined });
});

test.each([
  ["a department of another shape", ["--department", "财政局"]],
  ["an unknown duty", ["--department", "finance@140100000000", "--duty", "root"]],
  [
    "duties that are kept apart",
    ["--department", "finance@140100000000", "--duty", "admin", "--duty", "audit"],
  ],
])("hub token prints nothing for %s", async (_, args) => {
  expect(await hub("token", ...args)).toEqual({ code: 1, lines: [] });
});

test("hub keys: issued, rotated, listed without secrets, revoked", async () => {
  const scope = ["--app", "budget-app", "--department", "finance@140100000000", "--purpose", "budget-review"];
  const { lines } = await hub("keys", "issue", ...scope, "--days", "7");
  expect(await identify(lines[0]!)).toMatchObject({
    app: "budget-app",
    purpose: "budget-review",
    duties: ["read"],
  });
  const id = lines[0]!.split("_")[1]!;
  const rotated = await hub("keys", "rotate", id, "--overlap", "0");
  await expect(identify(lines[0]!)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  const key = rotated.lines[0]!;
  expect(await identify(key)).toMatchObject({ app: "budget-app" });
  const list = await hub("keys", "list");
  expect(list.lines).toHaveLength(2);
  expect(list.lines.join()).not.toContain(key.slice(21));
  expect(await hub("keys", "revoke", key.split("_")[1]!)).toEqual({ code: 0, lines: [] });
  await expect(identify(key)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect((await hub("keys", "revoke", id)).code).toBe(1);
  // What was done is in the access log, and what was refused is not.
  const { rows } = await home.pool.query("SELECT kind, subject, operation FROM access_record ORDER BY seq");
  const next = key.split("_")[1]!;
  expect(rows.map(({ operation }) => operation)).toEqual([
    `hub keys issue ${id} to budget-app of finance@140100000000`,
    `hub keys rotate ${id} to ${next}`,
    `hub keys revoke ${next}`,
  ]);
  for (const row of rows)
    expect(row).toMatchObject({ kind: "COMMAND", subject: expect.stringMatching(/^cli:/) });
});
