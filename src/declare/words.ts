/** The words a dataset file is written in: @Dataset, @Field, links, and one word per kind of value. */
import { registerEnumType } from "type-graphql";
import type {
  Computed,
  Consent,
  DeclaredWhere,
  EnumEntry,
  FieldEntry,
  Follows,
  LinkEntry,
  ReportWords,
  RowRule,
  RuleEntry,
  SharedRule,
  Stricter,
  Words,
} from "./catalogue";
import { type Mask, type Personal, SHARING, type Sharing, type ValueKind } from "./kinds";

/** A value's kind with what belongs to it; made by the words below. */
export interface ValueType {
  readonly kind: ValueKind;
  readonly enum?: EnumEntry;
  readonly references?: string;
  readonly encrypted?: boolean;
  readonly mask?: Mask;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** Name of a check of check.ts that the text must pass. */
  readonly check?: string;
}

/** Free text of at most `maxLength` characters. */
export const text = (maxLength = 200): ValueType => ({ kind: "text", maxLength });
/** An identifier; `check` names the algorithm it must pass. */
export const code = (check?: string, maxLength = 64): ValueType => ({ kind: "code", check, maxLength });
/** A 12-digit division code that must exist. */
export const division = (): ValueType => ({ kind: "code", check: "division", maxLength: 12 });
export const oneOf = (values: EnumWords): ValueType => ({ kind: "enum", enum: entryOf(values) });
export const listOf = (values: EnumWords): ValueType => ({ kind: "enumList", enum: entryOf(values) });
export const count = (min = 0, max = 2_000_000_000): ValueType => ({ kind: "int", min, max });
/** Money in yuan, two decimals. */
export const money = (min = 0): ValueType => ({ kind: "decimal", min });
/** An area, an amount of hours or a rate; the unit stands in the field's facts. */
export const measure = (min = 0, max = 1e9): ValueType => ({ kind: "float", min, max });
export const flag = (): ValueType => ({ kind: "boolean" });
export const day = (): ValueType => ({ kind: "date" });
export const instant = (): ValueType => ({ kind: "datetime" });
/** The id of a row of the named dataset. */
export const idOf = (dataset: string): ValueType => ({ kind: "reference", references: dataset });
/** A mobile number or an identity number: encrypted at rest, masked form and keyed hash beside it. */
export const encrypted = (mask: "PHONE" | "ID_NUMBER"): ValueType => ({
  kind: "text",
  encrypted: true,
  mask,
  maxLength: 32,
  check: mask === "PHONE" ? "phone" : "idNumber",
});

/** An enum as its names with their Chinese words. */
export type EnumWords = Readonly<Record<string, string>>;

const enums = new Map<EnumWords, EnumEntry>();
const enumObjects = new Map<string, object>();

/** The object that stands for an enum towards type-graphql. */
export function enumObject(name: string): object {
  const found = enumObjects.get(name);
  if (!found) throw new Error(`the enum ${name} is not declared`);
  return found;
}

/** Declares an enum: its GraphQL name, what it is, and its values with the article's own words. */
export function defineEnum<T extends EnumWords>(name: string, words: Words, values: T): T {
  const known = [...enums.values()].find((e) => e.name === name);
  if (known) throw new Error(`the enum ${name} is declared twice`);
  enums.set(values, { name, ...words, values });
  const object = Object.fromEntries(Object.keys(values).map((v) => [v, v]));
  enumObjects.set(name, object);
  registerEnumType(object, {
    name,
    description: `${words.zh}${words.article ? `（${words.article}）` : ""}。${words.en}`,
    valuesConfig: Object.fromEntries(Object.entries(values).map(([v, zh]) => [v, { description: zh }])),
  });
  return values;
}

function entryOf(values: EnumWords): EnumEntry {
  const entry = enums.get(values);
  if (!entry) throw new Error("an enum is used before defineEnum declared it");
  return entry;
}

/** Every fact of one field; a field without a sharing class does not compile. */
export interface FieldFacts extends Words {
  readonly type: ValueType;
  readonly sharing: Sharing;
  readonly personal?: Personal;
  readonly required?: boolean;
  readonly key?: boolean;
  readonly generated?: boolean;
  /** A whole number that is a coded dimension (a fiscal year), so that protected figures may be cut by it. */
  readonly coded?: boolean;
  readonly aggregateOpen?: boolean;
  readonly mask?: Mask;
  readonly steward?: string;
  readonly stricter?: Stricter;
  readonly unit?: string;
}

