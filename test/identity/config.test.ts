// Settings: what holds if nothing is said, and that every fault is told at once without repeating a secret.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConfigError, readConfig } from "../../src/config";
import { masterKeyOf } from "../../src/declare/master-key";

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("nothing said: loopback, embedded, no demo, the limits of the contract", () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: "127.0.0.1",
    dataDir: path.resolve(".hub"),
    demo: false,
    appsRegisteredOnly: true,
    retentionDaily: true,
    audit: { heads: path.resolve(".hub", "audit-heads.jsonl") },
    limits: {
      depth: 15,
      aliases: 50,
      document: 65_536,
      cost: 100_000,
      statementTimeout: 10_000,
      exportTimeout: 900_000,
      ratePerMinute: 6_000,
    },
    changesDays: 30,
    webhookHosts: [],
    logLevel: "info",
  });
  expect(readConfig({ PORT: "", HUB_DEMO: " " })).toEqual(readConfig({}));
});

test("apps run registered operations alone in production, and in a demo where it is said", () => {
  const of = (env: NodeJS.ProcessEnv) => readConfig(env).appsRegisteredOnly;
  expect([of({ HUB_DEMO: "1" }), of({ HUB_DEMO: "1", APPS_REGISTERED_ONLY: "1" })]).toEqual([false, true]);
  expect([of({}), of({ APPS_REGISTERED_ONLY: "0" })]).toEqual([true, false]);
  expect(() => of({ APPS_REGISTERED_ONLY: "yes" })).toThrow(/APPS_REGISTERED_ONLY/);
});

test("rows that are due go once a day in production, in a demo only if it is said", () => {
  const of = (env: Record<string, string>) => readConfig(env).retentionDaily;
  expect([of({ HUB_DEMO: "1" }), of({ HUB_DEMO: "1", RETENTION_DAILY: "1" })]).toEqual([false, true]);
  expect([of({}), of({ RETENTION_DAILY: "0" })]).toEqual([true, false]);
});

test("heads of the access log go where it is said", () => {
  const url = "https://evidence.example.gov.cn/heads";
  const { audit } = readConfig({ HUB_AUDIT_HEADS: "/mnt/evidence/heads.jsonl", HUB_AUDIT_URL: url });
  expect(audit).toEqual({ heads: "/mnt/evidence/heads.jsonl", url });
  expect(readConfig({ HUB_DATA: "/srv/hub" }).audit.heads).toBe("/srv/hub/audit-heads.jsonl");
  expect(problemsOf({ HUB_AUDIT_URL: "ftp://evidence" })).toEqual([expect.stringContaining("HUB_AUDIT_URL")]);
});

test("all faults in one message, no value repeated", () => {
  const env = {
    PORT: "80a",
    DATABASE_URL: "mysql://root:secret-word@host/db",
    HUB_KEY: "c2hvcnQ=",
    OIDC_ALGORITHMS: "RS256,HS256",
    LIMIT_DEPTH: "0",
    LOG_LEVEL: "loud",
    HUB_DEMO: "yes",
  };
  const problems = problemsOf(env);
  expect(problems.map((line) => line.split(":")[0])).toEqual(expect.arrayContaining(Object.keys(env)));
  expect(problems).toHaveLength(Object.keys(env).length);
  for (const line of problems) expect(line).toContain("expects ");
  expect(problems.join()).not.toMatch(/secret-word|c2hvcnQ=/);
});

test.each(["0.0.0.0", "10.0.0.5", "hub.example.cn", "127.0.0.1.example.cn", "::"])(
  "no demo on %s",
  (HOST) => {
    expect(problemsOf({ HUB_DEMO: "1", HOST })).toEqual([expect.stringContaining("loopback")]);
    expect(problemsOf({ HOST })).toEqual([]);
  },
);

test.each(["127.0.0.1", "localhost", "::1", "127.8.0.1"])("a demo on %s", (HOST) => {
  expect(readConfig({ HUB_DEMO: "1", HOST }).demo).toBe(true);
});

test("settings that contradict each other are refused", () => {
  expect(problemsOf({ OIDC_ISSUER: "https://login.example.cn" })).toEqual([
    expect.stringContaining("OIDC_AUDIENCE"),
  ]);
  expect(problemsOf({ OIDC_ISSUER: "http://login.example.cn", OIDC_AUDIENCE: "hub" })).toEqual([
    expect.stringContaining("https"),
  ]);
  const elsewhere = { DATABASE_URL: "postgres://hub@db/hub" };
  expect(() => masterKeyOf(readConfig(elsewhere))).toThrow(/HUB_KEY/);
  const key = randomBytes(32);
  expect(readConfig({ ...elsewhere, HUB_KEY: key.toString("base64") }).hubKey).toEqual(key);
});

test("a master key is made once, for its owner's eyes, and kept", () => {
  const dataDir = path.join(mkdtempSync(path.join(tmpdir(), "community-hub-key-")), "data");
  const key = masterKeyOf({ dataDir, demo: false });
  const file = path.join(dataDir, "master.key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(masterKeyOf({ dataDir, demo: false })).toEqual(key);
  expect(readFileSync(file, "utf8")).toBe(key.toString("base64"));
  expect(masterKeyOf({ dataDir, demo: false, hubKey: Buffer.alloc(32) })).toEqual(Buffer.alloc(32));
  writeFileSync(file, "damaged");
  expect(() => masterKeyOf({ dataDir, demo: false })).toThrow(/32 bytes/);
});

test("hosts of webhooks are named as they stand in addresses", () => {
  const hosts = (text: string) => readConfig({ HUB_WEBHOOK_HOSTS: text }).webhookHosts;
  expect(hosts("Mirror.example.gov.cn, 10.1.2.3:8443")).toEqual(["mirror.example.gov.cn", "10.1.2.3:8443"]);
  for (const text of ["https://mirror.example.gov.cn", "mirror.example.gov.cn/x", "me@host", "*"])
    expect([text, problemsOf({ HUB_WEBHOOK_HOSTS: text })]).toEqual([
      text,
      [expect.stringContaining("HUB_WEBHOOK_HOSTS")],
    ]);
});
