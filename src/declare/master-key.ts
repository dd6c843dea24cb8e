/** Finds the master key of encrypted fields: HUB_KEY, or one that a demo or an embedded hub keeps in its data folder. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Config } from "../config";
import { keptSecret } from "./secret";

export function masterKeyOf(config: Pick<Config, "hubKey" | "dataDir">): Buffer {
  if (config.hubKey) return config.hubKey;
  const file = path.join(config.dataDir, "master.key");
  const key = Buffer.from(
    keptSecret(file, () => randomBytes(32).toString("base64")),
    "base64",
  );
  if (key.length !== 32)
    throw new Error(`${file} does not hold 32 bytes in base64: put it back from a backup`);
  return key;
}
