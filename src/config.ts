/** The hub's settings: environment variables, checked at the start, all faults told at once. */
import path from "node:path";
import { z } from "zod";

/** Every wrong variable with what is expected of it; values are not repeated, some are secrets. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The hub's settings are wrong:\n  ${problems.join("\n  ")}`);
    this.name = "ConfigError";
  }
}

const whole = (least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .refine((n) => n >= least && n <= most)
    .default(otherwise)
    .catch(fail(`a whole number from ${least} to ${most}; ${otherwise} if left out`));

const yesOrNo = z.enum(["0", "1", "true", "false"]).transform((text) => text === "1" || text === "true");

const flag = yesOrNo.default(false).catch(fail("1 or 0; 0 if left out"));

const url = (protocols: RegExp, example: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol))
    .optional()
    .catch(fail(`a URL such as ${example}`));

/** Only signatures whose checking needs no secret: with HS… whoever can check a token can make one. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

const algorithms = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((names) => names.length > 0 && names.every((name) => ALGORITHMS.includes(name)))
  .default(["RS256", "ES256"])
  .catch(fail(`some of ${ALGORITHMS.join(", ")}, with commas between; RS256,ES256 if left out`));

/** As they stand in addresses; without a port it is that of https. */
const hosts = z
  .string()
  .transform((text) =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .refine((names) =>
    names.every(
      (name) =>
        !name.includes("*") && URL.canParse(`https://${name}`) && new URL(`https://${name}`).host === name,
    ),
  )
  .default([])
  .catch(fail("hosts such as mirror.example.gov.cn or 10.1.2.3:8443, with commas between; none if left out"));

const masterKey = z
  .string()
  .transform((text) => Buffer.from(text, "base64"))
  .refine((key) => key.length === 32)
  .optional()
  .catch(fail("32 random bytes in base64, e.g. of `openssl rand -base64 32`"));

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const Variables = z.object({
  PORT: whole(0, 65_535, 4000),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: url(/^postgres(ql)?:$/, "postgres://user:password@host:5432/hub"),
  HUB_DATA: z.string().default(".hub"),
  HUB_DEMO: flag,
  HUB_KEY: masterKey,
  HUB_AUDIT_HEADS: z.string().optional(),
  HUB_AUDIT_URL: url(/^https?:$/, "https://evidence.example.gov.cn/heads"),
  HUB_LINK_PASSWORD: z.string().optional(),
  OIDC_ISSUER: url(/^https?:$/, "https://login.example.gov.cn"),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_JWKS_URL: url(/^https?:$/, "https://login.example.gov.cn/keys"),
  OIDC_ALGORITHMS: algorithms,
  LIMIT_DEPTH: whole(1, 100, 15),
  LIMIT_ALIASES: whole(0, 10_000, 50),
  LIMIT_DOCUMENT: whole(1_024, 16_777_216, 65_536),
  LIMIT_COST: whole(1, 1_000_000_000, 100_000),
  STATEMENT_TIMEOUT_MS: whole(1, 600_000, 10_000),
  EXPORT_TIMEOUT_MS: whole(1, 86_400_000, 900_000),
  CHANGES_DAYS: whole(1, 3_650, 30),
  HUB_WEBHOOK_HOSTS: hosts,
  APPS_REGISTERED_ONLY: yesOrNo.optional().catch(fail("1 or 0; 0 in a demo, else 1, if left out")),
  RETENTION_DAILY: yesOrNo.optional().catch(fail("1 or 0; 0 in a demo, else 1, if left out")),
  RATE_LIMIT: whole(0, 10_000_000, 6_000),
  LOG_LEVEL: z
    .enum(LEVELS)
    .default("info")
    .catch(fail(`one of ${LEVELS.join(", ")}; info if left out`)),
});

/** A token issuer outside the hub. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Found by the issuer's discovery document if left out. */
  readonly jwksUrl?: string;
  readonly algorithms: readonly string[];
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Left out: the embedded database in `dataDir`. */
  readonly databaseUrl?: string;
  /** Absolute path of the folder the hub keeps its own files in. */
  readonly dataDir: string;
  readonly demo: boolean;
  /** Master key of encrypted fields; `masterKeyOf` says what holds where it is left out. */
  readonly hubKey?: Buffer;
  /** Password of the hub's account at a linked source; only `hub link source` reads it. */
  readonly linkPassword?: string;
  readonly oidc?: OidcConfig;
  readonly audit: AuditConfig;
  /** Apps run their approved operations alone: in production unless it is said otherwise, in the demo only if it is. */
  readonly appsRegisteredOnly: boolean;
  readonly limits: Limits;
  /** Days for which the journal of changes is kept: a feed that stood still for longer begins anew. */
  readonly changesDays: number;
  /** Deletes and freezes once a day what is due: in production unless it is said otherwise, in the demo only if it is. */
  readonly retentionDaily: boolean;
  /** Hosts that webhooks may post to, with their port where it is not that of https. */
  readonly webhookHosts: readonly string[];
  readonly logLevel: (typeof LEVELS)[number];
}

