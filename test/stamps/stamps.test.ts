/** Stamps of files that have left: genuine, altered or unknown, and no longer lawful once the right is over. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FORMATS, keyId, verifyFile, verifyWith } from "../../src/exchange";
import { createSigner } from "../../src/exchange/stamp/signer";
import { convert } from "../exchange/libre-office";
import { grantsOn, HOUSING, PURPOSE } from "../grants/flow";
import { type Asking, openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";
const LIST =
  "query Take($n: Int) { communities(first: $n, orderBy: [{ field: CODE }]) { nodes { code name population } } }";
const VOLUNTEERS = "{ volunteers(first: 5) { nodes { volunteerNo name } } }";
const STAMP = `record seq department purpose format rows sha256 question variables schema fingerprint dataTime lawful
  lost { field now } ended { id state endedAt } key signed withheld`;

const folder = mkdtempSync(path.join(tmpdir(), "hub-stamps-"));
let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub.close();
});

interface Taken {
  readonly file: string;
  readonly record: string;
}

async function take(
  extension: string,
  query = LIST,
  department = CIVIL_AFFAIRS,
  asking: Asking = {},
): Promise<Taken> {
  const format = [...FORMATS.values()].find((one) => one.extension === extension);
  const response = await hub.post(query, department, {
    variables: { n: 5 },
    ...asking,
    accept: format?.type,
  });
  const record = response.headers.get("hub-stamp") ?? "";
  const file = path.join(folder, `${record}.${extension}`);
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  return { file, record };
}

async function stampOf(by: string, department = CIVIL_AFFAIRS, asking: Asking = {}) {
  return (await hub.data(`{ stamp(${by}) { ${STAMP} } }`, department, asking)).stamp;
}

/** The command as people run it: how it ends, and what it says. */
async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const child = startScript("src/cli/hub.ts", args, {
    DATABASE_URL: hub.database.url,
    HUB_DEMO: "1",
    HUB_DATA: hub.dataDir,
  });
  let said = "";
  child.stdout?.on("data", (bytes) => {
    said += bytes;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

test.each([...FORMATS.values()].map(({ extension }) => extension))(
  "a file of %s is genuine as it left, and altered by one byte",
  async (extension) => {
    const { file, record } = await take(extension);
    const verdict = await verifyFile(hub.database.pool, file);
    expect(verdict).toMatchObject({
      is: "genuine",
      stamp: { record, rows: 5, format: extension, operation: null },
    });
    const stamp = await stampOf(`record: "${record}"`);
    expect(stamp).toMatchObject({
      department: CIVIL_AFFAIRS,
      lawful: true,
      lost: [],
      ended: [],
      withheld: [],
    });
    expect(await stampOf(`digest: "${stamp.sha256}"`)).toEqual(stamp);
    const { rows } = await hub.database.pool.query(
      "SELECT seq::text, code, rows, encode(footprint, 'hex') AS footprint, encode(document, 'hex') AS document FROM access_record WHERE id = $1",
      [record],
    );
    expect(rows).toEqual([
      { seq: stamp.seq, code: "EXPORTED", rows: 5, footprint: stamp.fingerprint, document: stamp.question },
    ]);
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 3);
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(file, bytes);
    expect(await verifyFile(hub.database.pool, file)).toMatchObject({
      is: "altered",
      because: "BYTES",
      stamp: { record },
    });
  },
);

test("a workbook that another program has saved is altered; what names no stamp is unknown", async () => {
  const { file, record } = await take("xlsx");
  const saved = path.join(folder, "saved");
  await convert([file], "xlsx", saved);
  const again = path.join(saved, path.basename(file));
  expect(readFileSync(again).equals(readFileSync(file))).toBe(false);
  expect(await verifyFile(hub.database.pool, again)).toMatchObject({ is: "altered", stamp: { record } });
  const other = path.join(folder, "other.csv");
  writeFileSync(other, "code,name\r\n1,2\r\n");
  expect(await verifyFile(hub.database.pool, other)).toMatchObject({ is: "unknown" });
}, 120_000);

test("one letter of the question or another variable is another stamp", async () => {
  const [first, second, third] = [
    await take("csv"),
    await take("csv", LIST, CIVIL_AFFAIRS, { variables: { n: 6 } }),
    await take("csv", LIST.replace("name ", "")),
  ];
  const [a, b, c] = await Promise.all(
    [first, second, third].map(({ record }) => stampOf(`record: "${record}"`)),
  );
  expect([a.question === b.question, a.variables === b.variables]).toEqual([true, false]);
  expect([a.question === c.question, a.variables === c.variables]).toEqual([false, true]);
  expect([a.schema, a.key]).toEqual([b.schema, b.key]);
});

test("whoever has stamp and public key verifies without the hub", async () => {
  const { file, record } = await take("parquet");
  const { signed, key } = await stampOf(`record: "${record}"`);
  const { stampKeys } = await hub.data("{ stampKeys { id publicKey } }", FINANCE);
  const { publicKey } = stampKeys.find(({ id }: { id: string }) => id === key);
  expect(keyId(publicKey)).toBe(key);
  const stamp = JSON.parse(signed);
  expect(await verifyWith(file, stamp, publicKey)).toBe("genuine");
  const forged = { ...stamp, stamp: { ...stamp.stamp, rows: 6 } };
  expect(await verifyWith(file, forged, publicKey)).toBe("forged");
  expect(await verifyWith(file, stamp, createSigner(Buffer.alloc(32, 9)).publicKey)).toBe("forged");
  writeFileSync(file, "something else");
  expect(await verifyWith(file, stamp, publicKey)).toBe("altered");
});

test("a stamp is for its own department, and for auditors of the territory", async () => {
  const { record } = await take("csv");
  expect(await stampOf(`record: "${record}"`, FINANCE)).toBeNull();
  expect(await stampOf(`record: "${record}"`, "audit@140100000000", { duties: ["audit"] })).toMatchObject({
    record,
  });
  expect(await stampOf(`record: "${record}"`, "audit@140105000000", { duties: ["audit"] })).toBeNull();
  expect(await hub.refusal("{ stamp { record } }", FINANCE)).toBe("BAD_USER_INPUT");
  expect(await hub.refusal('{ stamp(digest: "x") { record } }', FINANCE)).toBe("BAD_USER_INPUT");
});

test("what was read by a grant is to be deleted when the grant ends", async () => {
  const grants = grantsOn(hub);
  const grant = await grants.given();
  const asking = { purpose: PURPOSE };
  const { file, record } = await take("csv", VOLUNTEERS, HOUSING, asking);
  const own = await take("csv", "{ communities { nodes { code } } }", HOUSING, asking);
  const before = await stampOf(`record: "${record}"`, HOUSING);
  expect(before).toMatchObject({ lawful: true, purpose: PURPOSE, rows: 5, lost: [], ended: [] });
  expect(JSON.parse(before.signed).stamp.right.grants).toEqual([grant]);
  expect((await command("verify", file)).code).toBe(0);
  await grants.act(grant, "revoke");
  const after = await stampOf(`record: "${record}"`, HOUSING);
  expect(after).toMatchObject({ lawful: false, ended: [{ id: grant, state: "REVOKED" }] });
  expect(after.lost).toContainEqual({ field: "name", now: "NONE" });
  const told = await command("verify", file);
  expect(told.code).toBe(3);
  expect(told.said).toContain(grant);
  expect(await stampOf(`record: "${own.record}"`, HOUSING)).toMatchObject({ lawful: true, ended: [] });
  // Another grant of the same purpose has taken its place.
  await grants.given();
  expect(await stampOf(`record: "${record}"`, HOUSING)).toMatchObject({
    lawful: true,
    ended: [{ id: grant }],
  });
}, 120_000);

test("the command prints stamp and keys, verifies apart, and says what it does not know", async () => {
  const { file, record } = await take("ndjson");
  const stamp = path.join(folder, "stamp.json");
  const key = path.join(folder, "key.pem");
  writeFileSync(stamp, (await command("stamp", record)).said);
  writeFileSync(key, (await command("stamp", "--keys")).said);
  expect((await command("verify", file, "--stamp", stamp, "--key", key)).code).toBe(0);
  writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
  expect((await command("verify", file, "--stamp", stamp, "--key", key)).code).toBe(1);
  expect((await command("verify", file)).said).toContain("Altered");
  expect((await command("verify", path.join(folder, "missing"))).code).toBe(1);
}, 180_000);

test.each([
  "UPDATE export_stamp SET stamp = ''",
  "DELETE FROM export_stamp",
  "TRUNCATE export_stamp",
  "DELETE FROM stamp_key",
])("%s is refused by the table", async (statement) => {
  await take("csv");
  await expect(hub.database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});
