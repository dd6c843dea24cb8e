// What is to be reached, as ratios within one run: times differ from machine to machine, ratios much less.

/**
 * @typedef {object} Goal
 * @property {string} question
 * @property {string} of its cost is divided
 * @property {string} by by the cost of this one
 * @property {number} [atMost]
 * @property {number} [atLeast]
 * @property {number} [held] what was reached and is not to be lost again; the goal itself where left out
 */

const SMALL = ["point", "page", "nested", "tree"];
const FIVE = [...SMALL, "rows1000"];
const each = (questions, goal) => questions.map((question) => ({ question, ...goal }));

/** @type {readonly Goal[]} at 16 connections (or the most that a question takes), over the whole city */
export const goals = [
  ...each(["point"], { of: "hub", by: "limit", atMost: 1.3 }),
  ...each(["page", "nested", "tree", "rows1000"], { of: "hub", by: "limit", atMost: 1 }),
  ...each(["group", "report"], { of: "hub", by: "limit", atMost: 1.1 }),
  ...each(SMALL, { of: "postgraphile-rls", by: "hub", atLeast: 4 }),
  ...each(["rows1000"], { of: "postgraphile-rls", by: "hub", atLeast: 3.5 }),
  ...each(FIVE, { of: "postgraphile-open", by: "hub", atLeast: 3 }),
  ...each(["point", "page", "rows1000"], { of: "naive", by: "hub", atLeast: 5 }),
  ...each(["nested", "tree"], { of: "naive", by: "hub", atLeast: 15 }),
];
