/** Rules of retention: what starts a row's clock, how long it runs, what then happens, on which basis (B-40). */
import {
  type Catalogue,
  CITY,
  type Code,
  contains,
  type DatasetEntry,
  isOfPerson,
  namingFields,
  rangeOf,
  toCode,
} from "../../declare";
import type { Day } from "../clock";

export const RETENTION_ACTS = ["DELETE", "FREEZE"] as const;
export type RetentionAct = (typeof RETENTION_ACTS)[number];

export interface RetentionRule {
  readonly id: string;
  readonly dataset: string;
  /** The field that starts the clock; of access records their month. */
  readonly starts: string;
  readonly months: number;
  readonly act: RetentionAct;
  readonly territory: Code;
  readonly basis: string;
  readonly from?: Day;
  /** The first day on which it no longer holds. */
  readonly until?: Day;
  readonly department?: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly endReason?: string;
}

/** The access log among the datasets: it goes by whole months, and never before three years (B-24, B-32). */
export const RECORDS = "accessRecord";
export const RECORDS_MONTHS = 36;

const RECORDS_RULE: RetentionRule = {
  id: `declared:${RECORDS}`,
  dataset: RECORDS,
  starts: "at",
  months: RECORDS_MONTHS,
  act: "DELETE",
  territory: CITY,
  basis: "网络数据安全管理条例 第十二条：至少保存三年（B-32）",
};

/** What the declarations themselves say. */
export function declaredRules({ kept }: Catalogue): RetentionRule[] {
  return [...kept.flatMap((dataset) => declaredRule(dataset) ?? []), RECORDS_RULE];
}

function declaredRule({ name, keptUntil, fields }: DatasetEntry): RetentionRule | undefined {
  const field = fields.find((f) => f.name === keptUntil);
  if (!field) return undefined;
  const basis = [field.zh, field.article].filter(Boolean).join("：");
  return {
    id: `declared:${name}`,
    dataset: name,
    starts: field.name,
    months: 0,
    act: "DELETE",
    territory: CITY,
    basis,
  };
}

export const isDeclared = ({ id }: RetentionRule) => id.startsWith("declared:");

/** Rules as they bear on one day. */
export interface Bearing {
  readonly rule: RetentionRule;
  /** Where rules that offices decided take the place of this one, which is declared. */
  readonly except: readonly Code[];
}

/**
 * Every rule that an office decided bears, so that of several the first to fall due takes effect: a lower office can only
 * shorten (PIPL 19). What is declared bears where none of them does. Deletion goes before freezing.
 */
export function bearingOn(
  day: Day,
  decided: readonly RetentionRule[],
  declared: readonly RetentionRule[],
): Bearing[] {
  const inForce = decided.filter(
    ({ from, until }) => (from ?? day) <= day && (until === undefined || day < until),
  );
  const bearing = [
    ...inForce.map((rule) => ({ rule, except: [] })),
    ...declared.map((rule) => ({
      rule,
      except: inForce.filter((one) => one.dataset === rule.dataset).map(({ territory }) => territory),
    })),
  ].filter(({ except }) => !except.includes(CITY));
  return bearing.sort((a, b) => order(a) - order(b));
}

const order = ({ rule }: Bearing) => RETENTION_ACTS.indexOf(rule.act);

/** Fields that can start a clock: days and instants that are not sealed. */
export function clocksOf({ fields }: DatasetEntry): string[] {
  return fields.filter((f) => f.kind === "date" || f.kind === "datetime").map(({ name }) => name);
}

/** What of a rule can be judged without a database; undefined: nothing is wrong with it. */
export function faultOf(catalogue: Catalogue, rule: Omit<RetentionRule, "id">): string | undefined {
  const { dataset: name, starts, months, act, basis, from, until } = rule;
  if (!Number.isInteger(months) || months < 0 || months > 1200)
    return "months: a whole number from 0 to 1200";
  if (!basis.trim() || basis.length > 500)
    return "basis: the law or decision it rests on, 1 to 500 characters";
  if (until !== undefined && from !== undefined && until < from) return "until: not before from";
  if (!contains(rangeOf(CITY), rule.territory))
    return "territory: a division of the city, or nothing for all of it";
  if (name === RECORDS) return recordsFault(rule);
  const dataset = catalogue.find(name);
  if (!dataset || dataset.from) return `dataset: there is no dataset ${name}`;
  if (dataset.linked) return `dataset: ${name} is kept by a bureau itself, nothing is deleted there`;
  if (!isOfPerson(dataset) && namingFields(dataset).length === 0)
    return `dataset: ${name} holds no personal data, nothing of it is erased`;
  if (!clocksOf(dataset).includes(starts)) return `starts: one of ${clocksOf(dataset).join(", ")}`;
  return RETENTION_ACTS.includes(act) ? undefined : `act: one of ${RETENTION_ACTS.join(", ")}`;
}

function recordsFault({ starts, months, act, territory }: Omit<RetentionRule, "id">): string | undefined {
  if (starts !== "at") return "starts: access records start with at";
  if (act !== "DELETE") return "act: access records are only deleted";
  if (months < RECORDS_MONTHS) return `months: access records stay for at least ${RECORDS_MONTHS} (B-32)`;
  return territory === CITY ? undefined : `territory: access records are the city's, ${toCode(CITY)}`;
}
