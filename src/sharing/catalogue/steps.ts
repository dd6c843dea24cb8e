/** The course of an update of the catalogue as one table: from which state which act leads where, and whose it is (B-06, B-07). */
import type { Duty } from "../../identity";

export const UPDATE_STATES = [
  "OPEN",
  "EXTENSION_ASKED",
  "PROPOSED",
  "IN_REVIEW",
  "RETURNED",
  "PUBLISHED",
  "WITHDRAWN",
  "LAPSED",
] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

/** Acts of people beside the proposal, in the order of an update's course. */
export const REVIEW_ACTS = [
  "ASK_EXTENSION",
  "EXTEND",
  "DECLINE_EXTENSION",
  "APPROVE",
  "DISAPPROVE",
  "PUBLISH",
  "RETURN",
  "WITHDRAW",
  "URGE",
] as const;
export type ReviewAct = (typeof REVIEW_ACTS)[number];

/**
 * The hub's own: NOTICE, where a declaration is not as it was published, RECKON, where a calendar that came later moves
 * a deadline, and LAPSE, where there is nothing to publish any more.
 */
export type UpdateAct = ReviewAct | "PROPOSE" | "NOTICE" | "RECKON" | "LAPSE";

/** The source department, the data authority of its level, and the hub. */
export type UpdateParty = "provider" | "authority" | "hub";

export interface UpdateStep {
  readonly act: UpdateAct;
  /** Empty: the update begins with it. */
  readonly from: readonly UpdateState[];
  /** Left out: the state stays. */
  readonly to?: UpdateState;
  readonly party: UpdateParty;
  readonly duty: Duty | "system";
  /** Something must be said. */
  readonly reason?: true;
  /** At most once in the course of an update. */
  readonly once?: true;
  /** Only before the deadline has passed, or only after. */
  readonly when?: "in time" | "overdue";
  /** Only where no change was noticed that must be published. */
  readonly ownAccord?: true;
  /** The declaration must still be the one that was proposed. */
  readonly asProposed?: true;
  /** The party is waited for: the act stands in its list of things to do. */
  readonly awaited?: true;
}

const WAITING = ["OPEN", "RETURNED"] as const;
const UNPROPOSED = [...WAITING, "EXTENSION_ASKED"] as const;
const REVIEWED = ["PROPOSED", "IN_REVIEW"] as const;

/** An update begins with one of these. */
export const NOTICING = {
  act: "NOTICE",
  from: [],
  to: "OPEN",
  party: "hub",
  duty: "system",
} as const satisfies UpdateStep;
export const PROPOSING = {
  act: "PROPOSE",
  from: [],
  to: "PROPOSED",
  party: "provider",
  duty: "steward",
} as const satisfies UpdateStep;

const provider = { party: "provider" } as const;
const authority = { party: "authority", duty: "decide" } as const;
const hub = { party: "hub", duty: "system" } as const;

export const UPDATE_STEPS: readonly UpdateStep[] = [
  NOTICING,
  PROPOSING,
  { ...NOTICING, from: UNPROPOSED, to: undefined },
  { ...NOTICING, from: REVIEWED, to: "RETURNED" },
  { ...PROPOSING, from: UNPROPOSED, awaited: true },
  { ...PROPOSING, from: ["PROPOSED"] },
  {
    act: "ASK_EXTENSION",
    ...provider,
    duty: "steward",
    from: WAITING,
    to: "EXTENSION_ASKED",
    reason: true,
    once: true,
    when: "in time",
  },
  { act: "EXTEND", ...authority, from: ["EXTENSION_ASKED"], to: "OPEN", awaited: true },
  { act: "DECLINE_EXTENSION", ...authority, from: ["EXTENSION_ASKED"], to: "OPEN", reason: true },
  {
    act: "APPROVE",
    ...provider,
    duty: "approve",
    from: ["PROPOSED"],
    to: "IN_REVIEW",
    asProposed: true,
    awaited: true,
  },
  { act: "DISAPPROVE", ...provider, duty: "approve", from: ["PROPOSED"], to: "RETURNED", reason: true },
  { act: "PUBLISH", ...authority, from: ["IN_REVIEW"], to: "PUBLISHED", asProposed: true, awaited: true },
  { act: "RETURN", ...authority, from: ["IN_REVIEW"], to: "RETURNED", reason: true },
  {
    act: "WITHDRAW",
    ...provider,
    duty: "steward",
    from: ["PROPOSED", "RETURNED"],
    to: "WITHDRAWN",
    ownAccord: true,
  },
  { act: "URGE", ...authority, from: [...UNPROPOSED, "PROPOSED"], reason: true, when: "overdue" },
  { act: "RECKON", ...hub, from: [...UNPROPOSED, ...REVIEWED] },
  { act: "LAPSE", ...hub, from: UNPROPOSED, to: "LAPSED" },
];

/** The step that an act is in a state, if it is one. */
export function updateStepFor(state: UpdateState, act: UpdateAct): UpdateStep | undefined {
  return UPDATE_STEPS.find((step) => step.act === act && step.from.includes(state));
}

/** States in which something is still to be done. */
export const OPEN_STATES: readonly UpdateState[] = [...UNPROPOSED, ...REVIEWED];
