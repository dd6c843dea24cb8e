// What the questions' arguments are taken from, read from the rows once at the start.
import { DISTRICT } from "./questions/territory.mjs";

/**
 * @typedef {object} Facts
 * @property {string[]} codes codes of all committees, in order
 * @property {string[]} districts
 */

/** @param {import("pg").Client} client @returns {Promise<Facts>} */
export async function readFacts(client) {
  const committees = await client.query("SELECT code FROM committee WHERE retired_at IS NULL ORDER BY code");
  const codes = committees.rows.map(({ code }) => code);
  return { codes, districts: [...new Set(codes.map(districtOf))] };
}

export const districtOf = (code) => `${code.slice(0, 6)}000000`;

/** Codes of the committees that a scope's requests may start at. */
export function codesIn(scope, { codes }) {
  return scope === "city" ? codes : codes.filter((code) => districtOf(code) === DISTRICT);
}

/** Every `nth` of many, mixed, the same in every run. */
export function mixed(many, count) {
  const step = 7919 % many.length || 1;
  return Array.from({ length: Math.min(count, many.length) }, (_, i) => many[(i * step) % many.length]);
}
