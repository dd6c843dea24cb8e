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
const each = (questions, goal) => questions.map((question) => ({ question, ...goal }));

/** @type {readonly Goal[]} at 16 connections (or the most that a question takes), over the whole city */
export const goals = [
  ...each(["point"], { of: "hub", by: "limit", atMost: 1.3, held: 2.8 }),
  ...each(["page"], { of: "hub", by: "limit", atMost: 1, held: 1.7 }),
  ...each(["nested", "tree", "rows1000"], { of: "hub", by: "limit", atMost: 1 }),
  ...each(["group", "report"], { of: "hub", by: "limit", atMost: 1.1 }),
  ...each(SMALL, { of: "postgraphile-rls", by: "hub", atLeast: 4, held: 1.6 }),
  ...each(["rows1000"], { of: "postgraphile-rls", by: "hub", atLeast: 3.5, held: 1.4 }),
  ...each(["point", "page"], { of: "postgraphile-open", by: "hub", atLeast: 3, held: 0.9 }),
  ...each(["nested", "tree", "rows1000"], { of: "postgraphile-open", by: "hub", atLeast: 3, held: 1.4 }),
  ...each(["point"], { of: "naive", by: "hub", atLeast: 5, held: 1.9 }),
  ...each(["page"], { of: "naive", by: "hub", atLeast: 5, held: 3.2 }),
  ...each(["rows1000"], { of: "naive", by: "hub", atLeast: 5 }),
  ...each(["nested"], { of: "naive", by: "hub", atLeast: 15, held: 10.5 }),
  ...each(["tree"], { of: "naive", by: "hub", atLeast: 15, held: 7.2 }),
];
