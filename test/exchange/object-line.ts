/** Files as they would be written from objects, one row after the other, with a library's own CSV: what the bytes must be. */
import { stringify } from "csv-stringify/sync";

type Node = Record<string, unknown>;

/** A row's cells by their paths; of what is asked, lists and figures are one cell. */
export type Paths = readonly (readonly string[])[];

/** `numbers` are the fields whose values are numbers, though money comes as a text. */
export function csvOf(
  nodes: readonly Node[],
  paths: Paths,
  numbers: ReadonlySet<string> = new Set(),
): string {
  const rows = nodes.map((node) =>
    paths.map((path) => {
      const text = cellOf(path.reduce(member, node as unknown));
      return numbers.has(path.join(".")) ? { text } : text;
    }),
  );
  return stringify([paths.map((path) => path.join(".")), ...rows], {
    escape_formulas: true,
    cast: { object: ({ text }: Node) => ({ value: String(text), escape_formulas: false }) },
    quoted_match: /[\r\n]/,
    record_delimiter: "windows",
  });
}

export function ndjsonOf(nodes: readonly Node[]): string {
  return nodes.map((node) => `${JSON.stringify(node)}\n`).join("");
}

function member(value: unknown, key: string): unknown {
  return (value as Node | null)?.[key];
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
