// Tells probes whether the process lives and whether it can answer now; carries no data.
import type { RequestHandler } from "express";

export interface Readiness {
  /** Throws or rejects where the hub cannot answer. */
  check(): Promise<void>;
  /** From now on the hub is going: balancers are to send nobody here. */
  leave(): void;
  readonly leaving: boolean;
}

const FRESH_MILLISECONDS = 1_000;
const PATIENCE_MILLISECONDS = 2_000;

/** Looks at most once a second, however many probes ask. */
export function createReadiness(look: () => Promise<void>): Readiness {
  let leaving = false;
  let last: Promise<void> | undefined;
  const check = () => {
    if (leaving) return Promise.reject(new Error("leaving"));
    if (!last) {
      last = within(PATIENCE_MILLISECONDS, look());
      const forget = setTimeout(() => {
        last = undefined;
      }, FRESH_MILLISECONDS);
      forget.unref();
    }
    return last;
  };
  return {
    check,
    leave: () => {
      leaving = true;
    },
    get leaving() {
      return leaving;
    },
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const alive: RequestHandler = (_request, response) => {
  response.json({ status: "alive" });
};

/** Datasets that are read at linked sources, with whether those answer; none where there are none. */
export type LookAtLinked = () => Promise<Readonly<Record<string, string>>>;

/** A linked source that is away does not make the hub unready: all else is answered. */
export function ready(readiness: Readiness, linked: LookAtLinked = async () => ({})): RequestHandler {
  return async (_request, response) => {
    const fit = await readiness.check().then(
      () => true,
      () => false,
    );
    const status = fit ? "ready" : readiness.leaving ? "leaving" : "waiting";
    const states = fit ? await linked() : {};
    const known = Object.keys(states).length > 0 ? { linked: states } : {};
    response.status(fit ? 200 : 503).json({ status, ...known });
  };
}
