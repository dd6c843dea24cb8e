// The entry of one dataset, as the page asks for it.
import { bestOf, type HeldLevel, type MatrixRow } from "../../sight";

export interface Field {
  name: string;
  zh: string;
  en: string;
  kind: string;
  unit: string | null;
  key: boolean;
  required: boolean;
  encrypted: boolean;
  class: string | null;
  personal: string;
  article: string | null;
  aggregateOpen: boolean;
  mask: string | null;
  steward: { kind: string; zh: string };
  stricter: { code: string; zh: string; en: string; class: string } | null;
  closure: { reason: string; law: string } | null;
  values: { name: string; zh: string }[];
}

export interface Version {
  number: number;
  publishedAt: string;
  differences: { zh: string; en: string }[];
  content: {
    frequency: string;
    ways: string[];
    responsible: { name: string; post: string; contact: string };
  };
}

export interface Entry {
  name: string;
  plural: string;
  title: string;
  en: string;
  article: string | null;
  from: string | null;
  linked: string | null;
  lawfulBasis: string | null;
  update: string | null;
  format: string;
  businessKey: string[];
  ways: string[];
  provider: { kind: string; zh: string };
  grading: { personal: string; theme: string; protected: boolean };
  conditions: {
    class: string;
    zh: string;
    en: string;
    criteria: { code: string; zh: string; en: string }[];
  }[];
  links: { name: string; zh: string; en: string; target: string; many: boolean }[];
  fields: Field[];
  unpublished: { zh: string; en: string }[];
  version: Version | null;
  versions: Version[];
}

export interface FieldRight extends MatrixRow {
  levels: (HeldLevel & { grounds: { kind: string; purpose: string | null }[] })[];
}

export interface EntryAnswer {
  catalogueEntry: Entry | null;
  accessMatrix: FieldRight[];
}

export const ENTRY = /* GraphQL */ `
  query Entry($dataset: String!, $purpose: String) {
    catalogueEntry(dataset: $dataset) {
      name plural title en article from linked lawfulBasis update format businessKey ways
      provider { kind zh }
      grading { personal theme protected }
      conditions { class zh en criteria { code zh en } }
      links { name zh en target many }
      fields {
        name zh en kind unit key required encrypted class personal article aggregateOpen mask
        steward { kind zh }
        stricter { code zh en class }
        closure { reason law }
        values { name zh }
      }
      unpublished { zh en }
      version { number publishedAt differences { zh en } content { frequency ways responsible { name post contact } } }
      versions { number publishedAt differences { zh en } content { frequency ways responsible { name post contact } } }
    }
    accessMatrix(dataset: $dataset, purpose: $purpose) {
      dataset field zh
      levels { level territory name condition grounds { kind purpose } }
    }
  }
`;

/** What can be asked for: shared at all, and not held in full everywhere. A report's fields follow from its inputs. */
export function lacking(entry: Entry, rights: readonly FieldRight[]): Field[] {
  if (entry.from !== null) return [];
  const held = new Map(rights.map((right) => [right.field, right.levels]));
  return entry.fields.filter(({ name, key, class: code }) => {
    const levels = held.get(name) ?? [];
    return !key && code !== "NOT_SHARED" && (bestOf(levels) !== "FULL" || levels.length > 1);
  });
}
