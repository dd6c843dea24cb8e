// The report across departments, community by community.
import { rangeOf, territoryOf } from "./territory.mjs";

/** @type {import("./index.mjs").Question} */
export const report = {
  name: "report",
  asks: "per community (1,000 at most): area per 100 households, workers, volunteers, execution rate",
  variables: (scope) => [{ within: territoryOf(scope) }],
  limit: {
    text: `WITH page AS MATERIALIZED (
             SELECT code, name, households FROM community
              WHERE territory >= $1 AND territory < $2 AND retired_at IS NULL ORDER BY code LIMIT 1000),
           span AS (SELECT min(code) AS first, max(code) AS last FROM page),
           area AS (SELECT territory, sum(building_area) AS area FROM facility
              WHERE territory >= (SELECT first FROM span) AND territory <= (SELECT last FROM span)
                AND retired_at IS NULL GROUP BY territory),
           workers AS (SELECT territory, count(*) AS workers FROM community_worker
              WHERE territory >= (SELECT first FROM span) AND territory <= (SELECT last FROM span)
                AND retired_at IS NULL GROUP BY territory),
           volunteers AS (SELECT territory, count(*) AS volunteers FROM volunteer
              WHERE territory >= (SELECT first FROM span) AND territory <= (SELECT last FROM span)
                AND retired_at IS NULL GROUP BY territory),
           allocated AS (SELECT territory, sum(amount) AS allocated FROM allocation
              WHERE territory >= (SELECT first FROM span) AND territory <= (SELECT last FROM span)
                AND retired_at IS NULL GROUP BY territory),
           spent AS (SELECT territory, sum(amount) AS spent FROM fund_transaction
              WHERE territory >= (SELECT first FROM span) AND territory <= (SELECT last FROM span)
                AND direction = 'EXPENSE' AND retired_at IS NULL GROUP BY territory)
           SELECT coalesce(json_agg(json_build_object('code', code, 'name', name,
                    'facilityAreaPer100Households', trim_scale(round(area * 100 / nullif(households, 0), 4)),
                    'workers', coalesce(workers, 0), 'volunteers', coalesce(volunteers, 0),
                    'executionRate', trim_scale(round(spent / nullif(allocated, 0), 4))) ORDER BY code), '[]')::text AS answer
             FROM page
             LEFT JOIN area ON area.territory = code
             LEFT JOIN workers ON workers.territory = code
             LEFT JOIN volunteers ON volunteers.territory = code
             LEFT JOIN allocated ON allocated.territory = code
             LEFT JOIN spent ON spent.territory = code`,
    values: ({ within }) => rangeOf(within),
  },
  hub: {
    query: `query Report($within: String!) {
      communityOverviews(where: { territory: { within: $within } }, orderBy: [{ field: CODE }], first: 1000) {
        nodes { code name facilityAreaPer100Households workers volunteers executionRate }
      }
    }`,
    read: ({ communityOverviews }) => communityOverviews.nodes,
  },
  postgraphile: {
    query: `query Report($first: String!, $next: String!) {
      communityOverviews(
        filter: { territory: { greaterThanOrEqualTo: $first, lessThan: $next } }, orderBy: [CODE_ASC], first: 1000
      ) { nodes { code name facilityAreaPer100Households workers volunteers executionRate } }
    }`,
    variables: ({ within }) => {
      const [first, next] = rangeOf(within);
      return { first, next };
    },
    read: ({ communityOverviews }) =>
      communityOverviews.nodes.map(({ facilityAreaPer100Households: area, executionRate, ...rest }) => ({
        ...rest,
        facilityAreaPer100Households: area === null ? null : Number(area),
        executionRate: executionRate === null ? null : Number(executionRate),
      })),
  },
  naive: {
    query: `query Report($first: String!, $next: String!) {
      communityOverviews(first: $first, next: $next, take: 1000) {
        code name facilityAreaPer100Households workers volunteers executionRate
      }
    }`,
    variables: ({ within }) => {
      const [first, next] = rangeOf(within);
      return { first, next };
    },
    read: ({ communityOverviews }) => communityOverviews,
  },
};
