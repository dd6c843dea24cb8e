/** Grants as one thing to the doors: look at them, take an act. */
import type { Identity } from "../../identity";
import { type Connection, connection, cursorOf, type ForwardPage, pageSize, placeIn, UUID } from "../../read";
import { type GrantParts, notFound, type Saying, takeAct } from "./acting";
import { mayKnowGrant, openGrantActs, providersOf, sidesOf } from "./sides";
import { daysLeft, endsWithin, isUnused, stateOf } from "./standing";
import type { GrantAct } from "./steps";
import { readGrant, readGrants, type StoredGrant } from "./store";
import { type GrantState, STANDING_STATES } from "./words";

export interface GrantFilter {
  readonly department?: string | null;
  readonly dataset?: string | null;
  /** Left out: those that have not ended. */
  readonly state?: readonly GrantState[] | null;
  /** Days until the end, at most. */
  readonly expiringWithin?: number | null;
  /** Days without an answer that used it, at least. */
  readonly unusedFor?: number | null;
  readonly waitingForMe?: boolean | null;
}

/** A grant as its reader sees it now. */
export interface SeenGrant extends StoredGrant {
  readonly state: GrantState;
  readonly provider: string;
  readonly daysLeft?: number;
  readonly openActs: readonly GrantAct[];
  /** Looked up once for all grants of a list, when somebody asks. */
  readonly lastUsedAt: () => Promise<string | undefined>;
}

export interface Grants {
  list(asker: Identity, filter: GrantFilter, page: ForwardPage): Promise<Connection<SeenGrant>>;
  one(asker: Identity, id: string): Promise<SeenGrant | undefined>;
  act(asker: Identity, id: string, act: GrantAct, saying: Saying): Promise<SeenGrant>;
}

/** Grants that are looked through at a time. */
const BATCH = 500;

/** Days without use after which a grant waits for its provider to withdraw it: no law sets them, this is our own. */
export const UNUSED_DAYS = 90;

export function createGrants(parts: GrantParts): Grants {
  const { catalogue, pool, rights, now } = parts;

  async function seen(asker: Identity, grants: readonly StoredGrant[]): Promise<SeenGrant[]> {
    const at = now();
    const providerOf = await providersOf({ catalogue, pool }, grants, await rights.current(), at);
    const uses = once(() => parts.lastUses(grants.map(({ id }) => id)));
    return grants.map((grant) => {
      const provider = providerOf(grant);
      return {
        ...grant,
        provider,
        state: stateOf(grant, at),
        daysLeft: daysLeft(grant, at),
        openActs: openGrantActs(asker, grant, provider, at),
        lastUsedAt: async () => (await uses()).get(grant.id),
      };
    });
  }

  /** Those that the asker may know of and the filter wants, in order; what only the present tells is judged of each. */
  async function* found(asker: Identity, filter: GrantFilter, from?: string): AsyncGenerator<SeenGrant> {
    const at = now();
    const known = await rights.current();
    const states = filter.state ?? (filter.waitingForMe ? undefined : STANDING_STATES);
    const standing = states?.every((state) => STANDING_STATES.includes(state)) ?? false;
    const looked = { ...filter, standing, sides: sidesOf(asker, known, at) };
    const within = filter.expiringWithin ?? undefined;
    let after = from;
    for (;;) {
      const batch = await readGrants(pool, looked, at, { after, most: BATCH });
      const chosen = batch.filter(
        (grant) =>
          mayKnowGrant(asker, grant, known, at) &&
          (!states || states.includes(stateOf(grant, at))) &&
          (within === undefined || endsWithin(grant, within, at)),
      );
      const unused = await kept(await seen(asker, chosen), filter.unusedFor, at);
      yield* filter.waitingForMe ? await waiting(unused, at) : unused;
      after = batch.at(-1)?.id;
      if (batch.length < BATCH) return;
    }
  }

  return {
    async list(asker, filter, { first, after }) {
      const size = pageSize(first);
      const [from] = after ? placeIn(after, [UUID]) : [];
      const page: SeenGrant[] = [];
      for await (const grant of found(asker, filter, from)) if (page.push(grant) > size) break;
      const uses = once(() => parts.lastUses(page.map(({ id }) => id)));
      const rows = page.map((grant) => ({ ...grant, lastUsedAt: async () => (await uses()).get(grant.id) }));
      const count = async () => {
        let n = 0;
        for await (const _ of found(asker, filter)) n++;
        return n;
      };
      return connection(rows, { size, after }, ({ id }) => cursorOf([id]), count);
    },
    async one(asker, id) {
      const grant = UUID.test(id.toLowerCase()) ? await readGrant(pool, id) : undefined;
      if (!grant || !mayKnowGrant(asker, grant, await rights.current(), now())) return undefined;
      return (await seen(asker, [grant]))[0];
    },
    async act(asker, id, act, saying) {
      if (!UUID.test(id.toLowerCase())) throw notFound();
      await takeAct(parts, asker, { id, act, saying });
      const grant = await readGrant(pool, id);
      if (!grant) throw notFound();
      return (await seen(asker, [grant]))[0] as SeenGrant;
    },
  };
}

/** Those unused for so many days; all where no days are named. */
async function kept(grants: SeenGrant[], days: number | null | undefined, now: Date): Promise<SeenGrant[]> {
  if (days === null || days === undefined) return grants;
  const unused = await Promise.all(
    grants.map(async (grant) => isUnused(grant, await grant.lastUsedAt(), days, now)),
  );
  return grants.filter((_, i) => unused[i]);
}

/**
 * The asker's list of things to do: a provider lets go on or ends what is suspended and withdraws what nobody uses; a
 * grantee reports what became of the data.
 */
async function waiting(grants: SeenGrant[], now: Date): Promise<SeenGrant[]> {
  const unused = new Set(
    await kept(
      grants.filter((grant) => grant.openActs.includes("REVOKE")),
      UNUSED_DAYS,
      now,
    ),
  );
  return grants.filter((grant) => unused.has(grant) || AWAITED.some((act) => grant.openActs.includes(act)));
}

const AWAITED: readonly GrantAct[] = ["RESUME", "DISPOSE"];

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
