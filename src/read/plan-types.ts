/** The plan: everything decided, in plain data, before any SQL. */
import type { DatasetEntry, FieldEntry, RowTest, RuleEntry, Stricter, Today } from "../declare";
import type { HubError } from "../errors";
import type { Predicate, Row } from "./predicate";

/** One occurrence of a dataset in the statement. */
export interface Occurrence {
  readonly dataset: DatasetEntry;
  readonly row: Row;
  /** Read the versions in force at this instant. */
  readonly asOf?: string;
  /** Read all versions, superseded ones beside the present one. */
  readonly versions?: boolean;
  /** Set where versions are read: the rows of the present on which they are judged too. */
  readonly present?: readonly Present[];
}

/** A row as it is now beside a version: `column` is its id where the test fails on it, and null where it holds. */
export interface Present {
  readonly column: string;
  readonly table: string;
  /** The version's column that holds the row's id. */
  readonly by: string;
  readonly test: RowTest;
  /** The condition of the version that it bears on. */
  readonly condition: Stricter;
}

/** Rows of one dataset as one reader may see them. */
export interface Source extends Occurrence {
  /** TRUE in the rows that exist here: visible (or counted), not retired, joined to the row around. */
  readonly base: Predicate;
  /** Of a report: the rows it is about, and the figures beside each. */
  readonly report?: { readonly rows: Source; readonly computed: readonly ComputedField[] };
  /** Of findings: the rows in which each rule does not hold. */
  readonly findings?: readonly FoundRows[];
}

/** Rows in which one rule does not hold, as far as its reader reads all that the rule looks at. */
export interface FoundRows {
  readonly rule: RuleEntry;
  readonly rows: Source;
  readonly where: Predicate;
  /** Fields that a finding shows of the row, with where they are readable. */
  readonly shown: ReadonlyMap<string, Predicate>;
  /** The day on which the rule must be in force. */
  readonly day: string | Today;
}

/** One computed field of a report: a figure of its own small plan, or made of other fields. */
export type ComputedField =
  | {
      readonly is: "figure";
      readonly field: FieldEntry;
      readonly figure: FigureRef;
      readonly plan: FiguresPlan;
      /** What it is where no row is linked. */
      readonly none?: 0;
    }
  | {
      readonly is: "ratio";
      readonly field: FieldEntry;
      readonly of: FieldEntry;
      readonly to: FieldEntry;
      readonly per: number;
    }
  | {
      readonly is: "total";
      readonly field: FieldEntry;
      readonly of: readonly { readonly field: FieldEntry; readonly times: number }[];
      readonly least?: number;
    }
  | {
      readonly is: "test";
      readonly field: FieldEntry;
      readonly of: FieldEntry;
      readonly below?: Limit;
      readonly above?: Limit;
    };

/** What a value is tested against; a day of the calendar where it is text. */
export type Limit = number | string | FieldEntry | Today;

export type Cell =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | {
      readonly is: "field";
      readonly key: string;
      readonly field: FieldEntry;
      readonly full: Predicate;
      readonly masked: Predicate;
    }
  /** Names of fields with an open correction, where the row is one of the present. */
  | { readonly is: "disputed"; readonly key: string; readonly shown: readonly ShownFields[] }
  | { readonly is: "one"; readonly key: string; readonly row: RowPlan }
  | { readonly is: "list"; readonly key: string; readonly list: ListPlan }
  | { readonly is: "figures"; readonly key: string; readonly figures: FiguresPlan };

/** Fields that this reader reads at least masked in the same rows. */
export interface ShownFields {
  readonly names: readonly string[];
  readonly where: Predicate;
}

/** One row, or null where the source has none. */
export interface RowPlan {
  readonly source: Source;
  readonly where: Predicate;
  readonly cells: readonly Cell[];
}

