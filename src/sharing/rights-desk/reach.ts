/** Whose a case is: who knows of it, who reads what was said, which acts are open, and what waits for whom. */
import { type Duty, type Identity, watches } from "../../identity";
import { CASE_ACTS, CASE_STEPS, type CaseAct, type CaseStep, caseStep } from "./steps";
import type { StoredCase } from "./store";

const AT_THE_DESK: readonly Duty[] = ["steward", "decide"];

/** Staff of the department that handles it; only they read what was said and what the row says. */
export function handles({ department, duties }: Identity, { department: own }: StoredCase): boolean {
  return department.code === own && duties.some((duty) => AT_THE_DESK.includes(duty));
}

/** For everybody else there is no such case: that a person asked is itself about the person. */
export function mayKnow(asker: Identity, one: StoredCase): boolean {
  return handles(asker, one) || watches(asker);
}

export function mayTake({ department, duties }: Identity, one: StoredCase, { duty }: CaseStep): boolean {
  return department.code === one.department && duties.includes(duty);
}

/** Acts that this identity could take now. */
export function openActs(asker: Identity, one: StoredCase): CaseAct[] {
  return CASE_ACTS.filter((act) => {
    const step = caseStep(one.kind, one.state, act);
    return step && mayTake(asker, one, step);
  });
}

/** Kinds of open cases that wait for these duties: somebody is to answer the person. */
export function awaitedKinds(duties: readonly Duty[]): string[] {
  const steps = CASE_STEPS.filter(({ act, duty }) => act === "FULFIL" && duties.includes(duty));
  return [...new Set(steps.flatMap(({ kinds }) => kinds))];
}
