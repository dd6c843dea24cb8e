/** WHO asks, for which purpose: one department's person or app, with its duties. */
import type { Code } from "../declare";

/** Duties; one identity holds at most one of the last three (三员分立, semantics 27). */
export const DUTIES = ["read", "steward", "decide", "approve", "admin", "security", "audit"] as const;
export type Duty = (typeof DUTIES)[number];

/** A bureau at a territory: `finance@140100000000`. */
export interface Department {
  readonly code: string;
  readonly kind: string;
  readonly territory: Code;
}

export interface Identity {
  /** Account or app as its issuer names it; a pseudonym, never an identity number. */
  readonly subject: string;
  readonly department: Department;
  readonly duties: readonly Duty[];
  readonly app?: string;
  /** An app that runs approved operations of its own alone. */
  readonly registeredOnly?: boolean;
  /** The one purpose this request is made for. */
  readonly purpose?: string;
}

/** The department a code names, or undefined where the code has another shape. */
export function departmentOf(code: string): Department | undefined {
  const match = /^([a-z]+(?:-[a-z]+)*)@(\d{12})$/.exec(code);
  return match ? { code, kind: match[1] as string, territory: match[2] as string } : undefined;
}

/** Security and audit duties watch over all grants and requests. */
export function watches({ duties }: Identity): boolean {
  return duties.includes("security") || duties.includes("audit");
}

const SEPARATE: readonly Duty[] = ["admin", "security", "audit"];

/** What forbids this set of duties, or undefined where it may be held by one identity. */
export function conflictOf(duties: readonly Duty[]): string | undefined {
  const held = SEPARATE.filter((d) => duties.includes(d));
  return held.length > 1
    ? `${held.join(", ")} are separate duties (三员分立): one identity holds at most one`
    : undefined;
}

/** Administrators, security officers and auditors run and watch the hub; they read no rows by that duty alone. */
export function readsData(identity: Identity): boolean {
  return identity.duties.some((d) => !SEPARATE.includes(d));
}
