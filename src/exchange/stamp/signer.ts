/** Signs stamps with a key of the hub's own: whoever knows its public half can verify, and nobody else can sign. */
import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from "node:crypto";

export interface Signer {
  /** Named in each stamp. */
  readonly id: string;
  /** In PEM, to be given to anybody. */
  readonly publicKey: string;
  sign(text: string): Buffer;
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The same key from the same master key, on each process of a hub. */
export function createSigner(masterKey: Buffer): Signer {
  const seed = Buffer.from(hkdfSync("sha256", masterKey, "", "community-hub stamp", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "pem", type: "spki" }).toString();
  return { id: keyId(publicKey), publicKey, sign: (text) => sign(null, Buffer.from(text), key) };
}

/** First 16 digits of the SHA-256 of the key as bytes. */
export function keyId(publicKey: string): string {
  const bytes = createPublicKey(publicKey).export({ format: "der", type: "spki" });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

export function isSigned(text: string, signature: Buffer, publicKey: string): boolean {
  return verify(null, Buffer.from(text), createPublicKey(publicKey), signature);
}
