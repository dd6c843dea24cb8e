/** Checks JWTs: of the configured OpenID Connect issuer, and in a demo of the hub itself. */
import { hash } from "node:crypto";
import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { z } from "zod";
import type { OidcConfig } from "../config";
import { HubError } from "../errors";
import { DEMO_ALGORITHM, DEMO_AUDIENCE, DEMO_ISSUER, type DemoIssuer } from "./demo-issuer";
import { DUTIES } from "./identity";

/** What the hub reads of a token (semantics 27); `purpose` is the one it is asked for unless a header says otherwise. */
const Claims = z.object({
  sub: z.string().min(1).max(200),
  department: z.string().max(100),
  duties: z.array(z.enum(DUTIES)).min(1),
  app: z.string().min(1).max(200).optional(),
  purpose: z.string().min(1).max(100).optional(),
});
export type Claims = z.infer<typeof Claims>;

export type VerifyToken = (token: string) => Promise<Claims>;

interface Issuer {
  readonly name: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly key: JWTVerifyGetKey;
}

const SECONDS_APART = 30;

export interface TokenOptions {
  readonly oidc?: OidcConfig;
  readonly demo?: DemoIssuer;
}

/** Asks the token's own issuer, if it is one of these; any other is a stranger. */
export function createTokenVerifier({ oidc, demo }: TokenOptions): VerifyToken {
  const issuers = new Map<string, Issuer>();
  if (oidc) issuers.set(oidc.issuer, { ...oidc, name: oidc.issuer, key: keysOf(oidc) });
  if (demo)
    issuers.set(DEMO_ISSUER, {
      name: DEMO_ISSUER,
      audience: DEMO_AUDIENCE,
      algorithms: [DEMO_ALGORITHM],
      key: async () => demo.publicKey,
    });
  return remembered(async (token) => {
    const issuer = issuers.get(issuerOf(token));
    if (!issuer) throw new HubError("UNAUTHENTICATED", "the token is not of an issuer this hub trusts");
    const payload = await verify(token, issuer);
    const claims = Claims.safeParse(payload);
    if (claims.success) return { claims: claims.data, until: (payload.exp as number) * 1000 };
    const wrong = claims.error.issues.map((issue) => issue.path[0]).join(", ");
    throw new HubError(
      "UNAUTHENTICATED",
      `the token's claims are not those of a department's user: ${wrong}`,
    );
  });
}

function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? "";
  } catch {
    throw new HubError("UNAUTHENTICATED", "the token is neither a JWT nor an app key");
  }
}

async function verify(token: string, issuer: Issuer): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, issuer.key, {
      issuer: issuer.name,
      audience: issuer.audience,
      algorithms: [...issuer.algorithms],
      clockTolerance: SECONDS_APART,
      requiredClaims: ["exp", "sub"],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new HubError("UNAUTHENTICATED", "the token has expired");
    if (isTokensFault(error)) throw new HubError("UNAUTHENTICATED", "the token is not valid here");
    throw new HubError("UNAVAILABLE", "the token issuer's keys cannot be read now");
  }
}

function isTokensFault(error: unknown): boolean {
  return [
    errors.JWTClaimValidationFailed,
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}

/** The issuer's published keys, found when the first token comes; a failure is tried again with the next. */
function keysOf({ issuer, jwksUrl }: OidcConfig): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= (jwksUrl ? Promise.resolve(jwksUrl) : discover(issuer)).then((url) =>
      createRemoteJWKSet(new URL(url), {
        timeoutDuration: 5_000,
        cooldownDuration: 10_000,
        cacheMaxAge: 600_000,
      }),
    );
    const keys = await found.catch((error) => {
      found = undefined;
      throw error;
    });
    return keys(header, token);
  };
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function discover(issuer: string): Promise<string> {
  const place = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const answer = await fetch(place, { signal: AbortSignal.timeout(5_000), redirect: "error" });
  const document = Discovery.parse(await answer.json());
  if (document.issuer !== issuer) throw new Error("the discovery document names another issuer");
  return document.jwks_uri;
}

interface Verified {
  readonly claims: Claims;
  /** Instant (ms) at which the token ends. */
  readonly until: number;
}

const REMEMBERED = 2_000;
const TRUSTED_MILLISECONDS = 60_000;

/** Checking a signature costs more than the rest of a small request: a token found good stays so for a minute. */
function remembered(verifyOnce: (token: string) => Promise<Verified>): VerifyToken {
  const good = new Map<string, Verified>();
  return async (token) => {
    const name = hash("sha256", token, "base64");
    const known = good.get(name);
    if (known && Date.now() < known.until) return known.claims;
    good.delete(name);
    const verified = await verifyOnce(token);
    const until = Math.min(verified.until + SECONDS_APART * 1000, Date.now() + TRUSTED_MILLISECONDS);
    if (good.size >= REMEMBERED) good.delete(good.keys().next().value as string);
    good.set(name, { ...verified, until });
    return verified.claims;
  };
}
