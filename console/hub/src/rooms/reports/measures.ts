// The figures of a report that can be put on a map: how rows become one figure follows from the kind of the column.
import { say } from "../../../../session/language";
import type { Column, Field, Report } from "./described";

/** What is made of the rows of a place. A ratio of rows is averaged, since it cannot be added up. */
export type Whole = "count" | "sum" | "avg" | "min" | "max" | "where";

export interface Measure {
  id: string;
  whole: Whole;
  title: string;
  unit: string | undefined;
}

const NUMBERS = new Set(["int", "float", "decimal"]);

function wholeOf({ formula }: Column): Whole {
  if (formula.includes("÷")) return "avg";
  const reached = /^(min|max)\(\w+\.\w+/.exec(formula)?.[1];
  return reached === "min" || reached === "max" ? reached : "sum";
}

const SUFFIX: Record<Whole, () => string> = {
  count: () => "",
  sum: () => "",
  avg: () => say("（各行平均）", " (average of rows)"),
  min: () => say("（最小）", " (least)"),
  max: () => say("（最大）", " (greatest)"),
  where: () => say("（行数）", " (rows)"),
};

export function measuresOf(report: Report, fields: readonly Field[]): Measure[] {
  const kinds = new Map(fields.map(({ name, kind }) => [name, kind]));
  const measured = report.columns.flatMap((column): Measure[] => {
    const kind = kinds.get(column.name) ?? "";
    if (kind === "boolean")
      return [{ ...titled(column, "where"), id: column.name, whole: "where", unit: undefined }];
    if (!NUMBERS.has(kind) || column.name === YEAR) return [];
    const whole = wholeOf(column);
    return [{ ...titled(column, whole), id: column.name, whole, unit: column.unit ?? undefined }];
  });
  const count: Measure = { id: "count", whole: "count", title: say("行数", "Rows"), unit: undefined };
  return [...measured, count];
}

function titled({ zh, en }: Column, whole: Whole) {
  return { title: say(zh, en) + SUFFIX[whole]() };
}

/** The one a page opens with: a ratio tells most of places of different size. */
export function firstOf(measures: readonly Measure[]): Measure {
  const [first = { id: "count", whole: "count", title: "", unit: undefined } as Measure] = measures;
  return (
    measures.find(({ whole }) => whole === "avg") ?? measures.find(({ whole }) => whole === "sum") ?? first
  );
}

/** A column of this name says the year that a row is of: years are set side by side, never added up. */
export const YEAR = "year";

export function hasYearColumn(fields: readonly Field[], report: Report): boolean {
  return report.columns.some(({ name }) => name === YEAR) && fields.some(({ name }) => name === YEAR);
}
