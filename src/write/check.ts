/** Checks what is to be written: values, required fields, rules of the row, and that what it names exists. */
import type { DatasetEntry, FieldEntry } from "../declare";
import { type Elsewhere, WORKING_NODE } from "../read/registers";
import type { LookUps } from "./look-ups";
import type { Problem } from "./problem";
import { checkValue, type Value, type Values } from "./value";

/** What a client gave, field by field, as it will be stored. */
export interface Draft {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** Checks each given value by itself; a field left out (`undefined`) is not given. */
export function draftOf(dataset: DatasetEntry, input: Readonly<Record<string, unknown>>): Draft {
  const values: Record<string, Value> = {};
  const problems: Problem[] = [];
  for (const [name, given] of Object.entries(input)) {
    if (given === undefined) continue;
    const field = dataset.fields.find((f) => f.name === name);
    if (!field || field.generated) {
      problems.push({
        field: name,
        rule: "NO_SUCH_FIELD",
        problem: "没有此可写字段。No field to be written",
      });
      continue;
    }
    const checked = checkValue(field, given);
    if ("value" in checked) values[name] = checked.value;
    else problems.push(checked);
  }
  return { values, problems };
}

/** Rules of one row, as it will be stored, that speak of a field in `changed`; all of them where it is left out. */
export function rowProblems(
  dataset: DatasetEntry,
  row: Readonly<Record<string, unknown>>,
  changed?: readonly string[],
): Problem[] {
  const touched = (names: readonly string[]) => !changed || names.some((name) => changed.includes(name));
  const missing = dataset.fields
    .filter((f) => f.required && !f.generated && touched([f.name]) && (row[f.name] ?? null) === null)
    .map((f) => ({ field: f.name, rule: "REQUIRED", problem: "必填。Required" }));
  const broken = dataset.rules
    .filter((rule) => touched(rule.fields) && !rule.holds(row))
    .map((rule) => ruleProblem(rule));
  return [...missing, ...broken];
}

export function ruleProblem(rule: {
  readonly code: string;
  readonly fields: readonly string[];
  readonly zh: string;
  readonly en: string;
  readonly article?: string;
}): Problem {
  const article = rule.article ? `（${rule.article}）` : "";
  return {
    field: rule.fields[0] as string,
    fields: rule.fields,
    problem: `${rule.zh}${article}。${rule.en}`,
    rule: rule.code,
  };
}

/** For each of many rows: divisions and references it names that do not exist. One look-up per field, not per row. */
export async function absenceProblems(
  dataset: DatasetEntry,
  rows: readonly Values[],
  lookUps: Pick<LookUps, "lookUp" | "divisions" | "elsewhere">,
): Promise<Problem[][]> {
  const problems = rows.map((): Problem[] => []);
  for (const field of dataset.fields) {
    const named = (row: Values) => namedBy(dataset, field, row);
    const values = [...new Set(rows.map(named).filter((value) => value !== undefined))];
    if (values.length === 0) continue;
    const found = field.references
      ? await lookUps.lookUp(field.references, "id", values)
      : await lookUps.divisions(values);
    const missing = field.references ? [] : values.filter((value) => !found.has(value));
    const elsewhere = missing.length > 0 ? await lookUps.elsewhere(missing) : undefined;
    rows.forEach((row, i) => {
      const value = named(row);
      if (value !== undefined && !found.has(value)) problems[i]?.push(absent(field, elsewhere?.get(value)));
    });
  }
  return problems;
}

/** What must exist elsewhere for this field's value to be right. */
function namedBy(dataset: DatasetEntry, field: FieldEntry, row: Values): string | undefined {
  const value = row[field.name];
  if (typeof value !== "string") return undefined;
  if (field.references && field.name !== "id") return value;
  return field.check === "division" && !isDeclared(dataset, row, value) ? value : undefined;
}

/** A division's own row cannot wait for itself to exist. */
function isDeclared(dataset: DatasetEntry, row: Values, code: string): boolean {
  return dataset.fields.some(
    (f) => f.check === "divisionCode" && dataset.key.includes(f.name) && row[f.name] === code,
  );
}

/** A dataset whose key is a code of any scheme and edition describes codes, past ones too, and keeps them. */
export function isRegister(dataset: DatasetEntry): boolean {
  return dataset.fields.some((f) => f.check === "divisionCode" && dataset.key.includes(f.name));
}

export function absent(field: FieldEntry, elsewhere?: Elsewhere): Problem {
  if (field.references)
    return {
      field: field.name,
      rule: "NO_SUCH_ROW",
      problem: `没有这样的 ${field.references}。There is no such ${field.references}`,
    };
  if (!elsewhere)
    return {
      field: field.name,
      rule: "NO_SUCH_DIVISION",
      problem: "工作版区划树中没有此代码。The working edition of the division tree does not have this code",
    };
  // Codes of divisions are public: naming them tells nothing of the row but what its writer knows.
  const of = elsewhere.editions
    .map((edition) => (WORKING_NODE === `${edition}/` ? `${edition}（已停用 retired）` : edition))
    .join("、");
  const now = elsewhere.candidates.join("、");
  return {
    field: field.name,
    rule: "DIVISION_OF_OTHER_EDITION",
    problem: `此代码属于 ${of}，工作版中${now ? `为 ${now}` : "没有对应代码"}。It is a code of ${of}; in the working edition ${now ? `it is ${now}` : "none answers to it"}`,
  };
}
