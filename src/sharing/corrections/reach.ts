/** Whose a correction is: who knows of it, which acts are open to an identity, and what waits for it. */
import { type Duty, type Identity, watches } from "../../identity";
import { obstacleTo } from "./course";
import {
  CORRECTION_ACTS,
  CORRECTION_STEPS,
  type CorrectionAct,
  type CorrectionState,
  type CorrectionStep,
  correctionStep,
} from "./steps";
import type { CorrectionParties, StoredCorrection } from "./store";

/** The two sides, the data authority of the provider's level, and the duties that watch; for all others it is not there. */
export function mayKnow(asker: Identity, { requester, provider, authority }: CorrectionParties): boolean {
  return watches(asker) || [requester, provider, authority].includes(asker.department.code);
}

/** The duty by which the step is this identity's: of the party's department, with one of the duties. */
export function dutyFor(
  { department, duties }: Identity,
  parties: CorrectionParties,
  step: CorrectionStep,
): Duty | undefined {
  if (step.party === "hub" || parties[step.party] !== department.code) return undefined;
  return step.duties.find((duty): duty is Duty => duty !== "system" && duties.includes(duty));
}

/** Acts that this identity could take now; to correct the row itself is a change of the row. */
export function openActs(asker: Identity, correction: StoredCorrection, now: Date): CorrectionAct[] {
  return CORRECTION_ACTS.filter((act) => {
    const step = correctionStep(correction.state, act);
    return step && dutyFor(asker, correction, step) && !obstacleTo(step, correction, now);
  });
}

/** States in which the provider is waited for, by one who has these duties; for others none. */
export function awaitedStates(duties: readonly Duty[]): CorrectionState[] {
  const steps = CORRECTION_STEPS.filter(
    (s) => s.awaited && s.duties.some((duty) => duty !== "system" && duties.includes(duty)),
  );
  return [...new Set(steps.flatMap((s) => s.from))];
}
