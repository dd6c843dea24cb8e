/** Reads how sharing was performed over a period, from the hub's own bookkeeping (B-29). */
import type { Pool } from "pg";
import type { Catalogue, Code } from "../../declare";
import { type Day, readCalendar } from "../clock";
import { UNUSED_DAYS } from "../grants/grants";
import { departmentsAmong, type Now } from "../requests/parts";
import { GROUPS, type GroupName, SIDES, type Side } from "./figures";
import { checkPeriod, type Period, startOf, workdays } from "./period";
import type { Sight } from "./sight";
import {
  CATALOGUE,
  CORRECTIONS,
  DELIVERIES,
  type Given,
  GRANTS,
  MISSED,
  REQUEST_ACTS_DONE,
  REVIEWS,
  TERMS,
  valuesOf,
} from "./statements";

/** Figures of a group by name; a median may be null. */
export type Figures = Readonly<Record<string, number | null>>;

/** On which condition of the catalogue requests were refused, in part too. */
export interface Refusal {
  readonly criterion: string;
  readonly refused: number;
  readonly inPart: number;
}

export type SupervisedDepartment = {
  readonly side: Side;
  readonly department: string;
  readonly departmentName: string;
  readonly refusals: readonly Refusal[];
} & { readonly [group in GroupName]: Figures | null };

export interface MissedField {
  readonly dataset: string;
  readonly field: string;
  readonly departments: number;
  readonly withNone: number;
  readonly answers: number;
  readonly requestedBy: number;
  readonly requests: number;
}

export interface Performance {
  readonly from: Day;
  readonly until: Day;
  readonly at: string;
  readonly territory: Code;
  /** The one department that the reader sees, where it sees no others. */
  readonly department?: string;
  /** By side, then by code. */
  readonly rows: readonly SupervisedDepartment[];
  readonly missed: readonly MissedField[];
}

export interface SupervisionParts {
  readonly catalogue: Catalogue;
  readonly pool: Pool;
  readonly now: Now;
  /** Ids of grants by which an answer has left since an instant. */
  readonly usedSince: (since: Date) => Promise<string[]>;
}

/** Rows of the list of missed fields. */
const MOST = 50;
const DAY = 86_400_000;

type Row = { readonly side: Side; readonly department: string } & Record<
  string,
  number | string | boolean | null
>;

export async function readPerformance(
  parts: SupervisionParts,
  { from, until }: Period,
  sight: Sight,
): Promise<Performance> {
  const now = parts.now();
  checkPeriod({ from, until }, now);
  const given: Given = {
    ...{ from: startOf(from), until: startOf(until), now },
    ...{ rangeFrom: sight.range.from, rangeTo: sight.range.to, department: sight.department ?? null },
  };
  const values = valuesOf(given);
  const read = async <T>(text: string, ...more: unknown[]): Promise<T[]> =>
    (await parts.pool.query(text, [...values, ...more])).rows as T[];
  const days = workdays({ from, until }, now, await readCalendar(parts.pool));
  const used = await parts.usedSince(new Date(now.getTime() - UNUSED_DAYS * DAY));
  const terms = await read<Row>(TERMS, days);
  const found: readonly (readonly [GroupName, readonly Row[]])[] = [
    ["requests", terms.filter(({ refusals }) => !refusals)],
    ["requests", await read<Row>(REQUEST_ACTS_DONE)],
    ["deliveries", await read<Row>(DELIVERIES)],
    ["corrections", await read<Row>(CORRECTIONS, days)],
    ["grants", await read<Row>(GRANTS, UNUSED_DAYS, used)],
    ["catalogue", await read<Row>(CATALOGUE)],
    ["reviews", await read<Row>(REVIEWS)],
  ];
  const rows = rowsOf(
    found,
    terms.filter(({ refusals }) => refusals),
  );
  const names = await departmentsAmong(
    parts,
    rows.map(({ department }) => department),
  );
  return {
    ...{ from, until, at: now.toISOString(), territory: sight.territory, department: sight.department },
    rows: rows.map((row) => ({ ...row, departmentName: names.get(row.department) ?? row.department })),
    missed: await read<MissedField>(MISSED, MOST),
  };
}

type Nameless = Omit<SupervisedDepartment, "departmentName">;

/** A department stands where something was counted of it; what was not is 0 there. */
function rowsOf(
  found: readonly (readonly [GroupName, readonly Row[]])[],
  refusals: readonly Row[],
): Nameless[] {
  const counted = new Map<
    string,
    { side: Side; department: string; groups: Partial<Record<GroupName, Row>> }
  >();
  for (const [group, rows] of found)
    for (const row of rows) {
      const key = keyOf(row);
      const one = counted.get(key) ?? { side: row.side, department: row.department, groups: {} };
      one.groups[group] = { ...one.groups[group], ...row };
      counted.set(key, one);
    }
  return [...counted.values()]
    .filter(({ groups }) => Object.values(groups).some(isSomething))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ side, department, groups }) => ({
      ...{ side, department },
      refusals: refusals.filter((row) => keyOf(row) === keyOf({ side, department })).map(refusalOf),
      ...groupsOf(side, groups),
    }));
}

const keyOf = ({ side, department }: { side: Side; department: string }) =>
  `${SIDES.indexOf(side)} ${department}`;

const isSomething = (row: Row) => Object.values(row).some((value) => typeof value === "number" && value > 0);

function refusalOf(row: Row): Refusal {
  return {
    criterion: String(row.criterion),
    refused: Number(row.refused),
    inPart: Number(row.grantedInPart),
  };
}

function groupsOf(side: Side, groups: Partial<Record<GroupName, Row>>): Record<GroupName, Figures | null> {
  return Object.fromEntries(
    GROUPS.map(({ name, sides, figures }) => [
      name,
      sides.includes(side)
        ? Object.fromEntries(figures.map((f) => [f.name, numberOf(groups[name]?.[f.name], f.median)]))
        : null,
    ]),
  ) as Record<GroupName, Figures | null>;
}

function numberOf(value: unknown, median?: true): number | null {
  return typeof value === "number" ? value : median ? null : 0;
}
