/** What the law leaves to people in an entry of the catalogue, and the check that nothing of it is missing (B-02…B-04, B-26). */
import type { Sharing } from "../../declare";
import { HubError } from "../../errors";
import { type Day, dayOf } from "../clock";
import { checkText } from "../requests/text";
import { CRITERION_WORDS, type CriterionCode, conditionsFor, MUST_STATE } from "./criteria";
import type { Declared, DeclaredField } from "./snapshot";

/** B-49: how often data is updated. */
export const FREQUENCIES = {
  REALTIME: "实时",
  DAILY: "每日",
  WEEKLY: "每周",
  MONTHLY: "每月",
  QUARTERLY: "每季度",
  YEARLY: "每年",
} as const;
export type Frequency = keyof typeof FREQUENCIES;

/** B-13: 服务接口、批量交换、文件下载. */
export type EntryWay = "SERVICE" | "BATCH" | "FILE";

/** B-26: who answers for the dataset. */
export interface Responsible {
  readonly name: string;
  readonly post: string;
  readonly contact: string;
}

/** B-03: an assessment with its person and date. */
export interface Assessment {
  readonly by: string;
  readonly on: Day;
  readonly conclusion: string;
}

/** A condition of use; without fields, for all that are shared on condition. */
export interface Condition {
  readonly code: CriterionCode;
  readonly zh: string;
  readonly en?: string;
  readonly fields: readonly string[];
}

/** Why data items are not shared, and by which law; without fields, all that are not. */
export interface Closure {
  readonly reason: string;
  readonly law: string;
  readonly fields: readonly string[];
}

export interface EntryContent {
  readonly responsible: Responsible;
  readonly secrecy: Assessment;
  readonly personal: Assessment;
  readonly frequency: Frequency;
  readonly ways: readonly EntryWay[];
  readonly conditions: readonly Condition[];
  readonly closures: readonly Closure[];
}

/** Throws where something is missing or names what is not there; everything that is missing is told at once. */
export function checkContent(content: EntryContent, declared: Declared, now: Date): void {
  checkWords(content, now);
  for (const [argument, named, wanted] of [
    ["conditions", content.conditions, "CONDITIONAL"],
    ["closures", content.closures, "NOT_SHARED"],
  ] as const)
    for (const { fields } of named)
      for (const field of fields) checkField(argument, field, wanted, declared.fields[field]);
  const missing = Object.entries(declared.fields).flatMap(([name, field]) => missingOf(content, name, field));
  if (missing.length > 0) throw incomplete(missing);
}

function checkWords({ responsible, secrecy, personal, ways, conditions, closures }: EntryContent, now: Date) {
  const { name, post, contact } = responsible;
  const texts: [string, string][] = [
    ["responsible.name", name],
    ["responsible.post", post],
    ["responsible.contact", contact],
    ...conditions.flatMap(({ zh, en }): [string, string][] => [
      ["conditions.zh", zh],
      ["conditions.en", en ?? zh],
    ]),
    ...closures.flatMap(({ reason, law }): [string, string][] => [
      ["closures.reason", reason],
      ["closures.law", law],
    ]),
  ];
  for (const [argument, { by, on, conclusion }] of [
    ["secrecyAssessment", secrecy],
    ["personalAssessment", personal],
  ] as const) {
    texts.push([`${argument}.by`, by], [`${argument}.conclusion`, conclusion]);
    // B-03: before listing, that is not after the proposal.
    if (on > dayOf(now))
      throw refused("评估日期不能在今后。An assessment was made before it is listed", {
        argument: `${argument}.on`,
      });
  }
  for (const [argument, text] of texts) checkText(argument, text);
  if (ways.length === 0)
    throw refused("至少一种共享方式。Name a way of sharing at least", { argument: "ways" });
  const taken = new Set<string>();
  for (const { code, fields } of conditions)
    for (const place of fields.length > 0 ? fields : ["*"]) {
      if (taken.has(`${code} ${place}`))
        throw refused(`${code} 重复载明。${code} is stated twice`, { argument: "conditions" });
      taken.add(`${code} ${place}`);
    }
}

function checkField(argument: string, name: string, wanted: Sharing, field: DeclaredField | undefined) {
  if (field && classesOf(field).includes(wanted)) return;
  throw refused(
    field
      ? `${name} 不是${wanted === "NOT_SHARED" ? "不予共享" : "有条件共享"}的数据项。${name} is not ${wanted}`
      : `没有数据项 ${name}。There is no field ${name}`,
    { argument, field: name },
  );
}

export interface MissingItem {
  readonly field: string;
  readonly zh: string;
  readonly class: Sharing;
  readonly missing: string;
}

/** B-04: 共享范围 and 使用用途 of what is shared on condition, reason and law of what is not; also where a row makes it so. */
function missingOf({ conditions, closures }: EntryContent, name: string, field: DeclaredField) {
  if (field.key) return [];
  const missing = (sharing: Sharing, what: string): MissingItem => ({
    field: name,
    zh: field.zh,
    class: sharing,
    missing: what,
  });
  return classesOf(field).flatMap((sharing) => {
    if (sharing === "UNCONDITIONAL") return [];
    if (sharing === "NOT_SHARED")
      return closureFor(closures, name) ? [] : [missing(sharing, "不予共享的理由和依据")];
    const stated = conditionsFor(conditions, name).map(({ code }) => code);
    return MUST_STATE.filter((code) => !stated.includes(code)).map((code) =>
      missing(sharing, CRITERION_WORDS[code].zh),
    );
  });
}

export function closureFor(closures: readonly Closure[], field: string): Closure | undefined {
  return closures.find((c) => c.fields.includes(field)) ?? closures.find((c) => c.fields.length === 0);
}

/** Its own class, and the one that some rows have instead. */
export function classesOf({
  class: sharing,
  stricter,
}: {
  readonly class: Sharing;
  readonly stricter?: { readonly class: Sharing };
}): Sharing[] {
  return stricter && stricter.class !== sharing ? [sharing, stricter.class] : [sharing];
}

const TOLD = 5;

function incomplete(missing: readonly MissingItem[]): HubError {
  const told = missing.slice(0, TOLD).map((m) => `${m.field}（${m.zh}）缺${m.missing}`);
  const more = missing.length > TOLD ? `等 ${missing.length} 处` : "";
  return refused(
    `目录条目不完整：${told.join("；")}${more}（政务数据共享条例 第十五条）。Fields shared on condition state scope and purpose, fields that are not shared the reason and the law`,
    { argument: "entry", reason: "INCOMPLETE", problems: missing },
  );
}

function refused(message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, facts);
}