export interface OrderKey {
  readonly field: FieldEntry;
  /** Elsewhere the row sorts as null. */
  readonly readable: Predicate;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** What of a connection was asked, in the order asked. */
export type ConnectionPart =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | { readonly is: "nodes"; readonly key: string; readonly cells: readonly Cell[] }
  | { readonly is: "edges"; readonly key: string; readonly parts: readonly EdgePart[] }
  | { readonly is: "pageInfo"; readonly key: string; readonly parts: readonly PageInfoPart[] }
  | { readonly is: "totalCount"; readonly key: string };

export type EdgePart =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | { readonly is: "cursor"; readonly key: string }
  | { readonly is: "node"; readonly key: string; readonly cells: readonly Cell[] };

export interface PageInfoPart {
  readonly key: string;
  readonly name: "__typename" | "hasNextPage" | "hasPreviousPage" | "startCursor" | "endCursor";
}

export interface ListPlan {
  readonly source: Source;
  readonly where: Predicate;
  /** Without the final `id`, which always follows. */
  readonly order: readonly OrderKey[];
  readonly size: number;
  readonly backward: boolean;
  /** Values of the order keys and the id of the row after (or before) which the page begins. */
  readonly from?: readonly unknown[];
  /** Part of every cursor; ties it to dataset, condition, order and decision (semantics 15). */
  readonly fingerprint: unknown;
  readonly parts: readonly ConnectionPart[];
}

export type GroupKey =
  | { readonly is: "field"; readonly name: string; readonly field: FieldEntry; readonly readable: Predicate }
  | {
      readonly is: "year" | "month";
      readonly name: string;
      readonly field: FieldEntry;
      readonly readable: Predicate;
    }
  | { readonly is: "territory"; readonly name: string; readonly digits: number };

export type FigureKind = "count" | "sum" | "avg" | "min" | "max";

/** A field over which figures are taken, with where it may be. */
export interface Measure {
  readonly field: FieldEntry;
  readonly readable: Predicate;
  readonly full: Predicate;
  /** Each value counts times this field of its row. */
  readonly times?: FieldEntry;
}

export interface FigureRef {
  readonly kind: FigureKind;
  /** Name of the measure's field; none for count. */
  readonly field?: string;
}

export type GroupPart =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | {
      readonly is: "key";
      readonly key: string;
      readonly of: readonly { readonly key: string; readonly name: string }[];
      readonly type: string;
    }
  | { readonly is: "count" | "suppressed"; readonly key: string }
  | {
      readonly is: "figure";
      readonly key: string;
      readonly kind: FigureKind;
      readonly type: string;
      readonly of: readonly { readonly key: string; readonly field: string }[];
    };

export type FiguresPart =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | { readonly is: "groups"; readonly key: string; readonly parts: readonly GroupPart[] }
  /** Known before SQL: the JSON text itself. */
  | { readonly is: "coverage"; readonly key: string; readonly json: string };

export interface FiguresPlan {
  readonly source: Source;
  readonly where: Predicate;
  readonly keys: readonly GroupKey[];
  readonly measures: readonly Measure[];
  /** Where a row's count is exact; everywhere in datasets that need no protection. */
  readonly exact: Predicate;
  readonly protected: boolean;
  readonly person?: FieldEntry;
  /** Figures that are asked for anywhere, so that `suppressed` can speak of them. */
  readonly used: readonly FigureRef[];
  readonly having: readonly { readonly figure: FigureRef; readonly op: string; readonly value: unknown }[];
  readonly order: readonly {
    readonly figure?: FigureRef;
    readonly key?: string;
    readonly descending: boolean;
  }[];
  readonly first: number;
  readonly parts: readonly FiguresPart[];
}

/** What rows are sought by: of each field a list with a value for every row that is wanted. */
export interface Names {
  readonly by: readonly FieldEntry[];
  readonly values: readonly (readonly unknown[])[];
}

/** One root field of an operation, and the datasets that it reads at their linked sources. */
export type RootPlan = RootKind & { readonly linked?: readonly DatasetEntry[] };

type RootKind =
  | { readonly is: "typename"; readonly key: string; readonly name: string }
  | { readonly is: "one"; readonly key: string; readonly row: RowPlan }
  /** Several rows of one plan, by their uuids. */
  | { readonly is: "rows"; readonly key: string; readonly row: RowPlan }
  /** The same by what names them, each at the place of its name. */
  | { readonly is: "named"; readonly key: string; readonly row: RowPlan; readonly names: Names }
  | { readonly is: "list"; readonly key: string; readonly list: ListPlan }
  | { readonly is: "figures"; readonly key: string; readonly figures: FiguresPlan }
  | { readonly is: "nothing"; readonly key: string }
  | { readonly is: "refused"; readonly key: string; readonly name: string; readonly error: HubError };
