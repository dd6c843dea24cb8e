/** The rights in force as plain data: stewardship, standing rights and grants, each dated, each a row. */
import type { Code, Level } from "../declare";

export interface Dated {
  readonly id: string;
  /** In force from this instant (ISO 8601). */
  readonly from: string;
  /** In force until, not included; open-ended if left out. */
  readonly until?: string;
}

/** Which department kind is the one source of a dataset, or of one field of it (semantics 1). */
export interface Stewardship extends Dated {
  readonly dataset: string;
  readonly field?: string;
  readonly kind: string;
}

/** A right that belongs to a kind of department without a request (semantics 3, 30). */
export interface Standing extends Dated {
  /** Department kind, or `*` for every kind but those of `except`. */
  readonly kind: string;
  readonly except: readonly string[];
  readonly over: "UNCONDITIONAL" | "CONDITIONAL" | "AGGREGATE_OPEN";
  readonly level: Level;
  /** CITY: the whole city; OWN: the department's own subtree (回流, B-15). */
  readonly scope: "CITY" | "OWN";
}

/** What a provider granted: department × dataset × fields × level × territory, for one purpose (B-17). */
export interface Grant extends Dated {
  readonly department: string;
  readonly dataset: string;
  /** Names of fields; empty: every field that is not NOT_SHARED. */
  readonly fields: readonly string[];
  readonly level: Level;
  readonly territory: Code;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly grantedBy: string;
  readonly request?: string;
}

/** Everything `decide` may read, as it stood at one epoch. */
export interface Rights {
  /** Grows with every change of any right; a statement checks it (semantics 7). */
  readonly epoch: number;
  readonly stewardships: readonly Stewardship[];
  readonly standings: readonly Standing[];
  readonly grants: readonly Grant[];
}

export function inForce(right: Dated, at: Date): boolean {
  return Date.parse(right.from) <= at.getTime() && (!right.until || at.getTime() < Date.parse(right.until));
}

/** The next instant after `at` at which one of these rights begins or ends: a decision lives no longer. */
export function nextChange(rights: readonly Dated[], at: Date): number {
  const instants = rights.flatMap((r) => [
    Date.parse(r.from),
    r.until ? Date.parse(r.until) : Number.POSITIVE_INFINITY,
  ]);
  return Math.min(Number.POSITIVE_INFINITY, ...instants.filter((t) => t > at.getTime()));
}

/** Those in force of a field: its own, or else those of its dataset (semantics 1); without a field those of the dataset. */
export function stewardshipsOf(
  { stewardships }: Pick<Rights, "stewardships">,
  { dataset, field }: { readonly dataset: string; readonly field?: string },
  at: Date,
): Stewardship[] {
  const now = stewardships.filter((s) => s.dataset === dataset && inForce(s, at));
  const own = field === undefined ? [] : now.filter((s) => s.field === field);
  return own.length > 0 ? own : now.filter((s) => s.field === undefined);
}

/** The kind that is steward of a field now, or of a dataset. */
export function stewardKind(
  rights: Pick<Rights, "stewardships">,
  dataset: string,
  field: string | undefined,
  at: Date,
): string | undefined {
  return stewardshipsOf(rights, { dataset, field }, at)[0]?.kind;
}
