/** What the declaration says of a dataset, as one object with one spelling: published versions keep it, and are compared with it. */
import { createHash } from "node:crypto";
import type { DatasetEntry, FieldEntry, Personal, Sharing } from "../../declare";
import { inForce, type Rights } from "../../identity";

export interface DeclaredField {
  readonly zh: string;
  readonly en: string;
  readonly article?: string;
  readonly kind: string;
  readonly unit?: string;
  readonly class: Sharing;
  readonly personal: Personal;
  readonly key: boolean;
  readonly required: boolean;
  readonly encrypted: boolean;
  readonly aggregateOpen: boolean;
  readonly mask?: string;
  readonly standard?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly references?: string;
  /** Where it is another than the dataset's. */
  readonly steward?: string;
  readonly stricter?: {
    readonly code: string;
    readonly zh: string;
    readonly class: Sharing;
    /** The test of the row, so that a change of it is seen. */
    readonly when: unknown;
  };
}

export interface Declared {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly article?: string;
  /** Kind of the steward in force: a change of duties shows as one of the catalogue (B-07). */
  readonly steward: string;
  readonly businessKey: readonly string[];
  readonly protected: boolean;
  readonly person?: string;
  readonly rowsOpen?: string;
  readonly lawfulBasis?: string;
  readonly update?: string;
  /** The linked source that holds its rows. */
  readonly linked?: string;
  readonly fields: Readonly<Record<string, DeclaredField>>;
  /** Names of links with the datasets they lead to. */
  readonly links: Readonly<Record<string, string>>;
}

export interface Snapshot {
  readonly declared: Declared;
  readonly hash: string;
}

/** With the stewards in force at that time. */
export function snapshotOf(entry: DatasetEntry, rights: Rights, at: Date): Snapshot {
  const own = rights.stewardships.filter((s) => s.dataset === entry.name && inForce(s, at));
  const stewardOf = (field?: string) => own.find((s) => s.field === field)?.kind;
  const { name, zh, en, article, person, rowsOpen, lawfulBasis, update, linked } = entry;
  const declared: Declared = {
    ...{ name, zh, en, article, person, rowsOpen, lawfulBasis, update, linked },
    steward: stewardOf() ?? entry.steward,
    businessKey: entry.key,
    protected: entry.protected,
    fields: Object.fromEntries(entry.fields.map((f) => [f.name, declaredField(f, stewardOf(f.name))])),
    links: Object.fromEntries(entry.links.map((l) => [l.name, `${l.target}${l.many ? "*" : ""}`])),
  };
  const text = canonical(declared);
  return { declared: JSON.parse(text), hash: createHash("sha256").update(text).digest("hex") };
}

function declaredField(field: FieldEntry, steward: string | undefined): DeclaredField {
  const { zh, en, article, kind, unit, personal, key, required, encrypted, aggregateOpen, mask } = field;
  const { stricter, references } = field;
  return {
    ...{ zh, en, article, kind, unit, personal, key, required, encrypted, aggregateOpen, mask, references },
    class: field.sharing,
    standard: field.check,
    values: field.enum?.values,
    steward,
    stricter: stricter && {
      code: stricter.code,
      zh: stricter.zh,
      class: stricter.sharing,
      when: stricter.when,
    },
  };
}

/** JSON with the names of every object in order: the same facts are the same text, in whatever order they are declared. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
