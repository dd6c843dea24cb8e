// One committee by its key.
import { codesIn, mixed } from "../facts.mjs";

const FIELDS = "code name kind director termTo households officePhone";

/** @type {import("./index.mjs").Question} */
export const point = {
  name: "point",
  warmth: 2000,
  asks: "one committee by its code, 7 fields",
  variables: (scope, facts) => mixed(codesIn(scope, facts), 400).map((code) => ({ code })),
  limit: {
    text: `SELECT json_build_object('code', code, 'name', name, 'kind', kind, 'director', director,
             'termTo', term_to, 'households', households, 'officePhone', office_phone)::text AS answer
             FROM committee WHERE code = $1 AND retired_at IS NULL`,
    values: ({ code }) => [code],
  },
  hub: {
    query: `query Point($code: String!) { committee(code: $code) { ${FIELDS} } }`,
    read: (data) => data.committee,
  },
  postgraphile: {
    query: `query Point($code: String!) { committeeByCode(code: $code) { ${FIELDS} } }`,
    read: (data) => data.committeeByCode,
  },
  naive: {
    query: `query Point($code: String!) { committee(code: $code) { ${FIELDS} } }`,
    read: (data) => data.committee,
  },
};
