// Stops what a connection has the server do, in the way that the server's protocol has for it.
import { connect } from "node:net";
import type { PoolClient } from "pg";
import { serialize } from "pg-protocol";

/** What the driver knows of the server's process. */
interface Running {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}

/** Longest wait for a server that does not take the message. */
const PATIENCE = 5_000;

/**
 * A server that is at work, sorting for instance, does not look whether anybody still listens. Whether the message is heard
 * is not told; the connection is not to be used again.
 */
export function cancelStatement(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as unknown as Running;
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.on("error", () => {});
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.end(serialize.cancel(processID, secretKey));
}
