// The one HTTP server: opened with time-outs, and closed so that every answer begun is finished.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  readonly server: Server;
  readonly url: string;
  /** Takes nobody new, waits for what runs at most so many milliseconds, then ends what is left. */
  drain(milliseconds: number): Promise<void>;
}

/** An address that cannot be had, with what to do about it. */
export class ListenFailure extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(`${message}\nHint: ${hint}`);
    this.name = "ListenFailure";
  }
}

/** Within this a whole request must have come in; a file to be imported may be large and the line slow. */
const UPLOAD_MILLISECONDS = 15 * 60_000;

export async function listen(app: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: UPLOAD_MILLISECONDS, keepAliveTimeout: 65_000 },
    app,
  );
  server.maxRequestsPerSocket = 0;
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        new ListenFailure(
          `The hub cannot listen on ${host}:${port} (${error.code}).`,
          "Another program may use this port: choose another one, e.g. PORT=4001, or look at HOST.",
        ),
      );
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
  const { address, family, port: actual } = server.address() as AddressInfo;
  const name = family === "IPv6" ? `[${address}]` : address;
  return { server, url: `http://${name}:${actual}`, drain: (milliseconds) => drain(server, milliseconds) };
}

async function drain(server: Server, milliseconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), milliseconds);
  // A connection kept alive becomes idle only when its answer is through.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearTimeout(late);
  clearInterval(sweep);
}
