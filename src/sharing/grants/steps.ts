/** The course of a grant as one table: from which state which act leads where, whose it is, and what must be said. */
import type { Duty } from "../../identity";

/** As a grant is kept. What has ended by date is EXPIRED, which no act makes. */
export type Standing =
  | "ACTIVE"
  | "SUSPENDED"
  | "EXPIRED"
  | "REVOKED"
  | "RELINQUISHED"
  | "RECODED"
  | "DISPOSED";

/** Acts of people, in the order of a grant's course. */
export const GRANT_ACTS = ["SUSPEND", "RESUME", "NARROW", "REVOKE", "RELINQUISH", "DISPOSE"] as const;
/** RECODE is the hub's own: after a division change another grant goes on in this one's place. */
export type GrantAct = (typeof GRANT_ACTS)[number] | "RECODE";

export type GrantParty = "provider" | "grantee" | "hub";

export interface GrantStep {
  readonly act: GrantAct;
  readonly from: readonly Standing[];
  /** Left out: the state stays. */
  readonly to?: Standing;
  readonly party: GrantParty;
  readonly duty: Duty | "system";
  readonly reason?: true;
  /** The two sides have talked about it (B-22). */
  readonly negotiated?: true;
  /** Filed with the data authority of the provider's level (B-22). */
  readonly filed?: true;
}

const OPEN = ["ACTIVE", "SUSPENDED"] as const;
const PROVIDER = { party: "provider", duty: "decide", reason: true } as const;

export const GRANT_STEPS: readonly GrantStep[] = [
  // B-21: misuse is stopped at once, and what was put right goes on.
  { act: "SUSPEND", from: ["ACTIVE"], to: "SUSPENDED", ...PROVIDER },
  { act: "RESUME", from: ["SUSPENDED"], to: "ACTIVE", ...PROVIDER },
  // B-22: a service is not changed or ended without cause.
  { act: "NARROW", from: OPEN, ...PROVIDER, negotiated: true, filed: true },
  { act: "REVOKE", from: ["ACTIVE"], to: "REVOKED", ...PROVIDER, negotiated: true, filed: true },
  // B-21: misuse is a cause of its own.
  { act: "REVOKE", from: ["SUSPENDED"], to: "REVOKED", ...PROVIDER, filed: true },
  // B-20: the purpose is reached, cannot be reached, or needs the data no more.
  { act: "RELINQUISH", from: OPEN, to: "RELINQUISHED", party: "grantee", duty: "approve", reason: true },
  {
    act: "DISPOSE",
    from: ["REVOKED", "RELINQUISHED", "EXPIRED"],
    to: "DISPOSED",
    party: "grantee",
    duty: "read",
  },
  { act: "RECODE", from: OPEN, to: "RECODED", party: "hub", duty: "system" },
  { act: "SUSPEND", from: ["ACTIVE"], to: "SUSPENDED", party: "hub", duty: "system", reason: true },
];

/** The step that an act of people is in a state, if it is one. */
export function grantStepFor(state: Standing, act: GrantAct): GrantStep | undefined {
  return GRANT_STEPS.find((step) => step.act === act && step.party !== "hub" && step.from.includes(state));
}
