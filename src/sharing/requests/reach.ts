/** Whose a request is: which departments see it, which acts are open to an identity, and what waits for it. */
import type { Duty, Identity } from "../../identity";
import { obstacleTo, type Standing } from "./course";
import {
  type Party,
  REQUEST_ACTS,
  type RequestAct,
  type RequestState,
  STEPS,
  type Step,
  stepFor,
} from "./steps";

/** The departments that a request is between. */
export interface Parties {
  readonly requester: string;
  readonly provider: string;
  readonly authority: string;
  readonly superior: string;
}

/** Whether the step is this identity's: of the party's department, with the duty. */
export function takes({ department, duties }: Identity, parties: Parties, { party, duty }: Step): boolean {
  return party !== "hub" && parties[party] === department.code && duties.includes(duty as Duty);
}

/** Acts that this identity could take now. */
export function openActs(identity: Identity, parties: Parties, standing: Standing, now: Date): RequestAct[] {
  return REQUEST_ACTS.filter((act) => {
    const step = stepFor(standing.state, act);
    return step && takes(identity, parties, step) && !obstacleTo(step, standing, now);
  });
}

/** States in which a party is waited for, by these duties. */
export function awaited(
  duties: readonly Duty[],
): ReadonlyMap<Exclude<Party, "hub">, readonly RequestState[]> {
  const states = new Map<Exclude<Party, "hub">, RequestState[]>();
  for (const { party, duty, from, awaited: waits } of STEPS)
    if (waits && party !== "hub" && duties.includes(duty as Duty))
      states.set(party, [...new Set([...(states.get(party) ?? []), ...from])]);
  return states;
}

/** States in which the data authorities have a part. */
export const OF_AUTHORITIES: readonly RequestState[] = [
  ...new Set(
    STEPS.filter((s) => (s.party === "authority" || s.party === "superior") && s.act !== "URGE").flatMap(
      (s) => s.from,
    ),
  ),
];
