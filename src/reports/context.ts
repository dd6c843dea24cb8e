/** What the report doors need of the request they serve. */
import type { Catalogue } from "../declare";
import type { Question } from "../read";

export interface ReportContext {
  readonly catalogue: Catalogue;
  /** Asks the planner under the request's decisions; what was read goes into the request's tally and record. */
  ask(question: Question): Promise<unknown>;
}
