// Who asks: tokens of a real issuer over HTTP, of the demo, and app keys on the real database.
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import {
  type AppKeys,
  createAppKeys,
  createIdentify,
  createRightsStore,
  createTokenVerifier,
  type DemoIssuer,
  type Identify,
  openDemoIssuer,
  signDemoToken,
} from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";

const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-identify-"));
const FINANCE = "finance@140100000000";
const registered = new Set([FINANCE, "civil-affairs@140105000000", "committee@140105001001"]);

let home: TestDatabase;
let jwks: Server;
let issuer: string;
let keys: { ours: CryptoKey; foreign: CryptoKey; old: CryptoKey };
let published: object[];
let demo: DemoIssuer;
let appKeys: AppKeys;
let identify: Identify;

beforeAll(async () => {
  home = await testDatabase();
  await home.pool.query(
    `INSERT INTO purpose VALUES ('test-review', '试', 'Test', '第四十一条'), ('test-plan', '试', 'Test', '第四十六条')`,
  );
  await openIssuer();
  demo = openDemoIssuer(dataDir);
  appKeys = createAppKeys(home.pool);
  identify = identifier(issuer);
});

afterAll(async () => {
  jwks.closeAllConnections();
  jwks.close();
  await home.drop();
});

async function openIssuer(): Promise<void> {
  const [ours, foreign, old] = await Promise.all([
    generateKeyPair("ES256"),
    generateKeyPair("ES256"),
    generateKeyPair("RS256"),
  ]);
  keys = { ours: ours.privateKey, foreign: foreign.privateKey, old: old.privateKey };
  published = [
    { ...(await exportJWK(ours.publicKey)), kid: "now", alg: "ES256" },
    { ...(await exportJWK(old.publicKey)), kid: "old", alg: "RS256" },
  ];
  jwks = createServer((request, answer) => {
    const body = request.url?.endsWith("openid-configuration")
      ? { issuer, jwks_uri: `${issuer}/keys` }
      : { keys: published };
    answer.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => jwks.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}`;
}

function identifier(name: string, withDemo = true): Identify {
  const oidc = { issuer: name, audience: "hub", algorithms: ["ES256"] };
  return createIdentify({
    verify: createTokenVerifier({ oidc, demo: withDemo ? demo : undefined }),
    appKeys,
    rights: createRightsStore(home.pool),
    knowsDepartment: async (code) => registered.has(code),
  });
}

interface Wanted {
  claims?: JWTPayload;
  key?: CryptoKey;
  alg?: string;
  kid?: string;
  age?: number;
  life?: number;
}

function sign({
  claims = {},
  key = keys.ours,
  alg = "ES256",
  kid = "now",
  age = 0,
  life = 300,
}: Wanted = {}) {
  const now = Math.floor(Date.now() / 1000) - age;
  const usual = {
    iss: issuer,
    aud: "hub",
    sub: "u-17",
    department: FINANCE,
    duties: ["read"],
    iat: now,
    exp: now + life,
  };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid }).sign(key);
}

const bearer = (token: string, purpose?: string) => ({
  authorization: `Bearer ${token}`,
  "hub-purpose": purpose,
});
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "admitted",
    (error) => error.code ?? String(error),
  );

test("a token of the issuer, its keys found by discovery", async () => {
  expect(await identify(bearer(await sign(), "test-review"))).toEqual({
    subject: "u-17",
    department: { code: FINANCE, kind: "finance", territory: "140100000000" },
    duties: ["read"],
    app: undefined,
    purpose: "test-review",
  });
});

test.each<[string, () => Promise<string> | string]>([
  ["of another key", () => sign({ key: keys.foreign })],
  ["of an unknown key id", () => sign({ kid: "lost" })],
  ["of an algorithm that is not pinned", () => sign({ key: keys.old, alg: "RS256", kid: "old" })],
  ["of another issuer", () => sign({ claims: { iss: "https://elsewhere.example" } })],
  [
    "naming the demo as its issuer",
    () => sign({ claims: { iss: "urn:community-hub:demo", aud: "community-hub" } }),
  ],
  ["for another audience", () => sign({ claims: { aud: "mail" } })],
  ["that has expired", () => sign({ age: 400 })],
  ["that never expires", () => sign({ claims: { exp: undefined } })],
  ["not valid yet", () => sign({ claims: { nbf: Math.floor(Date.now() / 1000) + 100 } })],
  ["without subject", () => sign({ claims: { sub: undefined } })],
  ["without department", () => sign({ claims: { department: undefined } })],
  ["with a department of another shape", () => sign({ claims: { department: "财政局" } })],
  ["without duties", () => sign({ claims: { duties: undefined } })],
  ["with no duty", () => sign({ claims: { duties: [] } })],
  ["with an unknown duty", () => sign({ claims: { duties: ["read", "root"] } })],
  ["with duties named like an object's own", () => sign({ claims: { duties: ["constructor"] } })],
  [
    "without signature",
    () =>
      new UnsecuredJWT({ department: FINANCE, duties: ["read"] })
        .setIssuer(issuer)
        .setAudience("hub")
        .setSubject("u-17")
        .setExpirationTime("5m")
        .encode(),
  ],
  ["cut short", async () => (await sign()).slice(0, -10)],
  ["that is no token", () => "letmein"],
  ["that looks like an app key", () => "hub_abc_def"],
])("no entry with a token %s", async (_, make) => {
  expect(await codeOf(identify(bearer(await make())))).toBe("UNAUTHENTICATED");
});

test("a clock may be off by half a minute", async () => {
  expect(await codeOf(identify(bearer(await sign({ age: 310 }))))).toBe("admitted");
});

test("no entry without a token, or with one in another form", async () => {
  const token = await sign();
  const tries = [
    undefined,
    "",
    token,
    `Basic ${token}`,
    "Bearer",
    "Bearer ",
    `Bearer ${token} ${token}`,
    `Bearer ${token},x`,
  ];
  for (const authorization of tries)
    expect(await codeOf(identify({ authorization }))).toBe("UNAUTHENTICATED");
  expect(await codeOf(identify({ authorization: `bearer ${token}` }))).toBe("admitted");
});

test("no refusal repeats the token", async () => {
  const token = await sign({ key: keys.foreign });
  const error = await identify(bearer(token)).catch((e) => e);
  expect(JSON.stringify([error.message, error.extensions])).not.toContain(token.slice(0, 20));
});

test("a department that is not registered, and duties that are kept apart", async () => {
  const asked = (claims: JWTPayload) => sign({ claims }).then((token) => codeOf(identify(bearer(token))));
  expect(await asked({ department: "finance@140105000000" })).toBe("FORBIDDEN");
  registered.add("finance@140105000000");
  expect(await asked({ department: "finance@140105000000" })).toBe("admitted");
  expect(await asked({ duties: ["admin", "audit"] })).toBe("FORBIDDEN");
  expect(await asked({ duties: ["read", "steward", "security"] })).toBe("admitted");
});

test("purposes: the header's, else the token's, unknown ones named as such", async () => {
  const token = await sign({ claims: { purpose: "test-plan" } });
  expect((await identify(bearer(token))).purpose).toBe("test-plan");
  expect((await identify(bearer(token, " test-review "))).purpose).toBe("test-review");
  expect((await identify(bearer(token, ""))).purpose).toBe("test-plan");
  expect(await codeOf(identify(bearer(token, "constructor")))).toBe("BAD_USER_INPUT");
  expect(await codeOf(identify({ ...bearer(token), "hub-purpose": ["test-plan", "test-review"] }))).toBe(
    "BAD_USER_INPUT",
  );
});

test("an app's purpose is bound: no other, and none where its token has none", async () => {
  const bound = await sign({ claims: { app: "budget", purpose: "test-plan" } });
  expect(await identify(bearer(bound, "test-plan"))).toMatchObject({ app: "budget", purpose: "test-plan" });
  expect(await codeOf(identify(bearer(bound, "test-review")))).toBe("FORBIDDEN");
  const free = await sign({ claims: { app: "budget" } });
  expect(await identify(bearer(free))).toMatchObject({ purpose: undefined });
  expect(await codeOf(identify(bearer(free, "test-review")))).toBe("FORBIDDEN");
});

test("where the issuer cannot be reached the hub says so, and lets nobody in", async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const nowhere = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((resolve) => closed.close(resolve));
  const asked = identifier(nowhere)(bearer(await sign({ claims: { iss: nowhere } })));
  expect(await codeOf(asked)).toBe("UNAVAILABLE");
});

test("a key that the issuer publishes later is found", async () => {
  const next = await generateKeyPair("ES256");
  const late = identifier(issuer); // with a key set that has not been read
  published.push({ ...(await exportJWK(next.publicKey)), kid: "next", alg: "ES256" });
  expect(await codeOf(late(bearer(await sign({ key: next.privateKey, kid: "next" }))))).toBe("admitted");
});

describe("the demo's own tokens", () => {
  const claims = { department: "civil-affairs@140105000000", duties: ["read", "steward"] as const };

  test("are signed by whoever shares the data folder", async () => {
    const token = await signDemoToken(dataDir, { ...claims, purpose: "test-review" });
    expect(await identify(bearer(token))).toMatchObject({
      subject: "demo.civil-affairs@140105000000",
      department: { kind: "civil-affairs", territory: "140105000000" },
      duties: ["read", "steward"],
      purpose: "test-review",
    });
    const other = mkdtempSync(path.join(tmpdir(), "community-hub-identify-"));
    expect(await codeOf(identify(bearer(await signDemoToken(other, claims))))).toBe("UNAUTHENTICATED");
  });

  test("are strangers to a hub that is no demo", async () => {
    expect(await codeOf(identifier(issuer, false)(bearer(await demo.sign(claims))))).toBe("UNAUTHENTICATED");
  });

  test("end, also for a hub that has seen them good", async () => {
    const token = await demo.sign({ ...claims, seconds: -28 });
    expect(await codeOf(identify(bearer(token)))).toBe("admitted");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await codeOf(identify(bearer(token)))).toBe("UNAUTHENTICATED");
  });
});

describe("app keys", () => {
  const wanted = {
    app: "budget-app",
    department: FINANCE,
    duties: ["read"] as const,
    days: 30,
    issuedBy: "u-1",
  };

  test("admit the app within its scope, and are stored hashed", async () => {
    const issued = await appKeys.issue({ ...wanted, purpose: "test-review" });
    expect(await identify(bearer(issued.key))).toEqual({
      subject: `app-key:${issued.id}`,
      department: { code: FINANCE, kind: "finance", territory: "140100000000" },
      duties: ["read"],
      app: "budget-app",
      purpose: "test-review",
    });
    expect(await codeOf(identify(bearer(issued.key, "test-review")))).toBe("admitted");
    expect(await codeOf(identify(bearer(issued.key, "test-plan")))).toBe("FORBIDDEN");
    const secret = issued.key.split("_").slice(2).join("_");
    const { rows } = await home.pool.query("SELECT app_key::text AS row FROM app_key");
    const stored = rows.map((row) => row.row).join();
    for (const form of [
      secret,
      Buffer.from(secret).toString("hex"),
      Buffer.from(secret, "base64url").toString("hex"),
    ])
      expect(stored).not.toContain(form);
    expect(JSON.stringify(await appKeys.list())).not.toContain(secret);
  });

  test("do not admit with another secret, after revocation, or after their end", async () => {
    const issued = await appKeys.issue(wanted);
    const last = issued.key.at(-2) === "A" ? "B" : "A";
    const wrong = `${issued.key.slice(0, -2)}${last}${issued.key.at(-1)}`;
    expect(await codeOf(identify(bearer(wrong)))).toBe("UNAUTHENTICATED");
    expect(await codeOf(identify(bearer(issued.key)))).toBe("admitted");
    expect(await appKeys.revoke(issued.id)).toBe(true);
    expect(await codeOf(identify(bearer(issued.key)))).toBe("UNAUTHENTICATED");
    expect(await appKeys.revoke(issued.id)).toBe(false);
    const brief = await appKeys.issue({ ...wanted, days: 0.5 / 86_400 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await codeOf(identify(bearer(brief.key)))).toBe("UNAUTHENTICATED");
  });

  test("are rotated with an overlap, once", async () => {
    const old = await appKeys.issue({ ...wanted, purpose: "test-plan", duties: ["read", "steward"] });
    const next = await appKeys.rotate(old.id, 1, "u-2");
    expect(next).toMatchObject({
      replaces: old.id,
      purpose: "test-plan",
      duties: ["read", "steward"],
      issuedBy: "u-2",
    });
    for (const { key } of [old, next]) expect(await codeOf(identify(bearer(key)))).toBe("admitted");
    expect(await codeOf(appKeys.rotate(old.id, 1, "u-2"))).toBe("NOT_FOUND");
    const last = await appKeys.rotate(next.id, 0, "u-2");
    expect(await codeOf(identify(bearer(next.key)))).toBe("UNAUTHENTICATED");
    expect(await codeOf(identify(bearer(last.key)))).toBe("admitted");
  });

  test("that were rotated can be ended before their overlap is over", async () => {
    const old = await appKeys.issue(wanted);
    await appKeys.rotate(old.id, 24, "u-2");
    expect(await appKeys.revoke(old.id)).toBe(true);
    expect(await codeOf(identify(bearer(old.key)))).toBe("UNAUTHENTICATED");
  });

  test("are not issued beyond what may be held", async () => {
    const tries = [
      { ...wanted, duties: ["admin", "audit"] as const },
      { ...wanted, duties: [] },
      { ...wanted, department: "finance" },
      { ...wanted, purpose: "whatever" },
      { ...wanted, days: 400 },
      { ...wanted, days: 0 },
      { ...wanted, app: "a b" },
    ];
    for (const one of tries) expect(await codeOf(appKeys.issue(one))).toBe("BAD_USER_INPUT");
  });
});
