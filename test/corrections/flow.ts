// Words for tests of corrections: who asks, who takes which step, who changes the row.

import type { Duty } from "../../src/identity";
import { CITY } from "../requests/flow";
import type { Asking, TestHub } from "../setup/hub";

export { CITY, HOUSING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";

export const PLANNING = `planning@${CITY}`;
export const STREET = "street-office@140105001000";

export const SHOWN = `id dataset row field fieldName territory requester provider authority state outcome filedAt due overdue
  deadline { workingDays article territory calendarKnown } acts
  content { found proposed present version evidence reason usage }
  transitions { seq act to party duty actor department reason versionBefore versionAfter deadlineRule due }`;

const REQUEST = `mutation ($id: ID!, $field: String!, $found: String, $proposed: String, $evidence: String!, $reason: String!,
    $usage: String) {
  requestCorrection(id: $id, field: $field, found: $found, proposed: $proposed, evidence: $evidence, reason: $reason,
    usage: $usage) { ${SHOWN} } }`;
const STEP = `mutation ($id: String!, $act: CorrectionAct!, $reason: String) {
  decideCorrection(id: $id, act: $act, reason: $reason) { ${SHOWN} } }`;

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
type Shown = any;

export interface FacilityRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly code: string;
  readonly territory: string;
}

export function flowOn(hub: TestHub) {
  let taken = 0;
  const ask = async (draft: object, as: string, asking: Asking = {}): Promise<Shown> =>
    hub.ask(REQUEST, as, {
      ...asking,
      variables: { evidence: "现场照片 3 张", reason: "与门牌不符", ...draft },
    });
  const step = (id: string, act: string, as: string, duties: Duty[], reason?: string): Promise<Shown> =>
    hub.ask(STEP, as, { duties, variables: { id, act, reason } });
  const done = async (answer: Promise<Shown>): Promise<Shown> => {
    const { data, errors } = await answer;
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  return {
    ask,
    step,
    done,
    /** A facility of 小店区 that no other test has had. */
    async facility(): Promise<FacilityRow> {
      const { facilities } = await hub.data(
        `{ facilities(where: { territory: { within: "140105" } }, first: 1000) { nodes { id name version code territory } } }`,
        CITY_STEWARD,
      );
      return facilities.nodes[taken++];
    },
    requested: (draft: object, as: string, asking?: Asking): Promise<Shown> => done(ask(draft, as, asking)),
    by: (id: string, act: string, as: string, duty: Duty, reason?: string): Promise<Shown> =>
      done(step(id, act, as, [duty], reason)),
    refusal: async (answer: Promise<Shown>): Promise<Shown> => (await answer).errors?.[0]?.extensions,
    seen: async (id: string, as: string, asking: Asking = {}): Promise<Shown> =>
      (
        await hub.data(`query ($id: String!) { correction(id: $id) { ${SHOWN} } }`, as, {
          ...asking,
          variables: { id },
        })
      ).correction,
    list: async (as: string, args: string, asking: Asking = {}): Promise<Shown> =>
      (
        await hub.data(
          `{ corrections${args && `(${args})`} { totalCount nodes { id state } pageInfo { hasNextPage endCursor } } }`,
          as,
          asking,
        )
      ).corrections,
    disputed: async (id: string, as: string, asking: Asking = {}): Promise<Shown> => {
      const [dataset] = id.split(":");
      const type = `${dataset?.charAt(0).toUpperCase()}${dataset?.slice(1)}`;
      const query = `query ($id: ID!) { node(id: $id, retired: INCLUDE) { ... on ${type} { disputed } } }`;
      return (await hub.data(query, as, { ...asking, variables: { id } })).node?.disputed;
    },
    rename: async (row: FacilityRow, name: string, as: string): Promise<Shown> =>
      done(
        hub.ask(
          `mutation ($id: ID!, $name: String!, $version: Int!) {
            updateFacility(id: $id, input: { name: $name }, expectedVersion: $version) { facility { version disputed } } }`,
          as,
          { duties: ["read", "steward"], variables: { id: row.id, name, version: row.version } },
        ),
      ),
  };
}

export const CITY_STEWARD = `civil-affairs@${CITY}`;