export interface DatasetFacts extends Words {
  readonly name: string;
  readonly plural: string;
  /** First steward's department kind, e.g. "civil-affairs". */
  readonly steward: string;
  readonly key: readonly string[];
  /** Figures protected by the cell-key method; left out: where a field is PERSONAL or SENSITIVE. */
  readonly protected?: boolean;
  readonly person?: string;
  readonly rowsOpen?: string;
  /** Lawful basis of processing personal data (B-34). */
  readonly lawfulBasis?: string;
  /** A stricter class in some rows, for every field but the key fields. */
  readonly stricter?: Stricter;
  readonly rules?: readonly RowRule[];
  readonly sharedRules?: readonly SharedRule[];
  readonly follows?: readonly Follows[];
  /** Left out: nobody's consent is recorded here. */
  readonly consent?: Consent;
  /** The day field whose end deletes the row (B-40); left out: only rules that an office enters end its rows. */
  readonly keptUntil?: string;
  /** Update frequency (B-02). */
  readonly update?: string;
  /** The linked source that holds its rows, in kebab-case; left out: the hub keeps them. */
  readonly linked?: string;
}

/** A report's own facts; its right is derived, so that it names neither steward nor classes. */
export interface ReportFacts extends Words {
  readonly name: string;
  readonly plural: string;
  /** The dataset whose rows the report is about, one line each. */
  readonly from: string;
  readonly key: readonly string[];
  /** Which of its rows; left out: all. */
  readonly only?: DeclaredWhere;
  /** Figures may be asked for one year, where their rows have a `year`. */
  readonly byYear?: boolean;
  readonly report: ReportWords;
}

/** The facts of the one report whose rows are findings: its rows come from wherever a rule looks. */
export interface FindingsFacts extends Words {
  readonly name: string;
  readonly plural: string;
  readonly key: readonly string[];
  readonly report: ReportWords;
  readonly rules: readonly RuleEntry[];
}

/** A field of a report; `computed` left out: the field of the same name of the rows it is about. */
export interface FigureFacts extends Words {
  readonly type: ValueType;
  readonly unit?: string;
  readonly coded?: boolean;
  readonly computed?: Computed;
}

/** A link to one row: `here` names the reference field of this dataset. */
export interface OneFacts extends Words {
  readonly to: string;
  readonly here: string;
  /** Field of the target; its id if left out. */
  readonly there?: string;
}

/** A link to many rows: `there` names the field of the target that points here. */
export interface ManyFacts extends Words {
  readonly to: string;
  readonly there: string;
  /** Field of this dataset; its id if left out. */
  readonly here?: string;
}

/** What the decorators leave per class until @Dataset gathers it. */
export interface Declared {
  readonly fields: FieldEntry[];
  readonly links: LinkEntry[];
}

const declared = new WeakMap<object, Declared>();

/** What this class itself declares. */
export function declaredOn(prototype: object): Declared {
  let own = declared.get(prototype);
  if (!own) {
    own = { fields: [], links: [] };
    declared.set(prototype, own);
  }
  return own;
}

/** Declares a field with all its facts. */
export function Field(facts: FieldFacts): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    if (!SHARING.includes(facts.sharing)) throw new Error(`field ${name} has no sharing class`);
    const { type, ...rest } = facts;
    declaredOn(prototype).fields.push({
      ...rest,
      name,
      column: snake(name),
      kind: type.kind,
      personal: facts.personal ?? "NONE",
      key: facts.key ?? false,
      required: facts.required ?? false,
      generated: facts.generated ?? false,
      encrypted: type.encrypted ?? false,
      coded: type.kind === "enum" || type.kind === "boolean" || (facts.coded ?? false),
      aggregateOpen: facts.aggregateOpen ?? false,
      mask: facts.mask ?? type.mask,
      enum: type.enum,
      references: type.references,
      check: type.check,
      maxLength: type.maxLength,
      min: type.min,
      max: type.max,
    });
  };
}

/** Declares a field of a report. Its class stays closed: the right to it is derived from its inputs alone. */
export function Figure(facts: FigureFacts): PropertyDecorator {
  return (prototype, property) => {
    const { computed = { is: "own" }, ...rest } = facts;
    Field({ ...rest, sharing: "NOT_SHARED" })(prototype, property);
    const { fields } = declaredOn(prototype);
    const last = fields.pop();
    if (last) fields.push({ ...last, computed });
  };
}

/** Declares a link to one row, followed where the key field on this side is readable. */
export function One(facts: OneFacts): PropertyDecorator {
  return (prototype, property) => {
    const { to, here, there = "id", ...words } = facts;
    declaredOn(prototype).links.push({
      ...words,
      name: String(property),
      target: to,
      many: false,
      here,
      there,
      holder: "here",
    });
  };
}

/** Declares a link to many rows, followed where the key field on their side is readable. */
export function Many(facts: ManyFacts): PropertyDecorator {
  return (prototype, property) => {
    const { to, there, here = "id", ...words } = facts;
    declaredOn(prototype).links.push({
      ...words,
      name: String(property),
      target: to,
      many: true,
      here,
      there,
      holder: "there",
    });
  };
}

/** camelCase to snake_case, as columns and SQL names are written. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** camelCase to SCREAMING_SNAKE, as enum values are written. */
export function scream(name: string): string {
  return snake(name).toUpperCase();
}
