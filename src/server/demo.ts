// The demo's departments with their tokens, for the switcher in GraphiQL; mounted only where HUB_DEMO is set.
import type { RequestHandler } from "express";

export interface DemoPurpose {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface DemoIdentity {
  /** Department code, e.g. `finance@140100000000`. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly token: string;
  /** Of its head of sharing. */
  readonly head: string;
  readonly purposes: readonly DemoPurpose[];
}

export type DemoIdentities = () => Promise<readonly DemoIdentity[]>;

/**
 * Tokens for whoever asks, so only for whoever sits at this machine: the name in Host must be a loopback one, or a
 * page elsewhere whose name was made to point here could read them.
 */
export function demoIdentities(identities: DemoIdentities): RequestHandler {
  return async (request, response) => {
    if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(request.headers.host ?? "")) {
      response.status(403).json({ demo: true, identities: [] });
      return;
    }
    response.json({ demo: true, identities: await identities() });
  };
}
