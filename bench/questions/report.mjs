// The report across departments, community by community.
import { rangeOf, territoryOf } from "./territory.mjs";

/** @type {import("./index.mjs").Question} */
export const report = {
  name: "report",
  warmth: 4,
  widths: [4],
  asks: "per community (1,000 at most): area per 100 households, workers, volunteers, execution rate",
  variables: (scope) => [{ within: territoryOf(scope) }],
  limit: {
    plannedAnew: true,
    text: `SELECT coalesce(json_agg(json_build_object('code', code, 'name', name,
             'facilityAreaPer100Households', trim_scale(round(area * 100 / nullif(households, 0), 4)),
             'workers', workers, 'volunteers', volunteers,
             'executionRate', trim_scale(round(spent / nullif(allocated, 0), 4))) ORDER BY code), '[]')::text AS answer
             FROM (SELECT code, name, households FROM community
                    WHERE territory >= $1 AND territory < $2 AND retired_at IS NULL ORDER BY code LIMIT 1000) c,
             LATERAL (SELECT sum(building_area) AS area FROM facility
                       WHERE territory = c.code AND retired_at IS NULL) a,
             LATERAL (SELECT count(*) AS workers FROM community_worker
                       WHERE territory = c.code AND retired_at IS NULL) w,
             LATERAL (SELECT count(*) AS volunteers FROM volunteer
                       WHERE territory = c.code AND retired_at IS NULL) v,
             LATERAL (SELECT sum(amount) AS allocated FROM allocation
                       WHERE territory = c.code AND retired_at IS NULL) l,
             LATERAL (SELECT sum(amount) AS spent FROM fund_transaction
                       WHERE territory = c.code AND direction = 'EXPENSE' AND retired_at IS NULL) s`,
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
