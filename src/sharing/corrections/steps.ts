/** The course of a correction as one table: from which state which act leads where, and whose it is (B-19). */
import type { Duty } from "../../identity";

/** States in which it is not answered yet: the field is disputed. */
export const OPEN_STATES = ["RECEIVED", "VERIFYING", "ACCEPTED"] as const;

export const CORRECTION_STATES = [...OPEN_STATES, "CORRECTED", "REJECTED", "RETIRED", "WITHDRAWN"] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** Acts that people take through `decideCorrection`, in the order of a correction's course. */
export const CORRECTION_ACTS = ["VERIFY", "ACCEPT", "REJECT", "WITHDRAW", "URGE"] as const;
export type CorrectionAct = (typeof CORRECTION_ACTS)[number];

/** REQUEST begins; CORRECT and RETIRE come with the change of the row itself; RECKON is the hub's own. */
export type TransitionAct = CorrectionAct | "REQUEST" | "CORRECT" | "RETIRE" | "RECKON";

/** The sides of a correction; `hub` where a system import changes the row, or a calendar the deadline. */
export type CorrectionParty = "requester" | "provider" | "authority" | "hub";

/** How a corrected value compares with the one that was proposed. */
export type CorrectionOutcome = "AS_PROPOSED" | "OTHERWISE";

export interface CorrectionStep {
  readonly act: TransitionAct;
  readonly from: readonly CorrectionState[];
  /** Left out: the state stays. */
  readonly to?: CorrectionState;
  readonly party: CorrectionParty;
  /** One of them is enough. */
  readonly duties: readonly (Duty | "system")[];
  /** Something must be said. */
  readonly reason?: true;
  /** Only after the deadline has passed. */
  readonly overdue?: true;
  /** The party is waited for: the act stands in its list of things to do. */
  readonly awaited?: true;
}

const PROVIDER = { party: "provider", duties: ["steward", "decide"] } as const;

/** How a correction comes into being. */
export const REQUESTING = {
  act: "REQUEST",
  from: [],
  to: "RECEIVED",
  party: "requester",
  duties: ["read"],
} as const satisfies CorrectionStep;

const written = (act: "CORRECT" | "RETIRE", to: CorrectionState): readonly CorrectionStep[] => [
  { act, from: OPEN_STATES, to, party: "provider", duties: ["steward"] },
  { act, from: OPEN_STATES, to, party: "hub", duties: ["system"] },
];

export const CORRECTION_STEPS: readonly CorrectionStep[] = [
  REQUESTING,
  { act: "VERIFY", from: ["RECEIVED"], to: "VERIFYING", ...PROVIDER, awaited: true },
  { act: "ACCEPT", from: ["RECEIVED", "VERIFYING"], to: "ACCEPTED", ...PROVIDER, awaited: true },
  { act: "REJECT", from: OPEN_STATES, to: "REJECTED", ...PROVIDER, reason: true, awaited: true },
  { act: "WITHDRAW", from: OPEN_STATES, to: "WITHDRAWN", party: "requester", duties: ["read"] },
  { act: "URGE", from: OPEN_STATES, party: "authority", duties: ["decide"], reason: true, overdue: true },
  ...written("CORRECT", "CORRECTED"),
  ...written("RETIRE", "RETIRED"),
  { act: "RECKON", from: OPEN_STATES, party: "hub", duties: ["system"] },
];

/** The step that an act of a person, or the hub's own reckoning, is in a state, if it is one. */
export function correctionStep(
  state: CorrectionState,
  act: CorrectionAct | "RECKON",
): CorrectionStep | undefined {
  return CORRECTION_STEPS.find((step) => step.act === act && step.from.includes(state));
}

export function isOpen(state: CorrectionState): boolean {
  return (OPEN_STATES as readonly CorrectionState[]).includes(state);
}
