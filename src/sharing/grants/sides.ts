/** Whose a grant is: its provider today, who may know of it, and which acts are open to an identity. */
import { areaOf, CITY, intersect } from "../../declare";
import {
  type Duty,
  departmentOf,
  type Grant,
  type Identity,
  inForce,
  type Rights,
  stewardKind,
  watches,
} from "../../identity";
import { AUTHORITY, nearestAmong } from "../nearest";
import { departmentsAmong, type Place } from "../requests/parts";
import { standingOf } from "./standing";
import { GRANT_ACTS, type GrantAct, type GrantStep, grantStepFor } from "./steps";
import type { Sides, StoredGrant } from "./store";

/** The department that may act as provider. */
export type ProviderOf = (grant: Grant) => string;

/**
 * Who granted it, as long as it is registered and its kind still steward of one of the fields; else who is steward now
 * and nearest to the place: a misuse must not go on because a department was merged away.
 */
export async function providersOf(
  registers: Place,
  grants: readonly Grant[],
  rights: Rights,
  at: Date,
): Promise<ProviderOf> {
  const granted = [...new Set(grants.map((g) => g.grantedBy))];
  const known = await departmentsAmong(registers, granted);
  const stays = (grant: Grant) =>
    known.has(grant.grantedBy) &&
    stewardsOf(grant, rights, at).includes(departmentOf(grant.grantedBy)?.kind ?? "");
  const left = grants.filter((g) => !stays(g));
  if (left.length === 0) return (grant) => grant.grantedBy;
  const kinds = [...new Set(left.flatMap((g) => stewardsOf(g, rights, at)))];
  const nearest = await nearestAmong(
    registers,
    kinds,
    left.map((g) => g.territory),
  );
  return (grant) => {
    const [kind = ""] = stays(grant) ? [] : stewardsOf(grant, rights, at);
    return nearest(kind, grant.territory) ?? grant.grantedBy;
  };
}

/** Kinds that are steward of the grant's fields. */
function stewardsOf({ dataset, fields }: Grant, rights: Rights, at: Date): string[] {
  const kinds = (fields.length > 0 ? fields : [undefined]).map((f) => stewardKind(rights, dataset, f, at));
  return [...new Set(kinds.filter((kind) => kind !== undefined))];
}

/** The data authority of the provider's level, with which a change is filed (B-22). */
export async function authorityOf(registers: Place, provider: string): Promise<string> {
  const own = departmentOf(provider)?.territory ?? CITY;
  return (await nearestAmong(registers, [AUTHORITY], [own]))(AUTHORITY, own) ?? `${AUTHORITY}@${CITY}`;
}

/** Where grants are looked for that this asker may know of; undefined: among all. */
export function sidesOf(asker: Identity, rights: Rights, at: Date): Sides | undefined {
  if (watches(asker)) return undefined;
  const { code, kind } = asker.department;
  const own = rights.stewardships.filter((s) => s.kind === kind && inForce(s, at));
  return { code, datasets: [...new Set(own.map((s) => s.dataset))] };
}

/** The grantee, who granted it, the steward where their territories meet, an authority it is filed with, and the duties that watch. */
export function mayKnowGrant(asker: Identity, grant: StoredGrant, rights: Rights, at: Date): boolean {
  const { code, kind, territory } = asker.department;
  if (watches(asker) || code === grant.department || code === grant.grantedBy) return true;
  if (grant.acts.some(({ authority }) => authority === code)) return true;
  const own = rights.stewardships.filter((s) => s.kind === kind && inForce(s, at));
  return (
    own.some((s) => s.dataset === grant.dataset && bears(s.field, grant)) &&
    intersect([areaOf(territory)], [areaOf(grant.territory)]).length > 0
  );
}

function bears(field: string | undefined, { fields }: Grant): boolean {
  return field === undefined || fields.length === 0 || fields.includes(field);
}

/** Whether the step is this identity's: of the party's department, with the duty. */
export function takesStep(
  { department, duties }: Identity,
  grant: Grant,
  provider: string,
  { party, duty }: GrantStep,
): boolean {
  return partyCode(grant, provider, party) === department.code && duties.includes(duty as Duty);
}

export function partyCode(grant: Grant, provider: string, party: GrantStep["party"]): string | undefined {
  return { provider, grantee: grant.department, hub: undefined }[party];
}

/** Acts that this identity could take now. */
export function openGrantActs(asker: Identity, grant: StoredGrant, provider: string, now: Date): GrantAct[] {
  return GRANT_ACTS.filter((act) => {
    const step = grantStepFor(standingOf(grant, now), act);
    return step && takesStep(asker, grant, provider, step);
  });
}
