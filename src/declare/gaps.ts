/** The check that no declaration leaves a gap: what is found here stops the start, with all gaps at once. */
import type { Catalogue, DatasetEntry, FieldEntry, RowTest } from "./catalogue";
import { isStricter } from "./kinds";
import { isOfPerson, isPersonal } from "./person";
import { reportGaps } from "./report-gaps";

/** Gaps that one declaration shows by itself. */
export function checkEntry(dataset: DatasetEntry): void {
  const gaps = [...ownGaps(dataset)];
  if (gaps.length > 0)
    throw new Error(`the dataset ${dataset.name} cannot be declared:\n  ${gaps.join("\n  ")}`);
}

/** Arguments beside the business key by which one row is asked for. */
const ARGUMENTS = new Set(["id", "asOf", "retired"]);

function* ownGaps(dataset: DatasetEntry): Generator<string> {
  const names = dataset.fields.map((f) => f.name);
  for (const name of names.filter((n, i) => names.indexOf(n) !== i)) yield `${name} is declared twice`;
  for (const name of dataset.key) if (!names.includes(name)) yield `its key names ${name}, which is no field`;
  if (dataset.key.length === 0) yield "it has no business key";
  for (const name of dataset.key)
    if (ARGUMENTS.has(name)) yield `its key field ${name} is named like an argument of its queries`;
  if (dataset.person && !names.includes(dataset.person)) yield `its person ${dataset.person} is no field`;
  for (const field of dataset.fields) yield* fieldGaps(dataset, field, names);
  for (const { field, through } of dataset.follows ?? [])
    for (const named of [field, through])
      if (!names.includes(named)) yield `its follows names ${named}, which is no field`;
  for (const named of dataset.consent
    ? [dataset.consent.field, dataset.consent.on, dataset.consent.guardian]
    : [])
    if (named !== undefined && !names.includes(named)) yield `its consent names ${named}, which is no field`;
  if (!isOfPerson(dataset))
    for (const field of dataset.fields)
      if (isPersonal(field) && field.required && !field.key && !field.coded)
        yield `${field.name} names a person in a row that is none, and is required: it could not be erased (B-40)`;
  if (dataset.keptUntil && dataset.fields.find((f) => f.name === dataset.keptUntil)?.kind !== "date")
    yield `its rows are kept until ${dataset.keptUntil}, which is no day`;
  if (dataset.linked) yield* linkedGaps(dataset, dataset.linked);
  if (isOpenPersons(dataset) && !dataset.rowsOpen)
    yield "it holds persons and an UNCONDITIONAL field: declare rowsOpen with the reason, or close the field";
}

function* fieldGaps(dataset: DatasetEntry, field: FieldEntry, names: string[]): Generator<string> {
  if (!field.zh || !field.en) yield `${field.name} lacks its Chinese or English words`;
  if (field.encrypted && field.key) yield `${field.name} is encrypted and cannot be a key`;
  if (field.personal === "SENSITIVE" && field.sharing === "UNCONDITIONAL")
    yield `${field.name} is sensitive and cannot be shared without condition`;
  if (field.stricter && !isStricter(field.stricter.sharing, field.sharing))
    yield `${field.name}'s condition is not stricter than the field`;
  if (field.stricter)
    for (const named of testedFields(field.stricter.when))
      if (!names.includes(named)) yield `${field.name}'s condition tests ${named}, which is no field`;
  if (field.kind === "reference" && !field.references) yield `${field.name} references no dataset`;
  if (dataset.name.includes("_")) yield "its name is not camelCase";
}

/** What only rows that the hub itself writes can have. */
function* linkedGaps(dataset: DatasetEntry, source: string): Generator<string> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(source) || source.length > 40)
    yield `its linked source ${source} is not named in kebab-case of at most 40 characters`;
  for (const field of dataset.fields)
    if (field.encrypted) yield `${field.name} is encrypted: a linked source does not have the hub's key`;
  if (dataset.keptUntil) yield "its rows are kept until a day, and nothing is deleted in a linked source";
  if (dataset.follows?.length) yield "its rows follow others, and nothing is written to a linked source";
}

function isOpenPersons(dataset: DatasetEntry): boolean {
  const persons = dataset.fields.some((f) => f.personal === "PERSONAL" || f.personal === "SENSITIVE");
  return persons && dataset.fields.some((f) => !f.key && f.sharing === "UNCONDITIONAL");
}

export function testedFields(test: RowTest): string[] {
  if ("any" in test) return test.any.flatMap(testedFields);
  if ("all" in test) return test.all.flatMap(testedFields);
  return [test.field];
}

/** Gaps between declarations: links and references that lead nowhere, names taken twice. */
export function checkCatalogue(catalogue: Catalogue): void {
  const gaps = [
    ...crossGaps(catalogue),
    ...catalogue.reports.flatMap((report) => [...reportGaps(catalogue, report)]),
  ];
  if (gaps.length > 0) throw new Error(`the catalogue has gaps:\n  ${gaps.join("\n  ")}`);
}

function* crossGaps(catalogue: Catalogue): Generator<string> {
  const taken = new Set<string>();
  for (const dataset of catalogue.datasets) {
    for (const name of [dataset.name, dataset.plural]) {
      if (taken.has(name)) yield `${name} names two things`;
      taken.add(name);
    }
    for (const field of dataset.fields)
      if (field.references && !catalogue.find(field.references))
        yield `${dataset.name}.${field.name} references ${field.references}, which is not declared`;
    for (const { field, through } of dataset.follows ?? []) {
      const leader = catalogue.find(dataset.fields.find((f) => f.name === through)?.references ?? "");
      if (leader?.linked)
        yield `${dataset.name}.${field} follows ${leader.name}, of whose changes the hub learns nothing`;
    }
    for (const link of dataset.links) {
      const target = catalogue.find(link.target);
      if (!target) yield `${dataset.name}.${link.name} leads to ${link.target}, which is not declared`;
      else if (!target.fields.some((f) => f.name === link.there))
        yield `${dataset.name}.${link.name}: ${link.target} has no field ${link.there}`;
      if (!dataset.fields.some((f) => f.name === link.here))
        yield `${dataset.name}.${link.name}: ${link.here} is no field`;
      if (dataset.fields.some((f) => f.name === link.name))
        yield `${dataset.name}.${link.name} is a field and a link`;
    }
  }
}
