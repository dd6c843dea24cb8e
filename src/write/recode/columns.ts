/** Where division codes of the working scheme stand, derived from the catalogue: as they are, in a node, or within a code. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../declare";
import { WORKING_NODE } from "../../read/registers";
import { isRegister } from "../check";
import { quoted } from "../import/target";

/** How a code stands in a text, as SQL. */
interface Form {
  /** The division code within the column; null where there is none of the working scheme. */
  readonly code: (column: string) => string;
  /** The text with `code` in its place. */
  readonly put: (column: string, code: string) => string;
}

const PLAIN: Form = { code: (c) => c, put: (_, code) => code };

/** By the check that a field's text must pass: a check of a code with a division in it belongs here. */
const FORMS: Readonly<Record<string, Form>> = {
  division: PLAIN,
  divisionCode: PLAIN,
  divisionNode: {
    code: (c) =>
      `CASE WHEN starts_with(${c}, '${WORKING_NODE}') THEN substr(${c}, ${WORKING_NODE.length + 1}) END`,
    put: (_, code) => `'${WORKING_NODE}' || ${code}`,
  },
  departmentCode: {
    code: (c) => `split_part(${c}, '@', 2)`,
    put: (c, code) => `split_part(${c}, '@', 1) || '@' || ${code}`,
  },
  facilityCode: { code: (c) => `left(${c}, 12)`, put: (c, code) => `${code} || substr(${c}, 13)` },
};

export interface CodeColumn {
  readonly field: FieldEntry;
  /** The column without quotation marks. */
  readonly name: string;
  /** SQL: true where row `t` holds a code that changes. */
  readonly moves: string;
  /** SQL: the value after the change. */
  readonly after: string;
}

/** Columns to bring to the changes of the transaction, which `recode` keeps in pg_temp.division_change. */
export function codeColumns(catalogue: Catalogue, dataset: DatasetEntry): CodeColumn[] {
  if (isRegister(dataset)) return [];
  return dataset.fields
    .filter((field) => holdsWorking(catalogue, dataset, field))
    .map((field) => {
      const form = FORMS[field.check as string] as Form;
      const column = `t.${quoted(field.column)}`;
      // What was retired keeps the key it had in use; its place alone moves, with the right to see it.
      const held = dataset.key.includes(field.name) && field.name !== "territory";
      const moves = `${form.code(column)} IN (SELECT old FROM pg_temp.division_change)${held ? " AND t.retired_at IS NULL" : ""}`;
      const now = (what: string, old: string) =>
        form.put(column, `(SELECT m.${what} FROM pg_temp.division_change m WHERE m.old = ${old})`);
      const above = `(SELECT m.above FROM pg_temp.division_change m WHERE m.old = t.territory)`;
      const risen = namesAbove(dataset, field)
        ? ` WHEN ${form.code(column)} = ${above} THEN ${now("new_above", "t.territory")}`
        : "";
      return {
        field,
        name: field.column,
        moves: `(${moves})`,
        after: `CASE WHEN ${moves} THEN ${now("new", form.code(column))}${risen} ELSE ${column} END`,
      };
    });
}

/** A code of any scheme is one of the working scheme where it names a row by such a code. */
function holdsWorking(catalogue: Catalogue, dataset: DatasetEntry, field: FieldEntry): boolean {
  if (field.check !== "divisionCode") return field.check !== undefined && field.check in FORMS;
  return dataset.links.some(
    ({ here, there, target, holder }) =>
      holder === "here" &&
      here === field.name &&
      catalogue.field(catalogue.dataset(target), there).check === "division",
  );
}

/** A node, or the dataset's own parent, tells what the row lies under: it moves with the row to another street. */
function namesAbove(dataset: DatasetEntry, { name, check }: FieldEntry): boolean {
  return (
    check === "divisionNode" ||
    dataset.links.some((l) => l.here === name && l.target === dataset.name && !l.many)
  );
}
