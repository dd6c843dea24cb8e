// A district with its streets, their communities, and the first five facilities of each.
import { withArea } from "./nested.mjs";
import { DISTRICT } from "./territory.mjs";

/** @type {import("./index.mjs").Question} */
export const tree = {
  name: "tree",
  warmth: 200,
  asks: "a district's streets, their communities, the first 5 facilities of each",
  variables: (scope, { districts }) => (scope === "city" ? districts : [DISTRICT]).map((code) => ({ code })),
  limit: {
    text: `SELECT json_build_object('code', d.code, 'name', d.name, 'streets',
             (SELECT coalesce(json_agg(json_build_object('code', s.code, 'name', s.name, 'communities',
                (SELECT coalesce(json_agg(json_build_object('code', c.code, 'name', c.name, 'facilities',
                   (SELECT coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'kind', f.kind,
                       'buildingArea', trim_scale(f.building_area)) ORDER BY f.code), '[]')
                      FROM (SELECT code, name, kind, building_area FROM facility
                             WHERE territory = c.code AND retired_at IS NULL ORDER BY code LIMIT 5) f)
                   ) ORDER BY c.code), '[]')
                   FROM community c WHERE c.street_node = s.node AND c.retired_at IS NULL)
                ) ORDER BY s.code), '[]')
                FROM division s WHERE s.parent_node = d.node AND s.retired_at IS NULL))::text AS answer
             FROM division d
            WHERE d.scheme = 'STATISTICS' AND d.edition = '2023' AND d.code = $1 AND d.retired_at IS NULL`,
    values: ({ code }) => [code],
  },
  hub: {
    query: `query Tree($code: String!) {
      division(scheme: STATISTICS, edition: "2023", code: $code) {
        code name
        children(orderBy: [{ field: CODE }], first: 100) {
          nodes {
            code name
            communities(orderBy: [{ field: CODE }], first: 100) {
              nodes {
                code name
                facilities(orderBy: [{ field: CODE }], first: 5) { nodes { code name kind buildingArea } }
              }
            }
          }
        }
      }
    }`,
    read: ({ division: { code, name, children } }) => ({
      code,
      name,
      streets: children.nodes.map(({ communities, ...street }) => ({
        ...street,
        communities: communities.nodes.map(({ facilities, ...community }) => ({
          ...community,
          facilities: facilities.nodes,
        })),
      })),
    }),
  },
  postgraphile: {
    query: `query Tree($code: String!) {
      divisionBySchemeAndEditionAndCode(scheme: "STATISTICS", edition: "2023", code: $code) {
        code name
        children(orderBy: [CODE_ASC], first: 100) {
          nodes {
            code name
            communities(orderBy: [CODE_ASC], first: 100) {
              nodes {
                code name
                facilities(orderBy: [CODE_ASC], first: 5) { nodes { code name kind buildingArea } }
              }
            }
          }
        }
      }
    }`,
    read: ({ divisionBySchemeAndEditionAndCode: { code, name, children } }) => ({
      code,
      name,
      streets: children.nodes.map(({ communities, ...street }) => ({
        ...street,
        communities: communities.nodes.map(({ facilities, ...community }) => ({
          ...community,
          facilities: facilities.nodes.map(withArea),
        })),
      })),
    }),
  },
  naive: {
    query: `query Tree($code: String!) {
      division(code: $code) {
        code name
        streets: children {
          code name
          communities { code name facilities: firstFacilities { code name kind buildingArea } }
        }
      }
    }`,
    read: ({ division }) => division,
  },
};
