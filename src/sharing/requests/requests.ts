/** Requests for access as one thing to the doors: file, take a step, look. */
import type { Identity } from "../../identity";
import { type Connection, type ForwardPage, UUID, withNodes } from "../../read";
import { clockAfter, dueOf, isPast } from "./course";
import { type Clocks, delivers, pastOf, readClocks, ruleOf, standingOf, takeStep } from "./deciding";
import { type Again, type Draft, fileRequests } from "./filing";
import { type Given, notFound } from "./judging";
import { lapseDue, lapseOf } from "./lapse";
import { countWaiting, listRequests, mayKnow, type RequestFilter, type Waiting } from "./list";
import { departmentsAmong, type RequestParts } from "./parts";
import { openActs } from "./reach";
import type { RequestAct } from "./steps";
import { type GrantedItem, readRequest, type StoredRequest } from "./store";

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
  /** When it lapses if nobody takes a step. */
  readonly lapsesAt?: string;
  /** What was granted of it. */
  readonly granted: readonly GrantedItem[];
  /** Acts that this reader could take now. */
  readonly acts: readonly RequestAct[];
}

export interface Requests {
  /** Ends what has lapsed; the doors do so themselves before they show or move anything. */
  lapse(): Promise<number>;
  file(asker: Identity, draft: () => Promise<Draft>, again?: Again): Promise<SeenRequest[]>;
  decide(asker: Identity, id: string, act: RequestAct, given: Given): Promise<SeenRequest>;
  one(asker: Identity, id: string): Promise<SeenRequest | undefined>;
  waiting(asker: Identity): Promise<Waiting>;
  list(asker: Identity, filter: RequestFilter, page: ForwardPage): Promise<Connection<SeenRequest>>;
}

const isId = (text: string) => UUID.test(text.toLowerCase());

export function createRequests(parts: RequestParts): Requests {
  const { pool, now } = parts;
  const lapse = () => lapseDue(parts);

  async function seen(asker: Identity, requests: readonly StoredRequest[]): Promise<SeenRequest[]> {
    if (requests.length === 0) return [];
    const clocks = await readClocks(pool);
    const names = await departmentsAmong(
      parts,
      requests.flatMap((r) => [r.requester, r.provider]),
    );
    return requests.map((request) => ({
      ...request,
      granted: grantedOf(request),
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
    lapse,
    async one(asker, id) {
      await lapse();
      return one(asker, id);
    },
    async file(asker, draft, again) {
      const ids = await fileRequests(parts, asker, draft, again);
      return Promise.all(ids.map((id) => known(asker, id)));
    },
    async decide(asker, id, act, given) {
      if (!isId(id)) throw notFound();
      await lapse();
      const sees = (request: StoredRequest) => mayKnow(asker, request, now());
      await takeStep(parts, asker, { id, act, given }, sees);
      return known(asker, id);
    },
    async waiting(asker) {
      await lapse();
      return countWaiting(pool, asker, now());
    },
    async list(asker, filter, page) {
      await lapse();
      const found = await listRequests(pool, asker, { filter, page, now: now() });
      return withNodes(found, await seen(asker, found.nodes));
    },
  };
}

/** What depends on the present: the clock, what is open to the reader. */
function standing(
  asker: Identity,
  request: StoredRequest,
  clocks: Clocks,
  now: Date,
): Pick<SeenRequest, "deadline" | "overdue" | "lapsesAt" | "acts"> {
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
    lapsesAt: lapseOf(request, clocks)?.at.toISOString(),
    acts: openActs(asker, request, standingOf(request, clocks), now),
  };
}

function grantedOf({ parts, items, until, transitions }: StoredRequest): readonly GrantedItem[] {
  return transitions.some(({ act }) => act === "GRANT") ? items.map((item) => ({ ...item, until })) : parts;
}