/** Where the heads of the access log are published. */
export interface AuditConfig {
  /** Absolute path of the file they are added to. */
  readonly heads: string;
  /** Address they are posted to as well. */
  readonly url?: string;
}

export interface Limits {
  readonly depth: number;
  readonly aliases: number;
  /** Bytes of a GraphQL document. */
  readonly document: number;
  /** Rows an operation may ask for. */
  readonly cost: number;
  /** Milliseconds. */
  readonly statementTimeout: number;
  readonly exportTimeout: number;
  /** Requests per identity and minute; 0: no limit. */
  readonly ratePerMinute: number;
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];
  const given = Object.fromEntries(
    Object.keys(Variables.shape).map((name) => [name, env[name]?.trim() || undefined]),
  );
  const values = parse(given, problems);
  if (values) problems.push(...contradictions(values));
  if (!values || problems.length > 0) throw new ConfigError(problems);
  return arrange(values);
}

type Values = z.infer<typeof Variables>;

/** `catch` is where zod lets a schema speak for itself; what is thrown there is gathered in `parse`. */
function fail(expected: string): () => never {
  return () => {
    throw new Expected(expected);
  };
}

class Expected extends Error {}

function parse(given: Record<string, string | undefined>, problems: string[]): Values | undefined {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(Variables.shape)) {
    try {
      values[name] = schema.parse(given[name]);
    } catch (error) {
      if (!(error instanceof Expected)) throw error;
      problems.push(`${name}: expects ${error.message}`);
    }
  }
  return problems.length > 0 ? undefined : (values as Values);
}

function* contradictions(values: Values): Generator<string> {
  if (values.HUB_DEMO && !isLoopback(values.HOST))
    yield "HUB_DEMO: anyone may be any department in the demo, so HOST must be a loopback address such as 127.0.0.1";
  if (Boolean(values.OIDC_ISSUER) !== Boolean(values.OIDC_AUDIENCE))
    yield "OIDC_ISSUER, OIDC_AUDIENCE: expected together, or neither";
  if (values.OIDC_JWKS_URL && !values.OIDC_ISSUER) yield "OIDC_JWKS_URL: expects OIDC_ISSUER beside it";
  for (const name of ["OIDC_ISSUER", "OIDC_JWKS_URL"] as const) {
    const place = values[name] ? new URL(values[name]) : undefined;
    if (place?.protocol === "http:" && !isLoopback(place.hostname))
      yield `${name}: expects https, since whoever answers there decides who is who`;
  }
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function arrange(values: Values): Config {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl, OIDC_ALGORITHMS } = values;
  const dataDir = path.resolve(values.HUB_DATA);
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDir,
    demo: values.HUB_DEMO,
    hubKey: values.HUB_KEY,
    linkPassword: values.HUB_LINK_PASSWORD,
    oidc: issuer && audience ? { issuer, audience, jwksUrl, algorithms: OIDC_ALGORITHMS } : undefined,
    audit: {
      heads: path.resolve(values.HUB_AUDIT_HEADS ?? path.join(dataDir, "audit-heads.jsonl")),
      url: values.HUB_AUDIT_URL,
    },
    changesDays: values.CHANGES_DAYS,
    retentionDaily: values.RETENTION_DAILY ?? !values.HUB_DEMO,
    webhookHosts: values.HUB_WEBHOOK_HOSTS,
    appsRegisteredOnly: values.APPS_REGISTERED_ONLY ?? !values.HUB_DEMO,
    limits: {
      depth: values.LIMIT_DEPTH,
      aliases: values.LIMIT_ALIASES,
      document: values.LIMIT_DOCUMENT,
      cost: values.LIMIT_COST,
      statementTimeout: values.STATEMENT_TIMEOUT_MS,
      exportTimeout: values.EXPORT_TIMEOUT_MS,
      ratePerMinute: values.RATE_LIMIT,
    },
    logLevel: values.LOG_LEVEL,
  };
}
