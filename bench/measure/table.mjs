// Makes the tables: cost per request of each participant, and how it compares with the hub's in the same rounds.
import { median, spread } from "./rounds.mjs";

/**
 * @typedef {object} Cell
 * @property {string} question
 * @property {string} scope
 * @property {number} connections
 * @property {Record<string, import("./rounds.mjs").Figures[]>} figures of each round by participant
 * @property {string} [commit] what was measured, where it is kept
 */

export const middle = (rounds, figure) => median(rounds.map((round) => round[figure]));

/** Rounds are compared with each other, since they stand side by side: the median of ratios, not a ratio of medians. */
export function ratio(cell, name, to = "hub") {
  const { [name]: these, [to]: those } = cell.figures;
  if (!these || !those) return undefined;
  return median(these.map((round, at) => round.cpu / those[at].cpu));
}

/** @param {Cell[]} cells */
export function costTable(cells, names) {
  const head = [
    "question",
    "scope",
    "connections",
    ...names.map((n) => `${n} ms`),
    ...others(names),
    "spread",
    ...(cells.some(({ commit }) => commit) ? ["at commit"] : []),
  ];
  const rows = cells.map((cell) => [
    cell.question,
    cell.scope,
    String(cell.connections),
    ...names.map((name) => shown(cell.figures[name], "cpu")),
    ...names.filter((n) => n !== "hub").map((name) => times(ratio(cell, name))),
    `±${Math.round(100 * Math.max(...Object.values(cell.figures).map(spreadOfCost)))} %`,
    ...(cell.commit ? [cell.commit] : []),
  ]);
  return markdown(head, rows);
}

const spreadOfCost = (rounds) => spread(rounds.map(({ cpu }) => cpu));
const others = (names) => names.filter((n) => n !== "hub").map((n) => `${n} ÷ hub`);
const times = (value) => (value === undefined ? "–" : value.toFixed(2));

function shown(rounds, figure) {
  if (!rounds) return "–";
  const value = middle(rounds, figure);
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/** Speed and memory, one row a participant and cell. @param {Cell[]} cells */
export function speedTable(cells, names) {
  const head = [
    "question",
    "scope",
    "connections",
    "who",
    "CPU ms",
    "of it node",
    "rps",
    "p50 ms",
    "p99 ms",
    "peak MB",
  ];
  const rows = cells.flatMap((cell) =>
    names
      .filter((name) => name in cell.figures)
      .map((name) => {
        const rounds = cell.figures[name];
        const figures = ["cpu", "node", "rps", "p50", "p99", "peak"].map((figure) => shown(rounds, figure));
        return [cell.question, cell.scope, String(cell.connections), name, ...figures];
      }),
  );
  return markdown(head, rows);
}

export function markdown(head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  const line = (row) =>
    `| ${row.map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
