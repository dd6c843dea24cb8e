/** Requests for access as one thing to the doors: file, take a step, look. */
import type { Identity } from "../../identity";
import { type Connection, UUID } from "../../read";
import { clockAfter, dueOf, isPast } from "./course";
import { type Clocks, delivers, pastOf, readClocks, ruleOf, standingOf, takeStep } from "./deciding";
import { type Draft, fileRequests } from "./filing";
import { type Given, notFound } from "./judging";
import { listRequests, mayKnow, type RequestFilter, type RequestPage } from "./list";
import { departmentsAmong, type RequestParts } from "./parts";
import { openActs } from "./reach";
import type { RequestAct } from "./steps";
import { readRequest, type StoredRequest } from "./store";

/** A request as its reader sees it now. */
export interface SeenRequest extends StoredRequest {
  readonly requesterName: string;
  readonly providerName: string;
  /** The clock that runs, with its rule. */
  readonly deadline?: {
    readonly act: string;
    readonly workingDays: number;
    readonly extensionDays: number;
    readonly extended: boolean;
    readonly paused: boolean;
    readonly article: string;
    readonly territory?: string;
    readonly calendarKnown: boolean;
  };
  readonly overdue: boolean;
  /** Acts that this reader could take now. */
  readonly acts: readonly RequestAct[];
}

export interface Requests {
  file(asker: Identity, draft: Draft): Promise<SeenRequest[]>;
  decide(asker: Identity, id: string, act: RequestAct, given: Given): Promise<SeenRequest>;
  one(asker: Identity, id: string): Promise<SeenRequest | undefined>;
  list(asker: Identity, filter: RequestFilter, page: RequestPage): Promise<Connection<SeenRequest>>;
}

const isId = (text: string) => UUID.test(text.toLowerCase());

export function createRequests(parts: RequestParts): Requests {
  const { pool, now } = parts;

  async function seen(asker: Identity, requests: readonly StoredRequest[]): Promise<SeenRequest[]> {
    if (requests.length === 0) return [];
    const clocks = await readClocks(pool);
    const names = await departmentsAmong(
      parts,
      requests.flatMap((r) => [r.requester, r.provider]),
    );
    return requests.map((request) => ({
      ...request,
      requesterName: names.get(request.requester) ?? request.requester,
      providerName: names.get(request.provider) ?? request.provider,
      ...standing(asker, request, clocks, now()),
    }));
  }

  async function one(asker: Identity, id: string): Promise<SeenRequest | undefined> {
    const request = isId(id) ? await readRequest(pool, id) : undefined;
    if (!request || !mayKnow(asker, request, now())) return undefined;
    return (await seen(asker, [request]))[0];
  }

  async function known(asker: Identity, id: string): Promise<SeenRequest> {
    const request = await one(asker, id);
    if (!request) throw notFound();
    return request;
  }

  return {
    one,
    async file(asker, draft) {
      const ids = await fileRequests(parts, asker, draft);
      return Promise.all(ids.map((id) => known(asker, id)));
    },
    async decide(asker, id, act, given) {
      if (!isId(id)) throw notFound();
      const sees = (request: StoredRequest) => mayKnow(asker, request, now());
      await takeStep(parts, asker, { id, act, given }, sees);
      return known(asker, id);
    },
    async list(asker, filter, page) {
      const found = await listRequests(pool, asker, { filter, page, now: now() });
      const nodes = await seen(asker, found.nodes);
      const edges = found.edges.map(({ cursor }, i) => ({ cursor, node: nodes[i] as SeenRequest }));
      return { ...found, nodes, edges };
    },
  };
}

/** What depends on the present: the clock, what is open to the reader. */
function standing(
  asker: Identity,
  request: StoredRequest,
  clocks: Clocks,
  now: Date,
): Pick<SeenRequest, "deadline" | "overdue" | "acts"> {
  const running = clockAfter(pastOf(request), delivers(request));
  const rule = running && ruleOf(request, running, clocks.rules);
  const deadline = running &&
    rule && {
      act: rule.act,
      workingDays: rule.workingDays,
      extensionDays: rule.extensionDays,
      extended: running.extended,
      paused: request.due === undefined,
      article: rule.article,
      territory: rule.territory,
      calendarKnown: dueOf(running, rule, clocks.calendar).calendarKnown,
    };
  return {
    deadline: deadline || undefined,
    overdue: isPast(request.due, now),
    acts: openActs(asker, request, standingOf(request, clocks), now),
  };
}
