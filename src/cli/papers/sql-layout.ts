/** Lays a one-line statement out over lines, changing nothing but white space between its words. */

const WIDTH = 110;
/** A bracket longer than this is opened where its line is too long. */
const SHORT = 48;

const TOKEN = /E?'(?:[^']|'')*'|"[^"]*"|[(),]|\s+|(?:[^\s'"(),E]|E(?!'))+/g;
const BREAK = /^(SELECT|FROM|WHERE|GROUP|ORDER|LIMIT|UNION|AND|OR|WHEN|ELSE|END|HAVING|LEFT|JOIN|LATERAL)$/;

/** A word, or a bracket with what stands in it. */
type Part = { readonly text: string; readonly spaced: boolean; readonly of?: readonly Part[] };

export function layoutSql(sql: string): string {
  const parts = partsOf(sql.match(TOKEN) ?? [], { at: 0 });
  return linesOf(parts, 0).join("\n");
}

function partsOf(tokens: readonly string[], place: { at: number }): Part[] {
  const parts: Part[] = [];
  let spaced = false;
  while (place.at < tokens.length) {
    const text = tokens[place.at++] as string;
    if (text === ")") break;
    if (/^\s/.test(text)) spaced = true;
    else {
      parts.push({ text, spaced, of: text === "(" ? partsOf(tokens, place) : undefined });
      spaced = false;
    }
  }
  return parts;
}

function flat(parts: readonly Part[]): string {
  return parts
    .map(({ text, spaced, of }, i) => `${spaced && i > 0 ? " " : ""}${of ? `(${flat(of)})` : text}`)
    .join("");
}

function linesOf(parts: readonly Part[], indent: number): string[] {
  if (indent + flat(parts).length <= WIDTH) return [" ".repeat(indent) + flat(parts)];
  return clausesOf(parts).flatMap((clause) => clauseLines(clause, indent));
}

/** Cut before each clause's word and after each comma. */
function clausesOf(parts: readonly Part[]): Part[][] {
  const clauses: Part[][] = [[]];
  parts.forEach((part, i) => {
    const starts = BREAK.test(part.text) || parts[i - 1]?.text === ",";
    if (starts && clauses.at(-1)?.length) clauses.push([]);
    clauses.at(-1)?.push(part);
  });
  return clauses;
}

function clauseLines(clause: readonly Part[], indent: number): string[] {
  const pad = " ".repeat(indent);
  if (indent + flat(clause).length <= WIDTH) return [pad + flat(clause)];
  const lines: string[] = [];
  let line = "";
  for (const part of clause) {
    const space = part.spaced && line !== "" ? " " : "";
    const text = flat([part]);
    if (!part.of || text.length <= SHORT) line += space + text;
    else {
      lines.push(`${pad}${line}${space}(`, ...linesOf(part.of, indent + 2));
      line = ")";
    }
  }
  return [...lines, pad + line];
}
