/** The demo hub as its own token issuer: a key pair kept in the data folder, shared by `hub serve` and `hub token`. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import path from "node:path";
import { SignJWT } from "jose";
import { keptSecret } from "../declare/secret";
import type { Duty } from "./identity";

export const DEMO_ISSUER = "urn:community-hub:demo";
export const DEMO_AUDIENCE = "community-hub";
export const DEMO_ALGORITHM = "ES256";

export interface DemoClaims {
  readonly department: string;
  readonly duties: readonly Duty[];
  readonly purpose?: string;
  readonly app?: string;
  readonly subject?: string;
  /** Seconds the token lives; 12 hours if left out. */
  readonly seconds?: number;
}

export interface DemoIssuer {
  readonly publicKey: KeyObject;
  sign(claims: DemoClaims): Promise<string>;
}

export function openDemoIssuer(dataDir: string): DemoIssuer {
  const privateKey = createPrivateKey(keptSecret(path.join(dataDir, "demo-issuer.pem"), makeKey));
  return { publicKey: createPublicKey(privateKey), sign: (claims) => sign(privateKey, claims) };
}

/** A demo token for a department; the same as `openDemoIssuer(dataDir).sign(…)`. */
export function signDemoToken(dataDir: string, claims: DemoClaims): Promise<string> {
  return openDemoIssuer(dataDir).sign(claims);
}

function makeKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }) as string;
}

function sign(
  key: KeyObject,
  { department, duties, purpose, app, subject, seconds = 12 * 60 * 60 }: DemoClaims,
) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ department, duties, purpose, app })
    .setProtectedHeader({ alg: DEMO_ALGORITHM })
    .setIssuer(DEMO_ISSUER)
    .setAudience(DEMO_AUDIENCE)
    .setSubject(subject ?? app ?? `demo.${department}`)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(key);
}
