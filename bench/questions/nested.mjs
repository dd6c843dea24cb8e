// Twenty committees with all their facilities, their five latest transactions and how many workers they have.
import {
  NAIVE_ARGUMENTS,
  PAGE_WHERE,
  PEER_ARGUMENTS,
  PEER_FILTER,
  pagesIn,
  peerPage,
  valuesOfPage,
} from "./page.mjs";

/** PostGraphile sends numerics as text. */
export const withArea = ({ buildingArea, ...facility }) => ({
  ...facility,
  buildingArea: buildingArea === null ? null : Number(buildingArea),
});

/** @type {import("./index.mjs").Question} */
export const nested = {
  name: "nested",
  warmth: 200,
  asks: "20 committees, each with all facilities, its 5 latest transactions and its number of workers",
  variables: pagesIn,
  limit: {
    text: `SELECT coalesce(json_agg(json_build_object('code', c.code, 'name', c.name, 'director', c.director,
             'facilities', (SELECT coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'kind', f.kind,
                   'buildingArea', trim_scale(f.building_area), 'openedAt', f.opened_at) ORDER BY f.code), '[]')
                FROM facility f WHERE f.territory = c.code AND f.retired_at IS NULL),
             'fundTransactions', (SELECT coalesce(json_agg(json_build_object('transactionNo', t.transaction_no,
                   'occurredAt', t.occurred_at, 'category', t.category, 'amount', t.amount::text)), '[]')
                FROM (SELECT transaction_no, occurred_at, category, amount FROM fund_transaction
                       WHERE territory = c.code AND retired_at IS NULL
                       ORDER BY occurred_at DESC, id LIMIT 5) t),
             'workers', (SELECT count(*) FROM community_worker w WHERE w.territory = c.code AND w.retired_at IS NULL)
             ) ORDER BY c.code), '[]')::text AS answer
             FROM (SELECT code, name, director FROM committee
                    WHERE territory >= $1 AND territory < $2 AND code >= $3 AND retired_at IS NULL
                    ORDER BY code LIMIT 20) c`,
    values: valuesOfPage,
  },
  hub: {
    query: `query Nested($within: String!, $from: String!) {
      committees(${PAGE_WHERE}, orderBy: [{ field: CODE }], first: 20) {
        nodes {
          code name director
          facilities(orderBy: [{ field: CODE }], first: 100) { nodes { code name kind buildingArea openedAt } }
          fundTransactions(orderBy: [{ field: OCCURRED_AT, direction: DESC }], first: 5) {
            nodes { transactionNo occurredAt category amount }
          }
          communityWorkers { totalCount }
        }
      }
    }`,
    read: ({ committees }) =>
      committees.nodes.map(({ facilities, fundTransactions, communityWorkers, ...committee }) => ({
        ...committee,
        facilities: facilities.nodes,
        fundTransactions: fundTransactions.nodes,
        workers: communityWorkers.totalCount,
      })),
  },
  postgraphile: {
    query: `query Nested(${PEER_ARGUMENTS}) {
      committees(${PEER_FILTER}, orderBy: [CODE_ASC], first: 20) {
        nodes {
          code name director
          facilities(orderBy: [CODE_ASC], first: 100) { nodes { code name kind buildingArea openedAt } }
          fundTransactions(orderBy: [OCCURRED_AT_DESC, ROW_ID_ASC], first: 5) {
            nodes { transactionNo occurredAt category amount }
          }
          communityWorkers { totalCount }
        }
      }
    }`,
    variables: peerPage,
    read: ({ committees }) =>
      committees.nodes.map(({ facilities, fundTransactions, communityWorkers, ...committee }) => ({
        ...committee,
        facilities: facilities.nodes.map(withArea),
        fundTransactions: fundTransactions.nodes,
        workers: communityWorkers.totalCount,
      })),
  },
  naive: {
    query: `query Nested(${PEER_ARGUMENTS}) {
      committees(${NAIVE_ARGUMENTS}) {
        nodes {
          code name director
          facilities { code name kind buildingArea openedAt }
          latestTransactions { transactionNo occurredAt category amount }
          workers
        }
      }
    }`,
    variables: peerPage,
    read: ({ committees }) =>
      committees.nodes.map(({ latestTransactions: fundTransactions, ...committee }) => ({
        ...committee,
        fundTransactions,
      })),
  },
};
