/** The named checks that a declaration may ask of a text: each gives undefined, or in words what is wrong. */
import { creditCodeProblem, creditOrFilingProblem } from "./code/credit-code";
import { divisionProblem, nodeProblem } from "./code/division-code";
import { identityNumberProblem } from "./code/identity-number";
import { certificateProblem, departmentCodeProblem, facilityCodeProblem } from "./code/register-code";
import { officePhoneProblem, phoneProblem } from "./code/telephone";

export { masked } from "./code/mask";

/** Chinese first, then English; a problem's text never contains the value, which may be a person's. */
export type Check = (text: string) => string | undefined;

/**
 * Checks by the name a field's type gives. All are about form alone: `division` also promises that the code exists,
 * which the write asks of the division tree; `divisionCode` is a code of any scheme or edition and promises nothing.
 */
export const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["creditCode", creditCodeProblem],
  ["creditOrFiling", creditOrFilingProblem],
  ["idNumber", (text) => identityNumberProblem(text)],
  ["phone", phoneProblem],
  ["officePhone", officePhoneProblem],
  ["division", divisionProblem],
  ["divisionCode", divisionProblem],
  ["divisionNode", nodeProblem],
  ["departmentCode", departmentCodeProblem],
  ["facilityCode", facilityCodeProblem],
  ["certificate", certificateProblem],
]);
