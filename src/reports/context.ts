/** What the report doors need of the request they serve. */
import type { Catalogue } from "../declare";
import type { Identity } from "../identity";
import type { Question } from "../read";
import type { Sharing } from "../sharing";
import type { Changed } from "./freshness";

export interface ReportContext {
  readonly identity: Identity;
  readonly catalogue: Catalogue;
  /** Asks the planner under the request's decisions; what was read goes into the request's tally and record. */
  ask(question: Question): Promise<unknown>;
  /** Days of the latest change of these datasets; left out: not known. */
  readonly lastChanges?: (datasets: readonly string[]) => Promise<Changed>;
  /** Left out: sharing is not kept here, and has no report. */
  readonly sharing?: Pick<Sharing, "supervision">;
}
