// What the page of one request asks for.
import type { Deadlined } from "./requests";

export const REQUEST = /* GraphQL */ `
  query Request($id: String!) {
    accessRequest(id: $id) {
      id requester requesterName provider providerName authority state class way purpose
      legalBasis scenario scope filedAt until due overdue lapsesAt acts grants partOf rest
      deadline { act workingDays article calendarKnown extended paused }
      items { dataset fields level territory territoryName }
      granted { dataset fields level territoryName until }
      transitions { seq act party department duty actor at to reason criterion due }
    }
  }
`;

export interface Item {
  dataset: string;
  fields: string[];
  level: string;
  territory: string;
  territoryName: string;
}

export interface Request extends Deadlined {
  id: string;
  requester: string;
  requesterName: string;
  provider: string;
  providerName: string;
  authority: string;
  state: string;
  class: string;
  way: string;
  purpose: string;
  legalBasis: string;
  scenario: string;
  scope: string;
  filedAt: string;
  until: string;
  lapsesAt: string | null;
  acts: string[];
  grants: string[];
  partOf: string | null;
  rest: string | null;
  deadline: {
    act: string;
    workingDays: number;
    article: string;
    calendarKnown: boolean;
    extended: boolean;
    paused: boolean;
  } | null;
  items: Item[];
  granted: (Omit<Item, "territory"> & { until: string })[];
  transitions: {
    seq: number;
    act: string;
    party: string;
    department: string;
    duty: string;
    actor: string;
    at: string;
    to: string;
    reason: string | null;
    criterion: string | null;
    due: string | null;
  }[];
}
