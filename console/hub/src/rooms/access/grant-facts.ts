// What the page of one grant asks for.
export const GRANT = /* GraphQL */ `
  query Grant($id: String!) {
    grant(id: $id) {
      id dataset fields level territory territoryName department provider purpose legalBasis state from until
      daysLeft lastUsedAt openActs request
      acts {
        seq act party department duty actor at reason authority
        negotiation { at record }
        disposal { what how at by }
        former { fields level territory until }
      }
    }
  }
`;

export interface Grant {
  id: string;
  dataset: string;
  fields: string[];
  level: string;
  territory: string;
  territoryName: string;
  department: string;
  provider: string;
  purpose: string;
  legalBasis: string;
  state: string;
  from: string;
  until: string | null;
  daysLeft: number | null;
  lastUsedAt: string | null;
  openActs: string[];
  request: string | null;
  acts: {
    seq: number;
    act: string;
    party: string;
    department: string;
    duty: string;
    actor: string;
    at: string;
    reason: string | null;
    authority: string | null;
    negotiation: { at: string; record: string } | null;
    disposal: { what: string; how: string; at: string; by: string } | null;
    former: { fields: string[]; level: string; territory: string; until: string | null };
  }[];
}
