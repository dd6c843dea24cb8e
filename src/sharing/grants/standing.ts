/** How a grant stands at an instant: what is kept of it, and what its dates say. */
import type { Standing } from "./steps";
import type { StoredGrant } from "./store";
import type { GrantState } from "./words";

type Kept = Pick<StoredGrant, "kept" | "from" | "until">;

export function standingOf({ kept, until }: Kept, now: Date): Standing {
  const open = kept === "ACTIVE" || kept === "SUSPENDED";
  return open && until !== undefined && Date.parse(until) <= now.getTime() ? "EXPIRED" : kept;
}

export function stateOf(grant: Kept, now: Date): GrantState {
  const standing = standingOf(grant, now);
  if (standing !== "ACTIVE") return standing;
  return Date.parse(grant.from) <= now.getTime() ? "IN_FORCE" : "UPCOMING";
}

const DAY = 24 * 60 * 60 * 1000;

/** Days until the end, a begun one counted; undefined where it has ended or never ends. */
export function daysLeft(grant: Kept, now: Date): number | undefined {
  const standing = standingOf(grant, now);
  if (!grant.until || (standing !== "ACTIVE" && standing !== "SUSPENDED")) return undefined;
  return Math.ceil((Date.parse(grant.until) - now.getTime()) / DAY);
}

export function endsWithin(grant: Kept, days: number, now: Date): boolean {
  const left = daysLeft(grant, now);
  return left !== undefined && left <= days;
}

/** In force for so many days, and not used in them. */
export function isUnused(grant: Kept, lastUsed: string | undefined, days: number, now: Date): boolean {
  const since = now.getTime() - days * DAY;
  if (stateOf(grant, now) !== "IN_FORCE" || Date.parse(grant.from) > since) return false;
  return lastUsed === undefined || Date.parse(lastUsed) <= since;
}
