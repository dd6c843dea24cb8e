// What every resolver and plugin is given about the request it serves.
import type { Decisions } from "../access";
import type { AuditContext } from "../audit";
import type { Feed, Stamps, Webhooks } from "../exchange";
import { type AccessNote, joined, mergeNotes, type ReadContext } from "../read";
import type { ReportContext } from "../reports";
import type { Sharing } from "../sharing";
import type { Writer } from "../write";
import type { Imports } from "../write/import";
import type { Reading } from "./reading";
import type { Visit } from "./visit";

export interface HubContext extends ReadContext, AuditContext, ReportContext {
  readonly requestId: string;
  readonly decisions: Decisions;
  readonly visit: Visit;
  readonly tally: Tally;
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly sharing?: Sharing;
  readonly writer?: Writer;
  readonly imports?: Imports;
  readonly changes?: Feed;
  readonly webhooks?: Webhooks;
  readonly stamps?: Stamps;
}

/** What a plain question is answered in. */
export type Asking = Pick<HubContext, "identity" | "requestId" | "decisions" | "visit" | "tally">;

/** What one operation read, from both exits. */
export class Tally {
  readonly #readings: Reading[] = [];

  add(reading: Reading): void {
    this.#readings.push(reading);
  }

  get any(): boolean {
    return this.#readings.length > 0;
  }

  get rows(): number {
    return this.#sum((r) => r.rows);
  }

  get suppressed(): number {
    return this.#sum((r) => r.suppressed);
  }

  get cost(): number {
    return this.#sum((r) => r.prepared.cost);
  }

  get personal(): boolean {
    return this.#readings.some((r) => r.prepared.personal);
  }

  /** Of one reading, lists as they are: what was made of them is known by the list. */
  get access(): readonly AccessNote[] {
    return this.#only?.access ?? mergeNotes(this.#readings.map((r) => r.prepared.access));
  }

  /** By which what the answer lacks is asked for. */
  get apply(): string | undefined {
    return joined(this.#readings.flatMap((r) => r.apply));
  }

  get touched(): Reading["prepared"]["touched"] {
    return this.#only?.touched ?? this.#readings.flatMap((r) => r.prepared.touched);
  }

  get grants(): readonly string[] {
    return this.#only?.grants ?? [...new Set(this.#readings.flatMap((r) => r.prepared.grants))];
  }

  get #only(): Reading["prepared"] | undefined {
    return this.#readings.length === 1 ? this.#readings[0]?.prepared : undefined;
  }

  #sum(of: (reading: Reading) => number): number {
    return this.#readings.reduce((sum, reading) => sum + of(reading), 0);
  }
}
