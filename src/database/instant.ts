/** An instant as JSON has it, at +08:00 and to the millisecond, whatever the session's zone. */
export function instantSql(column: string): string {
  return `to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"')`;
}
