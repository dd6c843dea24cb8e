/** The printable catalogue object that declarations leave: everything downstream reads this, never reflection. */
import type { Mask, Personal, Sharing, ValueKind } from "./kinds";

/** A condition of one row, coded so that the decision can name it and the planner can compile it (semantics 4). */
export type RowTest =
  | { readonly any: readonly RowTest[] }
  | { readonly all: readonly RowTest[] }
  | { readonly field: string; readonly is: string | boolean }
  | { readonly field: string; readonly isNot: string | boolean }
  | { readonly field: string; readonly missing: true }
  | { readonly field: string; readonly ageBelow: number };

/** Under `when`, a field's class is `sharing` instead of its own. A test on a missing value holds: closed when in doubt. */
export interface Stricter {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly when: RowTest;
  readonly sharing: Sharing;
}

export interface Words {
  readonly zh: string;
  readonly en: string;
  /** Article, standard or requirement the thing comes from, e.g. "第十六条" or "B-34". */
  readonly article?: string;
}

export interface EnumEntry extends Words {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface FieldEntry extends Words {
  readonly name: string;
  readonly column: string;
  readonly kind: ValueKind;
  readonly sharing: Sharing;
  readonly personal: Personal;
  /** A key field (semantics 5): readable wherever another field of the row is, never making a row visible. */
  readonly key: boolean;
  readonly required: boolean;
  /** Set by the hub, never by a client. */
  readonly generated: boolean;
  readonly encrypted: boolean;
  readonly coded: boolean;
  /** AGGREGATE for every department (semantics 30). */
  readonly aggregateOpen: boolean;
  readonly mask?: Mask;
  readonly enum?: EnumEntry;
  /** Dataset whose id this field holds. */
  readonly references?: string;
  /** First steward kind, where it is another than the dataset's (B-08). */
  readonly steward?: string;
  readonly stricter?: Stricter;
  /** Stands in a linked source: no rule of the hub has held for its values, nor that there is one. */
  readonly unchecked?: boolean;
  readonly computed?: Computed;
  readonly check?: string;
  readonly unit?: string;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A declared condition in the words of a `where` argument; a day may be `{ today: days }`. */
export type DeclaredWhere = Readonly<Record<string, unknown>>;

/** A day as many days after today, or before; of a question about an instant, the day of that instant. */
export interface Today {
  readonly today: number;
}

/** What a value is tested against: a number, another field of the report, or a day. */
export type Bound = number | string | Today;

/** A figure over linked rows as it is published. */
export type Counted =
  | { readonly is: "count"; readonly link: string; readonly where?: DeclaredWhere }
  | {
      readonly is: "sum";
      readonly link: string;
      readonly field: string;
      /** A share: another field by which each value is multiplied. */
      readonly times?: string;
      readonly where?: DeclaredWhere;
      /** What it is where no row is linked; left out: nothing. */
      readonly none?: 0;
    }
  | {
      readonly is: "min" | "max";
      readonly link: string;
      readonly field: string;
      readonly where?: DeclaredWhere;
    };

/** The value of a report's field: one of the rows it is about, a figure over linked rows, or made of other fields. */
export type Computed =
  | { readonly is: "own" }
  | Counted
  | { readonly is: "ratio"; readonly of: string; readonly to: string; readonly per: number }
  /** Fields of the report, each times a number, added up; not less than `least`. */
  | { readonly is: "total"; readonly of: Readonly<Record<string, number>>; readonly least?: number }
  /** True where the value lies below or above a bound. */
  | { readonly is: "test"; readonly of: string; readonly below?: Bound; readonly above?: Bound };

export function isCounted(computed: Computed | undefined): computed is Counted {
  return computed !== undefined && "link" in computed;
}

/** Fields of the report that a field is made of. */
export function madeOf(computed: Computed): string[] {
  switch (computed.is) {
    case "ratio":
      return [computed.of, computed.to];
    case "total":
      return Object.keys(computed.of);
    case "test":
      return [computed.of, computed.below, computed.above].filter((f) => typeof f === "string");
    default:
      return [];
  }
}

export function isToday(value: unknown): value is Today {
  return typeof value === "object" && value !== null && "today" in value;
}

/** Fields that a declared condition reads. */
export function fieldsIn(where: unknown): string[] {
  if (Array.isArray(where)) return where.flatMap(fieldsIn);
  if (where === null || typeof where !== "object") return [];
  return Object.entries(where).flatMap(([name, value]) =>
    name === "and" || name === "or" || name === "not" ? fieldsIn(value) : [name],
  );
}

/** `here` = `there`: the pair of fields that join a row of this dataset to rows of the target. */
export interface LinkEntry extends Words {
  readonly name: string;
  readonly target: string;
  readonly many: boolean;
  readonly here: string;
  readonly there: string;
  /** Which side holds the key: a link is a read of that field (semantics 13). */
  readonly holder: "here" | "there";
}

/** A rule across the fields of one row that a write must satisfy. */
export interface RowRule extends Words {
  readonly code: string;
  /** Fields the error names. */
  readonly fields: readonly string[];
  /** True where the row satisfies the rule; values as they will be stored, null where missing. */
  readonly holds: (row: Readonly<Record<string, unknown>>) => boolean;
}

/** A rule across the rows in use that share the value of one field: the shares of one facility, the hours of one person. */
export interface SharedRule extends Words {
  readonly code: string;
  /** Rows with this field's value in common are compared. */
  readonly same: string;
  /** Fields the rule reads of each row, and the error names. */
  readonly fields: readonly string[];
  /** True where `row`, as it will be stored, may stand beside the others. */
  readonly holds: (
    row: Readonly<Record<string, unknown>>,
    others: readonly Readonly<Record<string, unknown>>[],
  ) => boolean;
}

/**
 * A field that repeats what a linked row says, because a row's class may depend only on the row itself. The hub sets it,
 * and sets it anew when the linked row changes.
 */
export interface Follows {
  readonly field: string;
  /** The reference field by which the other row is named. */
  readonly through: string;
  /** Fields of the other row that decide. */
  readonly reads: readonly string[];
  readonly value: (linked: Readonly<Record<string, unknown>>) => string | number | boolean | null;
}

/** Where a row says whether its person consents to sharing, and what stands there once the consent is withdrawn (B-35). */
export interface Consent {
  readonly field: string;
  readonly withdrawn: string;
  /** The day of the withdrawal. */
  readonly on?: string;
  /** What a minor's guardian says, with the same values (B-38). */
  readonly guardian?: string;
}

export interface DatasetEntry extends Words {
  readonly name: string;
  readonly plural: string;
  readonly type: string;
  readonly table: string;
  /** First steward kind; `stewardship` rows are what is read (semantics 1). */
  readonly steward: string;
  /** Fields of the business key, unique together. */
  readonly key: readonly string[];
  /** Rows are about persons, or confidential: figures are protected by the cell-key method (semantics 20). */
  readonly protected: boolean;
  /** Field naming the distinct person behind a row; left out: each row is a person of its own. */
  readonly person?: string;
  /** Why rows of persons may be open to all (semantics 5). */
  readonly rowsOpen?: string;
  readonly lawfulBasis?: string;
  readonly fields: readonly FieldEntry[];
  readonly links: readonly LinkEntry[];
  readonly rules: readonly RowRule[];
  readonly sharedRules?: readonly SharedRule[];
  readonly follows?: readonly Follows[];
  readonly consent?: Consent;
  /** The day up to and with which a row is kept, to be deleted after it (B-40). */
  readonly keptUntil?: string;
  readonly update?: string;
  /** The linked source that holds its rows: they are read there, and nothing is written or kept here (semantics 25). */
  readonly linked?: string;
  /** A report: its rows are those of this dataset, its right follows from the rights to its inputs. */
  readonly from?: string;
  /** Of a report: which of these rows it is about; left out: all. */
  readonly only?: DeclaredWhere;
  /** Of a report: its figures may be asked for one year. */
  readonly byYear?: boolean;
  readonly report?: ReportWords;
  /** The rows say where these rules do not hold. */
  readonly findings?: readonly RuleEntry[];
}

/** A rule's name in the schema, where a name has no hyphen. */
export function ruleName({ code }: Pick<RuleEntry, "code">): string {
  return code.replaceAll("-", "_");
}

/** A rule of the law as data: where its condition is true of a row, the rule does not hold there. */
export interface RuleEntry extends Words {
  /** As the docs name it, e.g. "I-01". */
  readonly code: string;
  readonly article: string;
  /** Dataset or report whose rows are held against it. */
  readonly on: string;
  /** What must hold, in words that can be computed by. */
  readonly formula: string;
  /** WARNING where the law says "usually", or the hub itself set a number. */
  readonly weight: "BREACH" | "WARNING";
  /** How surely the rule is known: V read in full text, P from an excerpt, OWN a reading of ours. */
  readonly mark: "V" | "P" | "OWN";
  /** First day of its validity, and the first day after it. */
  readonly from: string;
  readonly until?: string;
  readonly breach: DeclaredWhere;
  /** The field that was measured, and what it should be. */
  readonly measured?: string;
  readonly required?: string | number;
  readonly unit?: string;
}

/** What a report tells of itself beside its columns. */
export interface ReportWords {
  /** Number in the list of reports, e.g. "R2". */
  readonly no: string;
  /** Who and what is missing from its figures. */
  readonly coverage: { readonly zh: string; readonly en: string };
  readonly cannotSay: { readonly zh: string; readonly en: string };
}

/** All datasets by name, in the order of the list; reports apart, because they hold no rows of their own. */
export class Catalogue {
  readonly #entries: Map<string, DatasetEntry>;
  readonly #fields = new Map<DatasetEntry, Map<string, FieldEntry>>();

