// What the hub says of a report, and the kinds of its fields.
import { say } from "../../../../session/language";

export interface Column {
  name: string;
  zh: string;
  en: string;
  unit: string | null;
  formula: string;
  article: string | null;
}

export interface Input {
  dataset: string;
  zh: string;
  steward: string;
  update: string | null;
  changedOn: string | null;
}

export interface Report {
  id: string;
  no: string;
  query: string;
  zh: string;
  en: string;
  article: string | null;
  coverage: string;
  cannotSay: string;
  byYear: boolean;
  byPeriod: boolean;
  columns: Column[];
  inputs: Input[];
}

export interface Field {
  name: string;
  kind: string;
  values: { name: string; zh: string }[];
}

export interface Described {
  reports: Report[];
  catalogueEntry: { fields: Field[] } | null;
}

export const GALLERY = /* GraphQL */ `
  query Reports {
    reports {
      id no query zh en article coverage cannotSay byYear byPeriod
      columns { name zh en unit formula article }
      inputs { dataset zh steward update changedOn }
    }
  }
`;

export const DESCRIBED = /* GraphQL */ `
  query Report($id: String!) {
    reports {
      id no query zh en article coverage cannotSay byYear byPeriod
      columns { name zh en unit formula article }
      inputs { dataset zh steward update changedOn }
    }
    catalogueEntry(dataset: $id) {
      fields { name kind values { name zh } }
    }
  }
`;

/** The hub tells some texts in both languages, the Chinese first. */
export function oneLanguage(text: string): string {
  const at = text.search(/。(?=[A-Z])/);
  return at < 0 ? text : say(text.slice(0, at + 1), text.slice(at + 1));
}

/** The first words of a report's question are its name. */
export function nameOf({ zh, en }: { zh: string; en: string }): string {
  return say(zh.split("：")[0] ?? zh, en.split(/[:;]/)[0] ?? en);
}
