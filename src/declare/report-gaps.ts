/** Gaps of a report's declaration: inputs that are not there, and what its right could not be derived from. */
import {
  type Catalogue,
  type Counted,
  type DatasetEntry,
  type FieldEntry,
  fieldsIn,
  isCounted,
  madeOf,
  type RuleEntry,
} from "./catalogue";

export function* reportGaps(catalogue: Catalogue, report: DatasetEntry): Generator<string> {
  if (report.findings) {
    for (const rule of report.findings) yield* ruleGaps(catalogue, rule);
    return;
  }
  const rows = catalogue.find(report.from ?? "");
  if (!rows) {
    yield `${report.name} is about ${report.from}, which is not declared`;
    return;
  }
  // Its own figures are shown as they are: rows that need more care have no report.
  if (rows.protected) yield `${report.name} is about ${rows.name}, whose figures are protected`;
  if (rows.fields.some((f) => f.stricter))
    yield `${report.name} is about ${rows.name}, some rows of which are closed further`;
  for (const name of unknown(rows, fieldsIn(report.only)))
    yield `${report.name} chooses rows by ${name}, which is no field`;
  for (const field of report.fields) yield* figureGaps(catalogue, report, rows, field);
}

function* ruleGaps(
  catalogue: Catalogue,
  { code, on, breach, measured, required }: RuleEntry,
): Generator<string> {
  const subject = catalogue.find(on);
  if (!subject) yield `${code} looks at ${on}, which is not declared`;
  else
    for (const name of unknown(
      subject,
      [...fieldsIn(breach), measured, required].filter((f) => typeof f === "string"),
    ))
      yield `${code} reads ${on}.${name}, which is no field`;
}

function* figureGaps(
  catalogue: Catalogue,
  report: DatasetEntry,
  rows: DatasetEntry,
  field: FieldEntry,
): Generator<string> {
  const { computed } = field;
  const named = `${report.name}.${field.name}`;
  if (!computed) return;
  if (computed.is === "own") {
    const own = rows.fields.find((f) => f.name === field.name);
    if (own?.kind !== field.kind) yield `${named} is no field of ${rows.name} of that kind`;
  } else if (isCounted(computed)) yield* countedGaps(catalogue, rows, named, computed);
  else {
    for (const name of unknown(report, madeOf(computed)))
      yield `${named} is made of ${name}, which is no field`;
    if (reaches(report, field, field.name, report.fields.length)) yield `${named} is made of itself`;
  }
}

function* countedGaps(
  catalogue: Catalogue,
  rows: DatasetEntry,
  named: string,
  computed: Counted,
): Generator<string> {
  const link = rows.links.find((l) => l.name === computed.link);
  const target = link && catalogue.find(link.target);
  if (!target) {
    yield `${named} is taken over ${computed.link}, which is no link of ${rows.name}`;
    return;
  }
  const fields = [
    ...(computed.is === "count" ? [] : [computed.field]),
    ...(computed.is === "sum" && computed.times ? [computed.times] : []),
    ...fieldsIn(computed.where),
  ];
  for (const name of unknown(target, fields))
    yield `${named} reads ${target.name}.${name}, which is no field`;
}

function unknown(dataset: DatasetEntry, names: readonly string[]): string[] {
  return names.filter((name) => !dataset.fields.some((f) => f.name === name));
}

/** Whether a field is made of the named one, at whatever remove. */
function reaches(report: DatasetEntry, { computed }: FieldEntry, name: string, steps: number): boolean {
  if (!computed || steps === 0) return false;
  return madeOf(computed).some(
    (made) =>
      made === name ||
      reaches(report, report.fields.find((f) => f.name === made) ?? ({} as FieldEntry), name, steps - 1),
  );
}
