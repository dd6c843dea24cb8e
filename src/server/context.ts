// What every resolver and plugin is given about the request it serves.
import type { Decide } from "../access";
import type { Identity } from "../identity";
import type { Prepared } from "./reading";
import type { Visit } from "./visit";

export interface HubContext {
  readonly identity: Identity;
  readonly requestId: string;
  readonly decide: Decide;
  readonly epoch: number;
  readonly visit: Visit;
  readonly tally: Tally;
}

/** What one operation read, gathered from both exits, for `extensions` and for the access record. */
export class Tally {
  readonly prepared: Prepared[] = [];
  rows = 0;
  suppressed = 0;

  get cost(): number {
    return this.prepared.reduce((sum, p) => sum + p.cost, 0);
  }

  get personal(): boolean {
    return this.prepared.some((p) => p.personal);
  }
}
