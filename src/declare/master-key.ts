/** Finds the master key of encrypted fields: HUB_KEY, or one that a demo or an embedded hub keeps in its data folder. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { type Config, ConfigError } from "../config";
import { keptSecret } from "./secret";

/** A database of its own has backups of its own, so its hub must be told the key; a file here would not go along. */
export function masterKeyOf(config: Pick<Config, "hubKey" | "dataDir" | "databaseUrl" | "demo">): Buffer {
  if (config.hubKey) return config.hubKey;
  if (config.databaseUrl && !config.demo)
    throw new ConfigError([
      "HUB_KEY: expects 32 random bytes in base64 where DATABASE_URL is set; keep a copy outside the database",
    ]);
  const file = path.join(config.dataDir, "master.key");
  const key = Buffer.from(
    keptSecret(file, () => randomBytes(32).toString("base64")),
    "base64",
  );
  if (key.length !== 32)
    throw new Error(`${file} does not hold 32 bytes in base64: put it back from a backup`);
  return key;
}
