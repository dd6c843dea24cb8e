// A page of twenty committees of a district, from some code on.
import { codesIn, districtOf, mixed } from "../facts.mjs";
import { rangeOf } from "./territory.mjs";

/** Pages that start anywhere in a district, full ones alone. */
export function pagesIn(scope, facts) {
  const codes = codesIn(scope, facts);
  const full = codes.filter((code, at) => codes[at + 20] && districtOf(codes[at + 20]) === districtOf(code));
  return mixed(full, 200).map((from) => ({ within: districtOf(from), from }));
}

/** The page's two ends as codes: within the district, not before `from`. */
export const valuesOfPage = ({ within, from }) => [...rangeOf(within), from];

export const PAGE_WHERE = "where: { territory: { within: $within }, code: { gte: $from } }";

/** The same page in the words of PostGraphile, which knows columns and no territories. */
export const PEER_ARGUMENTS = "$first: String!, $next: String!, $from: String!";
export const PEER_FILTER =
  "filter: { territory: { greaterThanOrEqualTo: $first, lessThan: $next }, code: { greaterThanOrEqualTo: $from } }";
export const NAIVE_ARGUMENTS = "first: $first, next: $next, from: $from, take: 20";

export function peerPage({ within, from }) {
  const [first, next] = rangeOf(within);
  return { first, next, from };
}

const FIELDS = "code name kind director termTo";

/** @type {import("./index.mjs").Question} */
export const page = {
  name: "page",
  warmth: 2000,
  asks: "20 committees of a district in order of code, 5 fields, whether there are more",
  variables: pagesIn,
  limit: {
    text: `SELECT json_build_object(
             'nodes', coalesce(json_agg(json_build_object('code', code, 'name', name, 'kind', kind,
                        'director', director, 'termTo', term_to) ORDER BY n) FILTER (WHERE n <= 20), '[]'),
             'hasNextPage', count(*) > 20)::text AS answer
             FROM (SELECT *, row_number() OVER () AS n
                     FROM (SELECT code, name, kind, director, term_to FROM committee
                            WHERE territory >= $1 AND territory < $2 AND code >= $3 AND retired_at IS NULL
                            ORDER BY code LIMIT 21) found) numbered`,
    values: valuesOfPage,
  },
  hub: {
    query: `query Page($within: String!, $from: String!) {
      committees(${PAGE_WHERE}, orderBy: [{ field: CODE }], first: 20) {
        nodes { ${FIELDS} } pageInfo { hasNextPage }
      }
    }`,
    read: ({ committees: { nodes, pageInfo } }) => ({ nodes, hasNextPage: pageInfo.hasNextPage }),
  },
  postgraphile: {
    query: `query Page(${PEER_ARGUMENTS}) {
      committees(${PEER_FILTER}, orderBy: [CODE_ASC], first: 20) { nodes { ${FIELDS} } pageInfo { hasNextPage } }
    }`,
    variables: peerPage,
    read: ({ committees: { nodes, pageInfo } }) => ({ nodes, hasNextPage: pageInfo.hasNextPage }),
  },
  naive: {
    query: `query Page(${PEER_ARGUMENTS}) {
      committees(${NAIVE_ARGUMENTS}) { nodes { ${FIELDS} } hasNextPage }
    }`,
    variables: peerPage,
    read: ({ committees }) => committees,
  },
};
