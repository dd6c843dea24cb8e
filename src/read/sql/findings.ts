/** Findings as SQL: the rows of every rule under each other, in the columns of a finding. */
import { type DatasetEntry, type FieldEntry, ruleName } from "../../declare";
import type { FoundRows, Source } from "../plan-types";
import { and, type Predicate, TRUE } from "../predicate";
import { castOf, conditionsSql, predicateSql, todaySql } from "./predicate";
import { selectSql } from "./select";
import { column, literal, type Parameters } from "./statement";

/** The relation of all findings. */
export function findingsSql({ dataset }: Source, findings: readonly FoundRows[], to: Parameters): string {
  return `(${findings.map((found) => foundSql(dataset, found, to)).join(" UNION ALL ")})`;
}

function foundSql(findings: DatasetEntry, found: FoundRows, to: Parameters): string {
  const { rows, where } = found;
  const columns = findings.fields.map((f) => `${valueSql(f, found, to)} AS "${f.column}"`).join(", ");
  const conditions = [...conditionsSql(and(rows.base, where), to), inForceSql(found, to)];
  return selectSql(rows, columns, { conditions }, to);
}

/** The rule itself is in force on the day. */
function inForceSql({ rule, day }: FoundRows, to: Parameters): string {
  const on = typeof day === "string" ? to.bind(day, "date") : todaySql(day);
  const until = rule.until ? ` AND ${on} < ${literal(rule.until)}::date` : "";
  return `(${on} >= ${literal(rule.from)}::date${until})`;
}

/** Of the rule, of the row it looks at, or nothing; texts say their collation, of which a union must have one. */
function valueSql(field: FieldEntry, found: FoundRows, to: Parameters): string {
  const { rule, rows } = found;
  const { name } = rows.dataset;
  const about = rows.report?.rows.dataset.name ?? name;
  const id = column(rows.row, "id");
  switch (field.name) {
    case "id":
      return `md5(${literal(`${rule.code} `)} || ${id})::uuid`;
    case "rule":
      return textSql(literal(ruleName(rule)));
    case "weight":
      return textSql(literal(rule.weight));
    case "about":
      return textSql(literal(about));
    case "record":
      return textSql(`(${literal(`${about}:`)} || ${id})`);
    case "unit":
      return rule.unit ? textSql(literal(rule.unit)) : nothing(field);
    case "name":
      return textSql(shownSql(found, "name", field, to));
    case "measured":
      return shownSql(found, rule.measured, field, to);
    case "required":
      return typeof rule.required === "number"
        ? `${rule.required}::numeric`
        : shownSql(found, rule.required, field, to);
  }
  if (field.references) return field.references === about ? id : nothing(field);
  return field.computed ? nothing(field) : ownSql(field, rows);
}

/** A field that every row has; who wrote the row is the row's matter. */
function ownSql(field: FieldEntry, { row }: Source): string {
  return field.key ? column(row, field.column) : nothing(field);
}

function shownSql(found: FoundRows, name: string | undefined, field: FieldEntry, to: Parameters): string {
  const { rows, shown } = found;
  const own = rows.dataset.fields.find((f) => f.name === name);
  const where: Predicate | undefined = name === undefined ? undefined : shown.get(name);
  if (!own || !where) return nothing(field);
  const value = `${column(rows.row, own.column)}::${castOf(field)}`;
  return where === TRUE || where.is === "true"
    ? value
    : `(CASE WHEN ${predicateSql(where, to)} THEN ${value} END)`;
}

function nothing(field: FieldEntry): string {
  const none = `NULL::${castOf(field)}`;
  return castOf(field) === "text" ? textSql(none) : none;
}

function textSql(sql: string): string {
  return `(${sql})::text COLLATE "C"`;
}
