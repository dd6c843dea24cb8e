/** The course of a request as one table: from which state which act leads where, whose it is, and what it does to the clock. */
import type { Duty } from "../../identity";

export const REQUEST_STATES = [
  "FILED",
  "DISAPPROVED",
  "RECEIVED",
  "SUPPLEMENT_ASKED",
  "EXTENSION_ASKED",
  "GRANTED",
  "DELIVERED",
  "REFUSED",
  "NEGOTIATING",
  "AT_AUTHORITY",
  "AT_SUPERIOR",
  "AT_GOVERNMENT",
  "UPHELD",
  "WITHDRAWN",
  "LAPSED",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** Acts of people, in the order of a request's course. */
export const REQUEST_ACTS = [
  "APPROVE",
  "DISAPPROVE",
  "ASK_SUPPLEMENT",
  "SUPPLEMENT",
  "ASK_EXTENSION",
  "EXTEND",
  "DECLINE_EXTENSION",
  "GRANT",
  "GRANT_PART",
  "REFUSE",
  "DELIVER",
  "WITHDRAW",
  "URGE",
  "DISPUTE",
  "ESCALATE",
  "REMIT",
  "UPHOLD",
] as const;
/**
 * FILE begins a request, SPLIT what was not granted of one. The hub's own: RECKON, where a calendar that came later moves
 * a deadline, and LAPSE, where nobody will take a step any more.
 */
export type RequestAct = (typeof REQUEST_ACTS)[number] | "FILE" | "SPLIT" | "RECKON" | "LAPSE";

/** The four sides of a request; each is one department, but the hub, which reckons and ends. */
export type Party = "requester" | "provider" | "authority" | "superior" | "hub";

export type ClockEffect =
  /** The provider's term to answer begins; again where a dispute sends the request back. */
  | "START"
  | "PAUSE"
  | "RESUME"
  | "EXTEND"
  | "STOP"
  /** The answer is given; data that does not flow by the service itself is now to be delivered. */
  | "GRANT";

export interface Step {
  readonly act: RequestAct;
  readonly from: readonly RequestState[];
  /** Left out: the state stays. */
  readonly to?: RequestState;
  readonly party: Party;
  readonly duty: Duty | "system";
  readonly clock?: ClockEffect;
  /** Something must be said: what is missing, why not. */
  readonly reason?: true;
  /** The reason must be a condition that the catalogue states (B-05). */
  readonly criterion?: true;
  /** Names what of it is granted. */
  readonly part?: true;
  /** At most once in the course of a request. */
  readonly once?: true;
  /** Only before the deadline has passed, or only after. */
  readonly when?: "in time" | "overdue";
  /** The party is waited for: the act stands in its list of things to do. */
  readonly awaited?: true;
}

const ANSWERING = ["RECEIVED", "EXTENSION_ASKED"] as const;
const ABOVE = ["AT_AUTHORITY", "AT_SUPERIOR", "AT_GOVERNMENT"] as const;
const DISPUTED = ["NEGOTIATING", ...ABOVE] as const;

/** How a request comes into being. */
export const FILING = {
  act: "FILE",
  from: [],
  to: "FILED",
  party: "requester",
  duty: "read",
} as const satisfies Step;

/** How the rest of a request begins that was granted in part: refused, or where its dispute stands. */
export const SPLITTING = {
  act: "SPLIT",
  from: [],
  party: "provider",
  duty: "decide",
} as const satisfies Step;

export function restState(from: RequestState): RequestState {
  return (DISPUTED as readonly RequestState[]).includes(from) ? from : "REFUSED";
}

/** B-10: the requester's head first, then the provider. */
const APPROVAL: readonly Step[] = [
  {
    act: "APPROVE",
    from: ["FILED"],
    to: "RECEIVED",
    party: "requester",
    duty: "approve",
    clock: "START",
    awaited: true,
  },
  {
    act: "DISAPPROVE",
    from: ["FILED"],
    to: "DISAPPROVED",
    party: "requester",
    duty: "approve",
    reason: true,
  },
  {
    act: "WITHDRAW",
    from: ["FILED", "SUPPLEMENT_ASKED", ...ANSWERING, ...DISPUTED],
    to: "WITHDRAWN",
    party: "requester",
    duty: "read",
    clock: "STOP",
  },
];

const GRANTING = {
  act: "GRANT",
  to: "GRANTED",
  party: "provider",
  duty: "decide",
  clock: "GRANT",
} as const satisfies Omit<Step, "from">;

/** B-11, B-12, B-13: the provider's answer, in time. */
const ANSWER: readonly Step[] = [
  {
    act: "ASK_SUPPLEMENT",
    from: ["RECEIVED"],
    to: "SUPPLEMENT_ASKED",
    party: "provider",
    duty: "decide",
    clock: "PAUSE",
    reason: true,
    once: true,
    when: "in time",
  },
  {
    act: "SUPPLEMENT",
    from: ["SUPPLEMENT_ASKED"],
    to: "RECEIVED",
    party: "requester",
    duty: "read",
    clock: "RESUME",
    reason: true,
    awaited: true,
  },
  {
    act: "ASK_EXTENSION",
    from: ["RECEIVED"],
    to: "EXTENSION_ASKED",
    party: "provider",
    duty: "decide",
    reason: true,
    once: true,
    when: "in time",
  },
  {
    act: "EXTEND",
    from: ["EXTENSION_ASKED"],
    to: "RECEIVED",
    party: "authority",
    duty: "decide",
    clock: "EXTEND",
    awaited: true,
  },
  {
    act: "DECLINE_EXTENSION",
    from: ["EXTENSION_ASKED"],
    to: "RECEIVED",
    party: "authority",
    duty: "decide",
    reason: true,
  },
  { ...GRANTING, from: [...ANSWERING, "NEGOTIATING"], awaited: true },
  // The provider may come round at any rung of the ladder, though nobody waits for it there.
  { ...GRANTING, from: [...ABOVE] },
  {
    ...GRANTING,
    act: "GRANT_PART",
    from: [...ANSWERING, ...DISPUTED],
    reason: true,
    criterion: true,
    part: true,
  },
  {
    act: "REFUSE",
    from: [...ANSWERING],
    to: "REFUSED",
    party: "provider",
    duty: "decide",
    clock: "STOP",
    reason: true,
    criterion: true,
    awaited: true,
  },
  {
    act: "DELIVER",
    from: ["GRANTED"],
    to: "DELIVERED",
    party: "provider",
    duty: "decide",
    clock: "STOP",
    awaited: true,
  },
  {
    act: "URGE",
    from: [...ANSWERING, "GRANTED"],
    party: "authority",
    duty: "decide",
    reason: true,
    when: "overdue",
  },
];

const rung = (from: RequestState, to: RequestState): Step => ({
  act: "ESCALATE",
  from: [from],
  to,
  party: "requester",
  duty: "approve",
  reason: true,
});
const remit = (from: readonly RequestState[], party: Party): Step => ({
  act: "REMIT",
  from,
  to: "RECEIVED",
  party,
  duty: "decide",
  clock: "START",
  reason: true,
  awaited: true,
});

/** B-23: negotiation, the authority of that level, the common superior authority, the government of that level. */
const DISPUTE: readonly Step[] = [
  {
    act: "DISPUTE",
    from: ["REFUSED"],
    to: "NEGOTIATING",
    party: "requester",
    duty: "approve",
    reason: true,
  },
  rung("NEGOTIATING", "AT_AUTHORITY"),
  rung("AT_AUTHORITY", "AT_SUPERIOR"),
  rung("AT_SUPERIOR", "AT_GOVERNMENT"),
  remit(["AT_AUTHORITY"], "authority"),
  remit(["AT_SUPERIOR", "AT_GOVERNMENT"], "superior"),
  {
    act: "UPHOLD",
    from: ["AT_GOVERNMENT"],
    to: "UPHELD",
    party: "superior",
    duty: "decide",
    reason: true,
    awaited: true,
  },
];

const RECKONING: Step = {
  act: "RECKON",
  from: [...ANSWERING, "GRANTED"],
  party: "hub",
  duty: "system",
};

/** Once the time of use has passed, or a supplement never came. */
const LAPSING: Step = {
  act: "LAPSE",
  from: ["FILED", "SUPPLEMENT_ASKED", ...ANSWERING, ...DISPUTED, "GRANTED"],
  to: "LAPSED",
  party: "hub",
  duty: "system",
  clock: "STOP",
};

export const STEPS: readonly Step[] = [
  FILING,
  SPLITTING,
  ...APPROVAL,
  ...ANSWER,
  ...DISPUTE,
  RECKONING,
  LAPSING,
];

/** The step that an act is in a state, if it is one. */
export function stepFor(state: RequestState, act: RequestAct): Step | undefined {
  return STEPS.find((step) => step.act === act && step.from.includes(state));
}
