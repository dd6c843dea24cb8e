// Compares what was measured with the goals.
import { goals } from "../goals.mjs";
import { markdown, ratio } from "./table.mjs";

/** Single runs on a shared machine differ by this much; a loss is more than that. */
const TOLERANCE = 1.15;

/** @param {import("./table.mjs").Cell[]} cells */
export function compare(cells) {
  return goals.flatMap((goal) => {
    const cell = cellOf(cells, goal.question);
    const found = cell && ratio(cell, goal.of, goal.by);
    if (found === undefined) return [];
    return [{ ...goal, found, floor: ratio(cell, goal.of, "limit"), ...judged(goal, found) }];
  });
}

/** The city at 16 connections, or at what the question is asked with. */
function cellOf(cells, question) {
  const those = cells.filter((cell) => cell.question === question && cell.scope === "city");
  return those
    .filter(({ connections }) => connections <= 16)
    .sort((a, b) => b.connections - a.connections)[0];
}

function judged({ atMost, atLeast, held }, found) {
  if (atMost !== undefined)
    return { reached: found <= atMost, lost: found > (held ?? atMost) * TOLERANCE, goal: `≤ ${atMost}` };
  return { reached: found >= atLeast, lost: found < (held ?? atLeast) / TOLERANCE, goal: `≥ ${atLeast}` };
}

export function goalTable(judgements) {
  return markdown(
    ["question", "ratio of costs", "goal", "found", "reached", "at the limit"],
    judgements.map(({ question, of, by, goal, found, reached, floor }) => [
      question,
      `${of} ÷ ${by}`,
      goal,
      found.toFixed(2),
      reached ? "yes" : "no",
      by === "limit" || floor === undefined ? "" : floor.toFixed(2),
    ]),
  );
}
