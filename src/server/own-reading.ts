// What the hub itself looks up among its datasets, by the same planner, under decisions named after their reason.
import { parse } from "graphql";
import { type Decisions, systemDecision } from "../access";
import type { Catalogue } from "../declare";
import type { RightsStore } from "../identity";
import type { Reader } from "./reading";

export interface OwnReading {
  /** Whether a department of this code is registered. */
  knowsDepartment(code: string): Promise<boolean>;
  /** Names of the divisions of the working scheme by code; read anew from time to time. */
  divisionNames(): Promise<Map<string, string>>;
}

const DEPARTMENT = parse("query ($code: String!) { department(code: $code) { code } }");
/** The working scheme and edition (semantics 8). */
const DIVISIONS = parse(`query ($after: String) {
  divisions(where: { scheme: { eq: STATISTICS }, edition: { eq: "2023" } }, first: 1000, after: $after) {
    nodes { code name } pageInfo { endCursor hasNextPage } } }`);

interface Divisions {
  readonly divisions: {
    readonly nodes: readonly { readonly code: string; readonly name: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

export function ownReading(reader: Reader, catalogue: Catalogue, rights: RightsStore): OwnReading {
  const read = async (reason: string, document: typeof DEPARTMENT, variables: Record<string, unknown>) => {
    const decisions = under(reason, catalogue, rights, (await rights.current()).epoch);
    const { text } = await reader.answer({ document, variables }, decisions);
    return JSON.parse(text) as unknown;
  };
  return {
    async knowsDepartment(code) {
      const { department } = (await read("departments of identities", DEPARTMENT, { code })) as {
        department: unknown;
      };
      return department !== null;
    },
    async divisionNames() {
      const names = new Map<string, string>();
      for (let after: string | null = null, more = true; more; ) {
        const { divisions } = (await read("names of divisions", DIVISIONS, { after })) as Divisions;
        for (const { code, name } of divisions.nodes) names.set(code, name);
        [after, more] = [divisions.pageInfo.endCursor, divisions.pageInfo.hasNextPage];
      }
      return names;
    },
  };
}

function under(reason: string, catalogue: Catalogue, rights: RightsStore, epoch: number): Decisions {
  return {
    epoch,
    decide: (dataset) => systemDecision(catalogue.dataset(dataset), reason, epoch),
    purposesFor: () => [],
    refresh: async () => under(reason, catalogue, rights, (await rights.refresh()).epoch),
  };
}
