/** Finds columns whose long numbers all lost their last digits: each alone may be right, all of them together are not. */
import type { FieldEntry } from "../../declare";
import { clean } from "./cell";
import { losesDigits } from "./damage";
import type { Header } from "./header";
import type { FileRow } from "./records";

/** With fewer different numbers it may be chance. */
const ENOUGH = 20;

/** Fields of a file, judged by its first batch; a check of its own tells more about a single value. */
export function damagedColumns(header: Header, rows: readonly FileRow[]): ReadonlySet<FieldEntry> {
  const found = new Set<FieldEntry>();
  for (const [i, field] of header.columns.entries())
    if (field?.kind === "code" && isDamaged(rows, i)) found.add(field);
  return found;
}

function isDamaged(rows: readonly FileRow[], column: number): boolean {
  const numbers = new Set<string>();
  for (const { cells } of rows) {
    const text = clean(cells[column] ?? "");
    if (!/^\d{16,}$/.test(text)) continue;
    if (!losesDigits(text)) return false;
    numbers.add(text);
  }
  return numbers.size >= ENOUGH;
}
