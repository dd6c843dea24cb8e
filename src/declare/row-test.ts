/** A row's condition: one text of SQL for whoever judges rows, the planner and the journal of changes; and of a row at hand. */
import type { RowTest } from "./catalogue";

/** Two-valued; a missing value makes a test hold: closed when in doubt. `row` is the name of the row's occurrence. */
export function rowTestSql(row: string, test: RowTest): string {
  if ("any" in test) return `(${test.any.map((t) => rowTestSql(row, t)).join(" OR ")})`;
  if ("all" in test) return `(${test.all.map((t) => rowTestSql(row, t)).join(" AND ")})`;
  const own = `${row}."${snakeOf(test.field)}"`;
  if ("missing" in test) return `(${own} IS NULL)`;
  if ("ageBelow" in test)
    return `((${own} + interval '${test.ageBelow} years' > (now() AT TIME ZONE 'Asia/Shanghai')::date) IS NOT FALSE)`;
  const [sign, value] = "is" in test ? ["=", test.is] : ["<>", test.isNot];
  return `((${own} ${sign} ${typeof value === "boolean" ? value : `'${value.replaceAll("'", "''")}'`}) IS NOT FALSE)`;
}

const OFFSET_MILLISECONDS = 8 * 60 * 60 * 1000;

/** The same of one row, dates as yyyy-mm-dd. */
export function rowTestHolds(test: RowTest, row: Readonly<Record<string, unknown>>, at: Date): boolean {
  if ("any" in test) return test.any.some((one) => rowTestHolds(one, row, at));
  if ("all" in test) return test.all.every((one) => rowTestHolds(one, row, at));
  const value = row[test.field] ?? null;
  if ("missing" in test) return value === null;
  if (value === null) return true;
  if ("ageBelow" in test) {
    const today = new Date(at.getTime() + OFFSET_MILLISECONDS).toISOString().slice(0, 10);
    return birthday(String(value), test.ageBelow) > today;
  }
  return "is" in test ? value === test.is : value !== test.isNot;
}

/** The day on which somebody is so many years old; of a leap day, in other years, the day before March. */
function birthday(born: string, years: number): string {
  const year = Number(born.slice(0, 4)) + years;
  const leaps = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = born.slice(4);
  return `${String(year).padStart(4, "0")}${day === "-02-29" && !leaps ? "-02-28" : day}`;
}

function snakeOf(field: string): string {
  return field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}
