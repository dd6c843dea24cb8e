/** The course of a case at the rights desk as one table: which act leads where, whose it is, and for which kinds (B-39). */
import type { Duty } from "../../identity";

export const CASE_KINDS = ["ACCESS", "COPY", "CORRECT", "ERASE", "WITHDRAW_CONSENT"] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Who stands at the desk. */
export const ASKERS = ["PERSON", "GUARDIAN", "HEIR"] as const;
export type CaseAsker = (typeof ASKERS)[number];

export const CASE_STATES = ["OPEN", "FULFILLED", "FROZEN", "REFUSED", "TAKEN_BACK"] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Acts that people take through `decideRightsCase`. */
export const CASE_ACTS = ["FULFIL", "FREEZE", "REFUSE", "TAKE_BACK"] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

export interface CaseStep {
  readonly act: CaseAct | "OPEN";
  readonly from?: CaseState;
  readonly to: CaseState;
  readonly duty: Duty;
  readonly kinds: readonly CaseKind[];
  /** Something must be said. */
  readonly reason?: true;
}

/** What somebody of the department decides; nobody decides on a withdrawal: it holds as soon as it is said (B-35). */
const DECIDED = ["ACCESS", "COPY", "CORRECT", "ERASE"] as const;

/** How a case comes into being. */
export const OPENING = {
  act: "OPEN",
  to: "OPEN",
  duty: "steward",
  kinds: CASE_KINDS,
} as const satisfies CaseStep;

export const CASE_STEPS: readonly CaseStep[] = [
  OPENING,
  { act: "FULFIL", from: "OPEN", to: "FULFILLED", duty: "decide", kinds: DECIDED },
  { act: "FULFIL", from: "OPEN", to: "FULFILLED", duty: "steward", kinds: ["WITHDRAW_CONSENT"] },
  { act: "FREEZE", from: "OPEN", to: "FROZEN", duty: "decide", kinds: ["ERASE"], reason: true },
  { act: "REFUSE", from: "OPEN", to: "REFUSED", duty: "decide", kinds: DECIDED, reason: true },
  { act: "TAKE_BACK", from: "OPEN", to: "TAKEN_BACK", duty: "steward", kinds: DECIDED },
];

/** The step that an act is for a case of this kind in this state, if it is one. */
export function caseStep(kind: CaseKind, state: CaseState, act: CaseAct): CaseStep | undefined {
  return CASE_STEPS.find((step) => step.act === act && step.from === state && step.kinds.includes(kind));
}
