// A receiver of webhooks that checks signatures as its maker would, and answers as a test wants it to.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly delivery: string;
  readonly signature: string;
  readonly text: string;
  readonly body: {
    webhook: string;
    dataset: string;
    after: string;
    cursor: string;
    changes: { kind: string; id: string }[];
  };
}

/** Whether a delivery is its sender's, and not older than so many seconds. */
export function verified({ signature, text }: Received, secret: string, now = Date.now()): boolean {
  const [, t = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const mine = createHmac("sha256", secret).update(`${t}.${text}`).digest();
  const theirs = Buffer.from(v1, "hex");
  return theirs.length === 32 && timingSafeEqual(mine, theirs) && Math.abs(now / 1000 - Number(t)) < 300;
}

export class Receiver {
  readonly received: Received[] = [];
  answer: (response: ServerResponse, received: Received) => void = (response) => void response.end();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on("request", (request, response) => void receiver.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Deliveries to this path once there are so many. */
  async until(count: number): Promise<Received[]> {
    await eventually(() => this.received.length >= count);
    return this.received;
  }

  reset(): void {
    this.received.length = 0;
    this.answer = (response) => void response.end();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { "hub-delivery": delivery, "hub-signature": signature } = request.headers;
    const received = {
      delivery: String(delivery),
      signature: String(signature),
      text,
      body: JSON.parse(text),
    };
    this.received.push(received);
    this.answer(response, received);
  }
}

export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it has not come to be so");
}
