// A thousand volunteers who registered from some day on, six fields of each.
import { rangeOf, territoryOf } from "./territory.mjs";

const FIELDS = "volunteerNo name sex state registeredAt totalHours";

/** @type {import("./index.mjs").Question} */
export const rows1000 = {
  name: "rows1000",
  warmth: 150,
  asks: "1,000 volunteers registered from a day on, 6 fields",
  variables: (scope) => days(200).map((since) => ({ within: territoryOf(scope), since })),
  limit: {
    plannedAnew: true,
    text: `SELECT coalesce(json_agg(json_build_object('volunteerNo', volunteer_no, 'name', name, 'sex', sex,
             'state', state, 'registeredAt', registered_at, 'totalHours', trim_scale(total_hours))), '[]')::text AS answer
             FROM (SELECT volunteer_no, name, sex, state, registered_at, total_hours FROM volunteer
                    WHERE registered_at >= $1::date AND territory >= $2 AND territory < $3 AND retired_at IS NULL
                    ORDER BY registered_at, id LIMIT 1000) found`,
    values: ({ within, since }) => [since, ...rangeOf(within)],
  },
  hub: {
    query: `query Rows($within: String!, $since: Date!) {
      volunteers(
        where: { territory: { within: $within }, registeredAt: { gte: $since } }
        orderBy: [{ field: REGISTERED_AT }]
        first: 1000
      ) { nodes { ${FIELDS} } }
    }`,
    read: ({ volunteers }) => volunteers.nodes,
  },
  postgraphile: {
    query: `query Rows($first: String!, $next: String!, $since: Date!) {
      volunteers(
        filter: {
          territory: { greaterThanOrEqualTo: $first, lessThan: $next }
          registeredAt: { greaterThanOrEqualTo: $since }
        }
        orderBy: [REGISTERED_AT_ASC]
        first: 1000
      ) { nodes { ${FIELDS} } }
    }`,
    variables: ({ within, since }) => {
      const [first, next] = rangeOf(within);
      return { first, next, since };
    },
    read: ({ volunteers }) =>
      volunteers.nodes.map((volunteer) => ({ ...volunteer, totalHours: Number(volunteer.totalHours) })),
  },
  naive: {
    query: `query Rows($first: String!, $next: String!, $since: String!) {
      volunteers(first: $first, next: $next, since: $since, take: 1000) { ${FIELDS} }
    }`,
    variables: ({ within, since }) => {
      const [first, next] = rangeOf(within);
      return { first, next, since };
    },
    read: ({ volunteers }) => volunteers,
  },
};

/** Days from 2015 on, ten apart. */
function days(count) {
  const first = Date.UTC(2016, 0, 1);
  return Array.from({ length: count }, (_, i) =>
    new Date(first + i * 10 * 86_400_000).toISOString().slice(0, 10),
  );
}
