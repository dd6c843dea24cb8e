/** @Dataset: turns a class with declared fields into a catalogue entry, a TypeORM entity and a GraphQL type. */
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLScalarType,
  GraphQLString,
} from "graphql";
import { Field as GraphField, ObjectType } from "type-graphql";
import { Column, type ColumnOptions, Entity, PrimaryColumn } from "typeorm";
import { Catalogue, type DatasetEntry, type FieldEntry, type Stricter } from "./catalogue";
import { describe } from "./describe";
import { checkEntry } from "./gaps";
import { isStricter } from "./kinds";
import { linkedTo } from "./linked";
import { Node } from "./node";
import { DateScalar, DateTimeScalar, DecimalScalar } from "./scalars";
import {
  type DatasetFacts,
  type Declared,
  declaredOn,
  enumObject,
  type FindingsFacts,
  type ReportFacts,
  snake,
} from "./words";

export type DatasetClass = Function & { prototype: object };

const entries = new Map<DatasetClass, DatasetEntry>();

/** Declares a dataset: the three calls to catalogue, TypeORM and TypeGraphQL are made here and nowhere else. */
export function Dataset(facts: DatasetFacts): ClassDecorator {
  return (target) => {
    const own = entryOf(target, facts);
    const entry = facts.linked ? linkedTo(facts.linked, own) : own;
    checkEntry(entry);
    entries.set(target, entry);
    Entity(entry.table)(target);
    ObjectType(entry.type, { description: describe(entry), implements: Node })(target);
    for (const field of entry.fields) declareField(target.prototype, field);
  };
}

/** Declares a report: catalogue and GraphQL type; it has no table, and its steward is that of the rows it is about. */
export function Report(facts: ReportFacts): ClassDecorator {
  return (target) =>
    declareReport(target, { ...entryOf(target, { ...facts, steward: "" }), protected: false });
}

/** Declares the findings of rules: no rows of their own, and kept by nobody but the hub, which computes them. */
export function Findings({ rules, ...facts }: FindingsFacts): ClassDecorator {
  return (target) => {
    const entry = entryOf(target, { ...facts, from: facts.name, steward: "big-data" });
    declareReport(target, { ...entry, protected: false, findings: rules });
  };
}

function declareReport(target: Function, entry: DatasetEntry): void {
  entries.set(target, entry);
  ObjectType(entry.type, { description: describe(entry), implements: Node })(target);
  for (const field of entry.fields)
    GraphField(() => outputTypeOf(field), { nullable: field.name !== "id", description: describe(field) })(
      target.prototype,
      field.name,
    );
}

/** The catalogue of these classes, in this order. */
export function catalogueOf(classes: readonly DatasetClass[]): Catalogue {
  return new Catalogue(classes.map(datasetOf));
}

export function datasetOf(target: DatasetClass): DatasetEntry {
  const entry = entries.get(target);
  if (!entry) throw new Error(`${target.name} is not decorated with @Dataset`);
  return entry;
}

/** The class that declared a dataset, for the libraries that want classes. */
export function classOf(name: string): DatasetClass {
  for (const [target, entry] of entries) if (entry.name === name) return target;
  throw new Error(`no class declares the dataset ${name}`);
}

function entryOf(target: DatasetClass, facts: DatasetFacts & { from?: string }): DatasetEntry {
  const gathered = gather(target);
  const personal = gathered.fields.some((f) => f.personal === "PERSONAL" || f.personal === "SENSITIVE");
  const { stricter, rules = [], ...rest } = facts;
  return {
    ...rest,
    type: facts.name.charAt(0).toUpperCase() + facts.name.slice(1),
    table: snake(facts.from ?? facts.name),
    protected: facts.protected ?? personal,
    rules,
    fields: [identifier(facts.name), ...gathered.fields].map((field) => {
      const key = field.key || facts.key.includes(field.name);
      return {
        ...field,
        key,
        stricter: key ? undefined : (field.stricter ?? onlyIfStricter(field, stricter)),
      };
    }),
    links: gathered.links,
  };
}