  constructor(entries: readonly DatasetEntry[]) {
    this.#entries = new Map(entries.map((d) => [d.name, d]));
    for (const d of entries) this.#fields.set(d, new Map(d.fields.map((f) => [f.name, f])));
  }

  get datasets(): readonly DatasetEntry[] {
    return [...this.#entries.values()].filter((d) => !d.from);
  }

  /** Datasets whose rows the hub keeps itself, and which alone can be written. */
  get kept(): readonly DatasetEntry[] {
    return this.datasets.filter((d) => !d.linked);
  }

  /** Datasets that are read where a bureau keeps them. */
  get linked(): readonly DatasetEntry[] {
    return this.datasets.filter((d) => d.linked);
  }

  get reports(): readonly DatasetEntry[] {
    return [...this.#entries.values()].filter((d) => d.from);
  }

  /** Everything that can be asked: datasets, then reports. */
  get readable(): readonly DatasetEntry[] {
    return [...this.datasets, ...this.reports];
  }

  find(name: string): DatasetEntry | undefined {
    return this.#entries.get(name);
  }

  /** The dataset or report of this name; an unknown name is a fault of the program, not of a client. */
  dataset(name: string): DatasetEntry {
    const found = this.#entries.get(name);
    if (!found) throw new Error(`no dataset is declared as ${name}`);
    return found;
  }

  field(dataset: DatasetEntry, name: string): FieldEntry {
    const found = this.#fields.get(dataset)?.get(name);
    if (!found) throw new Error(`${dataset.name} declares no field ${name}`);
    return found;
  }
}
