/** Signs a delivery and posts it: one attempt, in bounded time, that follows no redirect and reads no answer. */
import { createHmac } from "node:crypto";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { type Allowed, lookupIn } from "./address";

export interface Delivery {
  readonly id: string;
  readonly body: string;
  readonly secret: string;
  readonly at: Date;
}

export interface Posting {
  readonly allowed: Allowed;
  readonly leaving?: AbortSignal;
  readonly patience?: number;
}

const PATIENCE = 10_000;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 of the seconds, a dot and the body as it is sent. */
export function signatureOf({ body, secret, at }: Omit<Delivery, "id">): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

/** Nothing once the receiver has it (2xx), else in a few words why not. */
export function post(
  url: URL,
  delivery: Delivery,
  { allowed, leaving, patience = PATIENCE }: Posting,
): Promise<string | undefined> {
  const body = Buffer.from(delivery.body);
  return new Promise((resolve) => {
    const send = url.protocol === "https:" ? secure : plain;
    const request = send(url, {
      method: "POST",
      agent: false,
      signal: leaving,
      lookup: lookupIn(allowed),
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        "user-agent": "community-hub",
        "hub-delivery": delivery.id,
        "hub-signature": signatureOf(delivery),
      },
    });
    const end = (failure?: string) => {
      clearTimeout(timer);
      resolve(failure);
      request.destroy();
    };
    const timer = setTimeout(() => end("TIMEOUT"), patience);
    request.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? "NO_CONNECTION"));
    request.on("response", ({ statusCode = 0 }) =>
      end(statusCode >= 200 && statusCode < 300 ? undefined : `HTTP ${statusCode}`),
    );
    request.end(body);
  });
}
