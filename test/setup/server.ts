// The one PostgreSQL of a test run: started before the first file, stopped after the last.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Embedded, startEmbedded } from "../../src/database/embedded";
import { Holders } from "../../src/database/holders";

const PREFIX = "community-hub-test-";

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  await sweep();
  const home = mkdtempSync(path.join(tmpdir(), PREFIX));
  chmodSync(home, 0o755); // the account that PostgreSQL runs under must pass
  const server = await startEmbedded({ dataDir: path.join(home, "postgres"), fsync: false });
  return { url: server.url, stop: () => stopAndRemove(server, home) };
}

async function stopAndRemove(server: Embedded, home: string): Promise<void> {
  await server.stop();
  try {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }); // the server's log may still be closing
  } catch {
    // Another run's sweep is at it; what is left behind, a later run sweeps.
  }
}

/** Stops the servers that killed test runs left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const home = path.join(tmpdir(), name);
    const dataDir = path.join(home, "postgres");
    try {
      if (!new Holders(dataDir).abandoned()) continue;
      await stopAndRemove(await startEmbedded({ dataDir, fsync: false }), home);
    } catch {
      // Another user's, or another run is sweeping it.
    }
  }
}
