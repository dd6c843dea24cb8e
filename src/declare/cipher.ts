/** Encrypts the most sensitive fields at rest, with keys derived from one master key that never reaches the database. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { masked } from "./code/mask";
import type { Mask } from "./kinds";

/** What is stored of one value: its columns `field`, `field_hash` and `field_masked`. */
export interface Sealed {
  readonly value: Buffer;
  readonly hash: Buffer;
  readonly masked: string;
}

export interface Cipher {
  seal(dataset: string, field: string, text: string, mask: Mask): Sealed;
  /** Throws where the bytes were changed, moved to another field, or sealed under a key that is not at hand. */
  open(dataset: string, field: string, sealed: Buffer): string;
  /** Equal for equal texts of the same field, for search by equality; of no use without the master key. */
  hash(dataset: string, field: string, text: string): Buffer;
}

interface Keys {
  readonly id: number;
  readonly seal: Buffer;
  readonly hash: Buffer;
}

const [NONCE, TAG] = [12, 16];

/**
 * Sealed bytes: key id (1), nonce (12), AES-256-GCM text, tag (16); dataset.field is authenticated with them.
 * Former master keys still open what they sealed. Hashes are of the present key alone: to rotate, seal all rows anew.
 */
export function createCipher(masterKey: Buffer, former: readonly Buffer[] = []): Cipher {
  const present = keysOf(masterKey);
  const ring = new Map([present, ...former.map(keysOf)].map((keys) => [keys.id, keys]));
  if (ring.size !== former.length + 1) throw new Error("two master keys have the same id: make another one");
  const hash = (dataset: string, field: string, text: string) =>
    createHmac("sha256", present.hash).update(place(dataset, field)).update(canonical(text)).digest();
  return {
    seal: (dataset, field, text, mask) => ({
      value: encrypt(present, place(dataset, field), text),
      hash: hash(dataset, field, text),
      masked: masked(mask, text),
    }),
    open: (dataset, field, sealed) => {
      const keys = ring.get(sealed[0] ?? -1);
      if (!keys) throw new Error(`no master key at hand opens ${dataset}.${field}`);
      return decrypt(keys, place(dataset, field), sealed);
    },
    hash,
  };
}

function keysOf(master: Buffer): Keys {
  if (master.length !== 32) throw new Error("a master key has 32 bytes");
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", master, "", `community-hub ${purpose}`, 32));
  return { id: derive("key id")[0] as number, seal: derive("seal"), hash: derive("hash") };
}

/** The separator is no part of a name, so that no two fields share a place. */
function place(dataset: string, field: string): Buffer {
  return Buffer.from(`${dataset}.${field}\0`);
}

/** The same number typed with spaces, full-width digits or a small x is the same number. */
function canonical(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
}

function encrypt(keys: Keys, aad: Buffer, text: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", keys.seal, nonce, { authTagLength: TAG }).setAAD(aad);
  const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(keys.id), nonce, hidden, cipher.getAuthTag()]);
}

function decrypt(keys: Keys, aad: Buffer, sealed: Buffer): string {
  if (sealed.length < 1 + NONCE + TAG) throw new Error("these bytes are no sealed value");
  const nonce = sealed.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv("aes-256-gcm", keys.seal, nonce, { authTagLength: TAG })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, -TAG)), decipher.final()]).toString(
    "utf8",
  );
}