/** A dataset's condition must never open a field that is closed anyway: NOT_SHARED stays NOT_SHARED. */
function onlyIfStricter(field: FieldEntry, stricter: Stricter | undefined): Stricter | undefined {
  return stricter && isStricter(stricter.sharing, field.sharing) ? stricter : undefined;
}

/** Own declarations first, then those of the base classes. */
function gather(target: DatasetClass): Declared {
  const all: Declared = { fields: [], links: [] };
  for (let p = target.prototype; p && p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    const own = declaredOn(p);
    all.fields.push(...own.fields.filter((f) => !all.fields.some((known) => known.name === f.name)));
    all.links.push(...own.links);
  }
  return all;
}

function identifier(dataset: string): FieldEntry {
  return {
    name: "id",
    column: "id",
    kind: "reference",
    references: dataset,
    sharing: "UNCONDITIONAL",
    personal: "NONE",
    key: true,
    required: true,
    generated: true,
    encrypted: false,
    coded: false,
    aggregateOpen: false,
    zh: "全局标识，不透明",
    en: "Global identifier, opaque",
  };
}

function declareField(prototype: object, field: FieldEntry): void {
  GraphField(() => outputTypeOf(field), { nullable: field.name !== "id", description: describe(field) })(
    prototype,
    field.name,
  );
  if (field.name === "id") PrimaryColumn({ type: "uuid" })(prototype, "id");
  else for (const [property, options] of columnsOf(field)) Column(options)(prototype, property);
}

/** The GraphQL type of a field's value; a list type is an array of one. */
// biome-ignore lint/suspicious/noExplicitAny: type-graphql takes scalars, enum objects and arrays of them here
export function outputTypeOf(field: FieldEntry): any {
  const one = SCALARS[field.kind] ?? enumObjectOf(field);
  return field.kind === "enumList" ? [one] : one;
}

const SCALARS: Partial<Record<FieldEntry["kind"], GraphQLScalarType>> = {
  text: GraphQLString,
  code: GraphQLString,
  int: GraphQLInt,
  float: GraphQLFloat,
  boolean: GraphQLBoolean,
  decimal: DecimalScalar,
  date: DateScalar,
  datetime: DateTimeScalar,
  reference: GraphQLID,
};

function enumObjectOf(field: FieldEntry): object {
  if (!field.enum) throw new Error(`field ${field.name} has a kind without a type`);
  return enumObject(field.enum.name);
}

const SQL_TYPES: Record<FieldEntry["kind"], ColumnOptions> = {
  text: { type: "text", collation: "C" },
  code: { type: "text", collation: "C" },
  enum: { type: "text", collation: "C" },
  enumList: { type: "text", array: true },
  int: { type: "integer" },
  decimal: { type: "numeric", precision: 18, scale: 2 },
  float: { type: "numeric", precision: 14, scale: 4 },
  boolean: { type: "boolean" },
  date: { type: "date" },
  datetime: { type: "timestamptz" },
  reference: { type: "uuid" },
};

/** Columns of a field by entity property: one, or three where it is encrypted, or two where its mask is stored. */
export function columnsOf(field: FieldEntry): [string, ColumnOptions][] {
  const nullable = !field.required && !field.generated;
  const masked: [string, ColumnOptions] = [
    `${field.name}Masked`,
    { type: "text", collation: "C", name: `${field.column}_masked`, nullable: true },
  ];
  if (field.encrypted)
    return [
      [field.name, { type: "bytea", name: field.column, nullable }],
      masked,
      [`${field.name}Hash`, { type: "bytea", name: `${field.column}_hash`, nullable: true }],
    ];
  const plain: [string, ColumnOptions] = [
    field.name,
    { ...SQL_TYPES[field.kind], name: field.column, nullable: nullable || field.name === "retiredAt" },
  ];
  return field.mask === "ADDRESS" ? [plain, masked] : [plain];
}
