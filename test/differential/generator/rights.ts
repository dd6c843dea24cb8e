/** Random rights and readers: stewards, standing rights and grants of every level, field, territory, purpose and time. */
import type { Catalogue, DatasetEntry } from "../../../src/declare";
import {
  type Department,
  departmentOf,
  type Grant,
  type Identity,
  type Rights,
  type Standing,
  type Stewardship,
} from "../../../src/identity";
import { CITY, COMMUNITIES, DISTRICTS, ELSEWHERE, NODES, STREETS } from "../world";
import type { Choose } from "./choose";

const PURPOSES = ["relief", "survey"];
const LONG_AGO = "2020-01-01T00:00:00Z";

const DEPARTMENTS: readonly Department[] = [
  `housing@${CITY}`,
  `civil-affairs@${CITY}`,
  `finance@${CITY}`,
  `big-data@${CITY}`,
  `human-resources@${CITY}`,
  `civil-affairs@${DISTRICTS[0]}`,
  `finance@${DISTRICTS[1]}`,
  `human-resources@${DISTRICTS[0]}`,
  `street-office@${STREETS[0]}`,
  `street-office@${STREETS[3]}`,
  `committee@${COMMUNITIES[0]}`,
  `committee@${COMMUNITIES[5]}`,
].map((code) => departmentOf(code) as Department);

export function readersOf(choose: Choose, count: number): Identity[] {
  return choose.some(DEPARTMENTS, count, count).map((department, i) => ({
    subject: `reader-${i}`,
    department,
    duties: choose.maybe(3) ? ["audit"] : choose.maybe(5) ? ["read", "security"] : ["read"],
    purpose: choose.maybe(70) ? choose.of(PURPOSES) : undefined,
  }));
}

export function rightsOf(choose: Choose, catalogue: Catalogue, readers: readonly Identity[]): Rights {
  return {
    epoch: 1,
    stewardships: catalogue.datasets.flatMap((d) => stewardsOf(choose, d)),
    standings: [...usual(choose), ...choose.times(choose.upTo(2), (i) => standing(choose, `extra-${i}`))],
    grants: [
      ...choose.times(choose.between(2, 14), (i) => grantOf(choose, catalogue, readers, `grant-${i}`)),
      ...readers.flatMap((reader, i) =>
        choose.maybe(40) ? layersOf(choose, catalogue, reader, `layer-${i}`) : [],
      ),
      ...readers.flatMap((reader, i) =>
        choose.maybe(25) ? scatteredOf(choose, catalogue, reader, `scattered-${i}`) : [],
      ),
    ],
  };
}

function stewardsOf(choose: Choose, dataset: DatasetEntry): Stewardship[] {
  const name = dataset.name;
  const whole: Stewardship[] = choose.maybe(10)
    ? [
        {
          id: `s-${name}-old`,
          dataset: name,
          kind: "planning",
          from: LONG_AGO,
          until: "2024-01-01T00:00:00Z",
        },
        { id: `s-${name}`, dataset: name, kind: dataset.steward, from: "2024-01-01T00:00:00Z" },
      ]
    : [{ id: `s-${name}`, dataset: name, kind: dataset.steward, from: LONG_AGO }];
  const fields = dataset.fields
    .filter((f) => f.steward)
    .map(
      (f): Stewardship => ({
        id: `s-${name}-${f.name}`,
        dataset: name,
        field: f.name,
        kind: f.steward as string,
        from: LONG_AGO,
        ...(choose.maybe(15) ? { until: "2025-01-01T00:00:00Z" } : {}),
      }),
    );
  return [...whole, ...fields];
}

