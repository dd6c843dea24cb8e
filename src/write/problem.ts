/** What is wrong with a row, in words a person can act on; never a value, neither this row's nor another's. */
import { HubError } from "../errors";

export interface Problem {
  /** The field to correct. */
  readonly field: string;
  /** All fields, where the rule is about several. */
  readonly fields?: readonly string[];
  /** Chinese, then English. */
  readonly problem: string;
  /** Stable name of the rule, for programs. */
  readonly rule: string;
}

/** Refuses the row with all its problems at once, or does nothing where there are none. */
export function refuse(dataset: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new HubError(
    "INVALID_ROW",
    `这条记录有 ${problems.length} 处问题。The row has ${problems.length} problem${problems.length > 1 ? "s" : ""}`,
    { dataset, problems },
  );
}
