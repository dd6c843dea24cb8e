// An act of the hub's operators on the command line, as an access record says it.
import { userInfo } from "node:os";
import { v7 } from "uuid";
import type { AccessRecord } from "./record";

export interface Act
  extends Partial<Pick<AccessRecord, "datasets" | "document" | "department" | "rows" | "code">> {
  readonly by?: string;
  readonly at: Date;
}

/** The account of the machine that runs the command. */
export const operator = () => `cli:${userInfo().username}`;

/** `operation` is the command with what it was done to, and no secret. */
export function actOf(operation: string, { by = operator(), at, ...told }: Act): AccessRecord {
  return {
    at,
    requestId: v7(),
    subject: by,
    department: "system",
    kind: "COMMAND",
    operation,
    datasets: [],
    rows: 0,
    suppressed: 0,
    grants: [],
    cost: 0,
    outcome: "ANSWERED",
    milliseconds: Math.max(0, Date.now() - at.getTime()),
    ...told,
  };
}
