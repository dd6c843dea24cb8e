// The questions that every participant is asked, in the order of the table.
import { group } from "./group.mjs";
import { nested } from "./nested.mjs";
import { page } from "./page.mjs";
import { point } from "./point.mjs";
import { report } from "./report.mjs";
import { rows1000 } from "./rows1000.mjs";
import { tree } from "./tree.mjs";

/**
 * A question in the words of each participant. `variables` gives the arguments that requests take in turn, so that no
 * participant can live on an answer it gave before; `read` turns an answer into the form all are compared in, which is
 * the one that `limit` gives at once.
 * @typedef {object} Words
 * @property {string} query
 * @property {(data: any, variables: Variables) => unknown} read
 *
 * @typedef {Record<string, string>} Variables
 *
 * @typedef {object} Question
 * @property {string} name
 * @property {string} asks
 * @property {number} warmth requests after which a participant's code is compiled; an eighth of them is measured at least
 * @property {number[]} [widths] numbers of connections, where those of the others would wait in the pool for each other
 * @property {(scope: Scope, facts: Facts) => Variables[]} variables
 * @property {{text: string, values: (variables: Variables) => unknown[], plannedAnew?: boolean}} limit
 * @property {Words} hub
 * @property {Words} postgraphile
 * @property {Words} naive
 *
 * @typedef {"city" | "district"} Scope
 * @typedef {import("../facts.mjs").Facts} Facts
 */

/** @type {readonly Question[]} */
export const questions = [point, page, nested, tree, rows1000, group, report];
