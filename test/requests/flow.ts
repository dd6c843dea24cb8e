// Words for tests of requests: who files, who takes which step, on which day.

import type { Duty } from "../../src/identity";
import type { Asking, TestHub } from "../setup/hub";

export const CITY = "140100000000";
export const XIAODIAN = "140105000000";
export const FINANCE = `finance@${CITY}`;
export const HOUSING = `housing@${CITY}`;
export const CIVIL_AFFAIRS = `civil-affairs@${CITY}`;
export const XIAODIAN_CIVIL_AFFAIRS = `civil-affairs@${XIAODIAN}`;
export const BIG_DATA = `big-data@${CITY}`;

export const SHOWN = `id filing requester provider authority superior class state due overdue lapsesAt way grants acts rest partOf
  granted { dataset fields level territory until }
  items { dataset fields level territory } deadline { act workingDays extensionDays extended paused article calendarKnown }
  transitions { seq act to party duty actor department reason criterion deadlineRule due }`;

/** A steerable clock; instants are given as Shanghai has them, in March 2026, which begins with a Sunday. */
export class Time {
  #now = new Date("2026-03-02T09:00:00+08:00");

  readonly now = (): Date => this.#now;

  march(text: string): void {
    this.#now = new Date(`2026-03-${text}:00+08:00`);
  }
}

export const VOLUNTEERS = [
  { dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory: "140105" },
];

export const TERMS = {
  purpose: "emergency-response",
  legalBasis: "本部门职责",
  scenario: "应急物资发放时联系志愿者",
  scope: "本局应急科",
  way: "API",
  until: "2099-01-01T00:00:00+08:00",
};

const FILE = `mutation ($operation: String, $variables: String, $missing: [String!], $items: [AccessRequestItemInput!], $purpose: String!, $legalBasis: String!,
    $scenario: String!, $scope: String!, $way: AccessRequestWay!, $until: DateTime!, $territory: String,
    $level: AccessLevel, $idempotencyKey: String) {
  requestAccess(operation: $operation, variables: $variables, missing: $missing, items: $items, purpose: $purpose, legalBasis: $legalBasis, scenario: $scenario,
    scope: $scope, way: $way, until: $until, territory: $territory, level: $level,
    idempotencyKey: $idempotencyKey) { ${SHOWN} } }`;
const STEP = `mutation ($id: String!, $act: AccessRequestAct!, $reason: String, $criterion: String,
    $part: AccessRequestPartInput) {
  decideAccessRequest(id: $id, act: $act, reason: $reason, criterion: $criterion, part: $part) { ${SHOWN} } }`;

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
type Shown = any;

export interface Given {
  readonly reason?: string;
  readonly criterion?: string;
  readonly part?: object;
}

export function flowOn(hub: TestHub) {
  const file = async (
    given: object = { items: VOLUNTEERS },
    as = HOUSING,
    duties: Duty[] = ["read"],
  ): Promise<Shown> => hub.ask(FILE, as, { duties, variables: { ...TERMS, ...given } });
  const step = (id: string, act: string, as: string, duties: Duty[], given: Given = {}): Promise<Shown> =>
    hub.ask(STEP, as, { duties, variables: { id, act, ...given } });
  const done = async (answer: Promise<Shown>): Promise<Shown> => {
    const { data, errors } = await answer;
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  return {
    file,
    step,
    filed: async (given?: object, as?: string): Promise<Shown> => (await done(file(given, as)))[0],
    all: (given?: object, as?: string): Promise<Shown> => done(file(given, as)),
    approve: (id: string, as = HOUSING): Promise<Shown> => done(step(id, "APPROVE", as, ["approve"])),
    decide: (id: string, act: string, as: string, given?: Given): Promise<Shown> =>
      done(step(id, act, as, ["decide"], given)),
    by: (id: string, act: string, as: string, duty: Duty, given?: Given): Promise<Shown> =>
      done(step(id, act, as, [duty], given)),
    refusal: async (answer: Promise<Shown>): Promise<Shown> => (await answer).errors?.[0]?.extensions,
    seen: async (id: string, as: string, asking: Asking = {}): Promise<Shown> =>
      (
        await hub.data(`query ($id: String!) { accessRequest(id: $id) { ${SHOWN} } }`, as, {
          ...asking,
          variables: { id },
        })
      ).accessRequest,
    list: async (as: string, duties: Duty[], args: string): Promise<Shown> =>
      (
        await hub.data(
          `{ accessRequests(${args}) { totalCount nodes { id state } pageInfo { hasNextPage endCursor } } }`,
          as,
          { duties },
        )
      ).accessRequests,
  };
}
