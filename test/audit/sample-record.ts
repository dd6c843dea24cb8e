// A record as the server makes it, for tests of the store alone.
import type { AccessRecord } from "../../src/audit";

export function sampleRecord(requestId: string, given: Partial<AccessRecord> = {}): AccessRecord {
  return {
    at: new Date(),
    requestId,
    subject: "officer-17",
    department: "finance@140100000000",
    purpose: "budget-review",
    operation: "Volunteers",
    document: "query Volunteers { volunteers { nodes { name } } }",
    datasets: [
      {
        dataset: "volunteer",
        fields: [{ field: "name", level: "MASKED", territories: ["140105000000"] }],
      },
    ],
    rows: 20,
    suppressed: 0,
    grants: ["grant-1"],
    cost: 20,
    outcome: "ANSWERED",
    milliseconds: 7,
    ...given,
  };
}
