// Funding by district, year and category, over every transaction of the scope.
import { rangeOf, territoryOf } from "./territory.mjs";

/** Groups have no order of their own. */
export function inOrder(groups) {
  const keyOf = ({ district, year, category }) => `${district} ${year} ${category}`;
  return [...groups].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** @type {import("./index.mjs").Question} */
export const group = {
  name: "group",
  warmth: 4,
  widths: [4],
  asks: "count and sum of transactions by district, year and category",
  variables: (scope) => [{ within: territoryOf(scope) }],
  limit: {
    plannedAnew: true,
    text: `SELECT coalesce(json_agg(json_build_object('district', district || '000000', 'year', year, 'category', category,
             'count', count, 'amount', amount::text) ORDER BY district, year, category), '[]')::text AS answer
             FROM (SELECT left(territory, 6) AS district, year, category,
                          count(*) AS count, sum(amount) AS amount
                     FROM fund_transaction
                    WHERE territory >= $1 AND territory < $2 AND retired_at IS NULL
                    GROUP BY 1, 2, 3) g`,
    values: ({ within }) => rangeOf(within),
  },
  hub: {
    query: `query Group($within: String!) {
      fundTransactionsAggregate(
        where: { territory: { within: $within } }, groupBy: [TERRITORY_DISTRICT, YEAR, CATEGORY], first: 1000
      ) { groups { key { territoryDistrict year category } count sum { amount } } }
    }`,
    read: ({ fundTransactionsAggregate: { groups } }) =>
      inOrder(
        groups.map(({ key, count, sum }) => ({
          district: key.territoryDistrict,
          year: key.year,
          category: key.category,
          count,
          amount: sum.amount,
        })),
      ),
  },
  postgraphile: {
    query: `query Group($first: String!, $next: String!) {
      fundTransactions(filter: { territory: { greaterThanOrEqualTo: $first, lessThan: $next } }) {
        groupedAggregates(groupBy: [DISTRICT, YEAR, CATEGORY]) {
          keys sum { one amount }
        }
      }
    }`,
    variables: ({ within }) => {
      const [first, next] = rangeOf(within);
      return { first, next };
    },
    read: ({ fundTransactions: { groupedAggregates } }) =>
      inOrder(
        groupedAggregates.map(({ keys: [district, year, category], sum }) => ({
          district,
          year: Number(year),
          category,
          count: Number(sum.one),
          amount: sum.amount,
        })),
      ),
  },
  naive: {
    query: `query Group($first: String!, $next: String!) {
      fundingGroups(first: $first, next: $next) { district year category count amount }
    }`,
    variables: ({ within }) => {
      const [first, next] = rangeOf(within);
      return { first, next };
    },
    read: ({ fundingGroups }) => inOrder(fundingGroups),
  },
};
