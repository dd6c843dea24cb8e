// Words for tests of grants: one that stands, whose it is, and the acts on it.
import { randomUUID } from "node:crypto";
import type { Duty } from "../../src/identity";
import type { Asking, TestHub } from "../setup/hub";

export const CITY = "140100000000";
export const XIAODIAN = "140105000000";
export const HOUSING = `housing@${CITY}`;
export const FINANCE = `finance@${CITY}`;
export const BIG_DATA = `big-data@${CITY}`;
export const XIAODIAN_BIG_DATA = `big-data@${XIAODIAN}`;
export const CIVIL_AFFAIRS = `civil-affairs@${CITY}`;
export const XIAODIAN_CIVIL_AFFAIRS = `civil-affairs@${XIAODIAN}`;
export const PURPOSE = "emergency-response";

/** A clock that runs with the real one, days ahead of it. */
export class Ahead {
  #days = 0;

  readonly now = (): Date => new Date(Date.now() + this.#days * 86_400_000);

  days(days: number): void {
    this.#days = days;
  }
}

export const SHOWN = `id department dataset fields level territory until state inForce daysLeft provider openActs lastUsedAt
  acts { seq at act party duty actor department reason negotiation { at record } authority successor
    former { fields level territory until } disposal { what how at by } }`;

const ACTS = {
  suspend: `($id: String!, $reason: String!) { suspendGrant(id: $id, reason: $reason)`,
  resume: `($id: String!, $reason: String!) { resumeGrant(id: $id, reason: $reason)`,
  revoke: `($id: String!, $reason: String!, $negotiation: GrantNegotiationInput) {
    revokeGrant(id: $id, reason: $reason, negotiation: $negotiation)`,
  relinquish: `($id: String!, $reason: String!) { relinquishGrant(id: $id, reason: $reason)`,
  narrow: `($id: String!, $reason: String!, $negotiation: GrantNegotiationInput!, $fields: [String!], $level: AccessLevel,
      $territory: String, $until: DateTime) {
    narrowGrant(id: $id, reason: $reason, negotiation: $negotiation, fields: $fields, level: $level,
      territory: $territory, until: $until)`,
  dispose: `($id: String!, $disposal: GrantDisposalInput!) { reportDisposal(id: $id, disposal: $disposal)`,
};
export type Act = keyof typeof ACTS;

export const NEGOTIATION = { at: "2026-11-02T09:00:00+08:00", record: "双方协商一致" };
export const DISPOSAL = {
  what: "本局留存的副本",
  how: "删除并核对",
  at: "2026-11-03T09:00:00+08:00",
  by: "应急科",
};

/** Whose each act is, and what is said with it. */
export const WHOSE: Record<Act, { as: string; duty: Duty; said: object }> = {
  suspend: { as: XIAODIAN_CIVIL_AFFAIRS, duty: "decide", said: { reason: "超出使用目的" } },
  resume: { as: XIAODIAN_CIVIL_AFFAIRS, duty: "decide", said: { reason: "已整改" } },
  narrow: {
    as: XIAODIAN_CIVIL_AFFAIRS,
    duty: "decide",
    said: { reason: "姓名已够用", negotiation: NEGOTIATION, fields: ["name"] },
  },
  revoke: {
    as: XIAODIAN_CIVIL_AFFAIRS,
    duty: "decide",
    said: { reason: "服务停止", negotiation: NEGOTIATION },
  },
  relinquish: { as: HOUSING, duty: "approve", said: { reason: "目的已实现" } },
  dispose: { as: HOUSING, duty: "read", said: { disposal: DISPOSAL } },
};

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
type Shown = any;

export interface GrantRow {
  readonly department?: string;
  readonly dataset?: string;
  readonly fields?: readonly string[];
  readonly level?: string;
  readonly territory?: string;
  readonly grantedBy?: string;
  readonly from?: string;
  readonly until?: string | null;
  readonly purpose?: string;
}

export function grantsOn(hub: TestHub) {
  /** As if it had been asked for and granted. */
  const given = async (row: GrantRow = {}): Promise<string> => {
    const { rows } = await hub.database.pool.query<{ id: string }>(
      `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, request,
         starts_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, '本部门职责', $7, $8, $9, $10) RETURNING id`,
      [
        ...[row.department ?? HOUSING, row.dataset ?? "volunteer", row.fields ?? ["name", "phone"]],
        ...[row.level ?? "FULL", row.territory ?? XIAODIAN, row.purpose ?? PURPOSE],
        ...[row.grantedBy ?? XIAODIAN_CIVIL_AFFAIRS, randomUUID(), row.from ?? "2026-01-01T00:00:00+08:00"],
        row.until === undefined ? "2029-01-01T00:00:00+08:00" : row.until,
      ],
    );
    return rows[0]!.id;
  };
  const attempt = (id: string, act: Act, as: string, duties: Duty[], said: object): Promise<Shown> =>
    hub.ask(`mutation ${ACTS[act]} { ${SHOWN} } }`, as, { duties, variables: { id, ...said } });
  const refusal = async (answer: Promise<Shown>): Promise<Shown> => (await answer).errors?.[0]?.extensions;
  return {
    given,
    attempt,
    refusal,
    /** Taken by whose it is. */
    act: async (id: string, act: Act, said: object = {}): Promise<Shown> => {
      const { as, duty, said: usual } = WHOSE[act];
      const { data, errors } = await attempt(id, act, as, [duty], { ...usual, ...said });
      if (errors) throw new Error(JSON.stringify(errors));
      return Object.values(data)[0];
    },
    refused: (id: string, act: Act, said: object = {}): Promise<Shown> => {
      const { as, duty, said: usual } = WHOSE[act];
      return refusal(attempt(id, act, as, [duty], { ...usual, ...said }));
    },
    list: async (as: string, args = "", asking: Asking = {}): Promise<Shown[]> =>
      (await hub.data(`{ grants(first: 1000${args && `, ${args}`}) { nodes { ${SHOWN} } } }`, as, asking))
        .grants.nodes,
  };
}
