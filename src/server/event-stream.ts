// Subscriptions as server-sent events, in the distinct connections mode of GraphQL over SSE: one request, one stream.
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import { type ExecutionResult, subscribe } from "graphql";
import { HubError } from "../errors";
import type { Subscribing, Subscriptions } from "./live";
import { formatError, sendRefusal } from "./refusal";
import { visitOf } from "./visit";

/** Milliseconds between comments that keep the line open. */
const KEEP_ALIVE = 12_000;
/** Milliseconds that a client may take for what it was sent, before its stream is cut. */
const PATIENCE = 60_000;

export function eventStream(subscriptions: Subscriptions): RequestHandler {
  return async (request, response, next) => {
    if (request.headers.accept !== "text/event-stream") return next();
    const asked = request.body as Partial<Subscribing> | undefined;
    if (request.method !== "POST" || typeof asked?.query !== "string")
      return sendRefusal(
        response,
        new HubError("BAD_USER_INPUT", "订阅请用 POST 和 JSON。Post the subscription as JSON"),
        400,
      );
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Content-Encoding": "none",
      "X-Accel-Buffering": "no",
    });
    response.write(":\n\n");
    const alive = setInterval(() => response.write(":\n\n"), KEEP_ALIVE);
    try {
      await stream(subscriptions, asked as Subscribing, request.headers, response);
    } finally {
      clearInterval(alive);
      response.end();
    }
  };
}

async function stream(
  subscriptions: Subscriptions,
  asked: Subscribing,
  headers: Parameters<Subscriptions["argsOf"]>[2],
  response: ServerResponse,
): Promise<void> {
  const visit = visitOf(response);
  const send = (result: object) => sent(response, `event: next\ndata: ${JSON.stringify(result)}\n\n`);
  try {
    const results = await subscribe(await subscriptions.argsOf(asked, visit, headers));
    if (!(Symbol.asyncIterator in results)) await send(shown(results));
    else {
      const over = () => void results.return(undefined).catch(() => undefined);
      response.once("close", over);
      // Who left before it began is not heard leaving any more.
      if (response.destroyed) over();
      for await (const result of results) await send(shown(result));
    }
  } catch (error) {
    if (response.destroyed) return;
    const told = subscriptions.told(error, visit.requestId);
    visit.codes.push(...(told.errors ?? []).map((e) => String(e.extensions?.code)));
    await send(told);
  }
  await sent(response, "event: complete\ndata:\n\n");
}

/** Errors as every door tells them. */
export function shown({ data, errors }: ExecutionResult): object {
  return { data, errors: errors?.map((error) => formatError(error.toJSON(), error)) };
}

/** Waits until the line takes more: a slow client is told of later changes later, and nothing piles up for it. */
async function sent(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) return;
  if (response.write(text)) return;
  const late = setTimeout(() => response.destroy(), PATIENCE);
  const heard = new AbortController();
  const hears = (event: string) => once(response, event, { signal: heard.signal });
  await Promise.race([hears("drain"), hears("close")]).catch(() => undefined);
  heard.abort(); // one of the two is still listened for
  clearTimeout(late);
}
