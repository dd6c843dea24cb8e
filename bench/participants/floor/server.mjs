// The floor: the limit's statements behind a verified token, with records, headers and a log's line, and no GraphQL.
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createRemoteJWKSet, jwtVerify } from "jose";
import pg from "pg";
import { root } from "../../place.mjs";
import { questions } from "../../questions/index.mjs";
import { STEPS } from "./index.mjs";
import { openRecords } from "./records.mjs";

const { DATABASE_URL, STEP, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL } = process.env;
const does = (step) => STEPS.indexOf(STEP) >= STEPS.indexOf(step);

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 12, idleTimeoutMillis: 60_000 });
const byName = new Map(questions.map((question) => [question.name, question.limit]));
const records = openRecords(pool, questions);
const logger = openLog();

/** The rights in force, as the hub holds them; each statement looks whether they are still those. */
const epochNow = async () => (await pool.query("SELECT epoch::int FROM grant_epoch")).rows[0].epoch;
let epoch = await epochNow();
const OPEN = new Set(["civil-affairs"]);

const keys = createRemoteJWKSet(new URL(OIDC_JWKS_URL));
const good = new Map();
const asked = new Map();

/** A token found good stays so for a minute. */
async function claimsOf({ authorization = "" }) {
  const token = /^Bearer ([\w.-]+)$/.exec(authorization)?.[1] ?? "";
  const name = createHash("sha256").update(token).digest("base64");
  const known = good.get(name);
  if (known && Date.now() < known.until) return known.claims;
  const checks = { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, algorithms: ["ES256"] };
  const { payload: claims } = await jwtVerify(token, keys, checks);
  good.set(name, { claims, until: Date.now() + 60_000 });
  return claims;
}

/** Counted by person or app, within the minute; decided by the department's kind. */
function admit({ sub, department }) {
  const minute = `${sub} ${Math.floor(Date.now() / 60_000)}`;
  asked.set(minute, (asked.get(minute) ?? 0) + 1);
  if (asked.get(minute) > 10_000_000) throw new Error("too many requests");
  if (!OPEN.has(department.split("@")[0])) throw new Error("not open to this department");
}

const SAFE = [
  ...["X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer"],
  ...["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ...["Cross-Origin-Resource-Policy", "same-origin", "Cache-Control", "no-store"],
  ...["Permissions-Policy", "camera=(), geolocation=(), microphone=()"],
];

/** The hub's own library and settings. */
function openLog() {
  const pino = createRequire(path())("pino");
  const out = pino.destination({ dest: 1, minLength: 16_000, sync: false });
  setInterval(() => out.flush(), 1_000).unref();
  return pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, out);
}

function path() {
  return `${root}/package.json`;
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (bytes) => parts.push(bytes));
  request.on("end", () => answer(request, Buffer.concat(parts), response));
});

async function answer({ headers, method }, body, response) {
  try {
    const at = new Date();
    const requestId = randomUUID();
    const claims = await claimsOf(headers);
    admit(claims);
    const { question, variables } = JSON.parse(body);
    const json = await read(question, variables);
    if (does("record")) await records.keep({ question, at, requestId, claims }, does("durable"));
    const fixed = [
      "Content-Type",
      "application/json; charset=utf-8",
      "Content-Length",
      Buffer.byteLength(json),
    ];
    response.writeHead(200, does("kept") ? ["X-Request-Id", requestId, ...SAFE, ...fixed] : fixed);
    response.end(json);
    if (does("kept"))
      response.once("close", () =>
        logger.info(
          {
            requestId,
            method,
            door: "/",
            status: 200,
            ms: Date.now() - at,
            department: claims.department,
            operation: question,
          },
          "request",
        ),
      );
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ errors: [String(error)] }));
  }
}

/** The limit's statement, in the same snapshot as the look at the rights. */
async function read(question, variables) {
  const { text, values, plannedAnew } = byName.get(question);
  const bound = values(variables);
  const { rows } = await pool.query({
    name: plannedAnew ? undefined : question,
    text: `SELECT (${text}) FROM grant_epoch WHERE epoch = $${bound.length + 1}::int`,
    values: [...bound, epoch],
    rowMode: "array",
  });
  if (rows.length > 0) return rows[0][0] ?? "null";
  epoch = await epochNow();
  return read(question, variables);
}

server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}/`));
process.on("SIGTERM", () => process.exit(0));
