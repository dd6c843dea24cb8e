/** Small worlds by hand: a test says only the values that matter to it. */
import { buildSchema } from "graphql";
import { type Department, departmentOf, type Grant, type Rights } from "../../src/identity";
import { answer } from "./reference/answer";
import { Policy } from "./reference/levels";
import { Model } from "./reference/model";
import type { Row, Rows, Value } from "./reference/rows";
import { sdlOf } from "./reference/sdl";
import { CITY, COMMUNITIES, NODES, trialCatalogue } from "./world";

const catalogue = trialCatalogue();
const schema = buildSchema(sdlOf(catalogue));
const NOW = new Date("2026-11-22T04:00:00Z");

/** A row with the n-th id; a territory, and consent, where nothing else is said. */
export function row(n: number, values: Record<string, Value>, cellKey = 0): Row {
  const id = `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const masked = Object.fromEntries(
    Object.keys(values).map((k) => [k, values[k] === null ? null : "masked"]),
  );
  return {
    id,
    cellKey,
    masked,
    values: {
      territory: COMMUNITIES[0] as string,
      consented: true,
      agreed: true,
      bornOn: "1980-01-01",
      ...values,
    },
  };
}

export interface Asking {
  readonly rows: Rows;
  readonly as?: string;
  readonly grants?: readonly Partial<Grant>[];
  readonly standings?: Rights["standings"];
  readonly variables?: Record<string, unknown>;
}

const ALWAYS = { from: "2020-01-01T00:00:00Z" };

export const OPEN: Rights["standings"] = [
  {
    ...ALWAYS,
    id: "open",
    kind: "*",
    except: ["committee"],
    over: "UNCONDITIONAL",
    level: "FULL",
    scope: "CITY",
  },
  {
    ...ALWAYS,
    id: "totals",
    kind: "*",
    except: [],
    over: "AGGREGATE_OPEN",
    level: "AGGREGATE",
    scope: "CITY",
  },
];

function rightsOf(asking: Asking, department: string): Rights {
  const grants = (asking.grants ?? []).map(
    (g, i): Grant => ({
      ...ALWAYS,
      id: `g${i}`,
      department,
      dataset: "person",
      fields: [],
      level: "FULL",
      territory: CITY,
      purpose: "survey",
      legalBasis: "b",
      grantedBy: "t",
      ...g,
    }),
  );
  const stewardships = catalogue.datasets.flatMap((d) => [
    { ...ALWAYS, id: d.name, dataset: d.name, kind: d.steward },
    ...d.fields
      .filter((f) => f.steward)
      .map((f) => ({ ...ALWAYS, id: f.name, dataset: d.name, field: f.name, kind: f.steward as string })),
  ]);
  return { epoch: 1, stewardships, standings: asking.standings ?? OPEN, grants };
}

/** The data of the answer, or its refusals as `CODE field`. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question
export async function ask(query: string, asking: Asking): Promise<any> {
  const department = asking.as ?? `housing@${CITY}`;
  const identity = {
    subject: "s",
    department: departmentOf(department) as Department,
    duties: ["read" as const],
    purpose: "survey",
  };
  const model = new Model(
    catalogue,
    asking.rows,
    new Policy(catalogue, rightsOf(asking, department), identity, NOW, asking.rows),
    NODES,
  );
  const reply = await answer(schema, model, { query, variables: asking.variables });
  const refusals = Object.values(reply.refused).flat();
  return refusals.length > 0
    ? refusals.map((r) => [r.code, r.reason, r.field].filter(Boolean).join(" "))
    : reply.data;
}
