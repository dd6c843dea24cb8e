// Who takes part, in the order of the table.
import { hub } from "./hub/index.mjs";
import { limit } from "./limit/index.mjs";
import { naive } from "./naive/index.mjs";
import { postgraphileOpen, postgraphileRls } from "./postgraphile/index.mjs";

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {string} url
 * @property {(scope: string) => Record<string, string>} headers
 * @property {(question: object, scope: string, variables: object) => string} body
 * @property {(question: object, answer: any, variables: object) => unknown} read
 * @property {() => Promise<void>} stop
 */

export const participants = [limit, hub, postgraphileRls, postgraphileOpen, naive];
