/** A row's condition as SQL: one text for whoever judges rows, the planner and the journal of changes. */
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

function snakeOf(field: string): string {
  return field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}