/** The rights that seeds write for everybody, most of them, most of the time. */
function usual(choose: Choose): Standing[] {
  const common = { except: [], from: LONG_AGO };
  const all: Standing[] = [
    {
      ...common,
      id: "open",
      kind: "*",
      except: ["committee"],
      over: "UNCONDITIONAL",
      level: "FULL",
      scope: "CITY",
    },
    {
      ...common,
      id: "open-committee",
      kind: "committee",
      over: "UNCONDITIONAL",
      level: "FULL",
      scope: "OWN",
    },
    { ...common, id: "back-street", kind: "street-office", over: "CONDITIONAL", level: "FULL", scope: "OWN" },
    {
      ...common,
      id: "back-committee",
      kind: "committee",
      over: "CONDITIONAL",
      level: "MASKED",
      scope: "OWN",
    },
    { ...common, id: "figures", kind: "big-data", over: "CONDITIONAL", level: "AGGREGATE", scope: "CITY" },
    { ...common, id: "totals", kind: "*", over: "AGGREGATE_OPEN", level: "AGGREGATE", scope: "CITY" },
  ];
  return all.filter(() => !choose.maybe(12));
}

function standing(choose: Choose, id: string): Standing {
  return {
    id,
    except: choose.maybe(30) ? ["finance"] : [],
    kind: choose.of(["*", "housing", "civil-affairs", "street-office"]),
    over: choose.of(["UNCONDITIONAL", "CONDITIONAL"]),
    level: choose.of(["AGGREGATE", "MASKED", "FULL"]),
    scope: choose.of(["OWN", "CITY"]),
    ...timesOf(choose),
  };
}

export function grantOf(
  choose: Choose,
  catalogue: Catalogue,
  readers: readonly Identity[],
  id: string,
): Grant {
  const dataset = choose.of(catalogue.datasets);
  const reader = choose.of(readers);
  const others = dataset.fields.filter((f) => !f.key).map((f) => f.name);
  return {
    id,
    department: choose.maybe(90) ? reader.department.code : choose.of(DEPARTMENTS).code,
    dataset: dataset.name,
    fields: choose.maybe(45) ? choose.some(others, 1, 6) : [],
    level: choose.of(["FULL", "FULL", "AGGREGATE", "MASKED"]),
    territory: choose.maybe(80) ? choose.of(NODES) : CITY,
    purpose: choose.maybe(90) && reader.purpose ? reader.purpose : choose.of(PURPOSES),
    legalBasis: "basis",
    grantedBy: "tester",
    ...timesOf(choose),
  };
}

/** Figures of the whole city and rows of a part of it: what makes a figure exact here and protected there. */
function layersOf(choose: Choose, catalogue: Catalogue, reader: Identity, id: string): Grant[] {
  const dataset = choose.of(catalogue.datasets.filter((d) => d.protected)).name;
  const wide = {
    ...grantOf(choose, catalogue, [reader], id),
    dataset,
    department: reader.department.code,
    fields: [],
  };
  const purpose = reader.purpose ?? wide.purpose;
  const rows = choose.of(["FULL", "FULL", "MASKED"] as const);
  return [
    { ...wide, id: `${id}-figures`, purpose, level: "AGGREGATE", territory: CITY },
    {
      ...wide,
      id: `${id}-rows`,
      purpose,
      level: rows,
      territory: choose.of([...DISTRICTS, ...STREETS, ...COMMUNITIES]),
    },
  ];
}

/** Many nodes of all levels, most of them without rows: too many to be compared one by one. */
function scatteredOf(choose: Choose, catalogue: Catalogue, reader: Identity, id: string): Grant[] {
  const one = {
    ...grantOf(choose, catalogue, [reader], id),
    dataset: choose.of([...catalogue.datasets]).name,
    department: reader.department.code,
    fields: [],
  };
  const purpose = reader.purpose ?? one.purpose;
  const near = choose.some([...COMMUNITIES, ...STREETS], 1, 5);
  const far = choose.some(ELSEWHERE, 3, 95);
  return [...near, ...far].map((territory, i) => ({ ...one, id: `${id}-${i}`, purpose, territory }));
}

/** Mostly in force; sometimes not yet, or no more. */
function timesOf(choose: Choose): { from: string; until?: string } {
  if (choose.maybe(5)) return { from: "2099-01-01T00:00:00Z" };
  if (choose.maybe(5)) return { from: LONG_AGO, until: "2025-01-01T00:00:00Z" };
  return choose.maybe(15) ? { from: LONG_AGO, until: "2099-01-01T00:00:00Z" } : { from: LONG_AGO };
}
