// Starts a hub as production does: `hub serve` with the database's address, the key and the login service.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { dataDir, hubProgram } from "../../place.mjs";
import { profiling, startChild } from "../child.mjs";
import { openIssuer } from "./issuer.mjs";

/**
 * @param {{url: string, masterKey: string, profile?: string}} place
 * @param {{name: string, preload?: string, env?: Record<string, string>}} options `preload` is a file of preload/
 */
export async function startHub({ url, masterKey, profile }, { name, preload, env = {} }) {
  const issuer = await openIssuer();
  const home = path.join(dataDir, name);
  mkdirSync(home, { recursive: true });
  const settings = {
    DATABASE_URL: url,
    HUB_KEY: masterKey,
    HUB_DATA: home,
    NODE_ENV: "production",
    PORT: "0",
    RATE_LIMIT: "10000000", // counted as always, never reached
    APPS_REGISTERED_ONLY: "0", // no operation is known beforehand
    RETENTION_DAILY: "0", // nothing goes while it is measured
    STATEMENT_TIMEOUT_MS: "120000", // 64 at a time wait for two cores; waiting costs nothing
    ...issuer.env,
    ...env,
  };
  const before = preload ? ["--require", path.join(import.meta.dirname, "preload", preload)] : [];
  const args = [...profiling(profile), ...before, hubProgram, "serve"];
  const child = await startChild(name, process.execPath, args, settings, /(http:\S+\/graphql)\n/);
  return {
    pid: child.pid,
    url: child.address,
    stop: async () => {
      await child.stop();
      issuer.close();
    },
    /** Headers of an app of this department, which asks for this purpose. */
    headersOf: async (department, purpose, duties) => ({
      "content-type": "application/json",
      authorization: `Bearer ${await issuer.sign(department, purpose, duties)}`,
    }),
  };
}
