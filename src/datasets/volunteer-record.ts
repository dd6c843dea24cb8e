/** Volunteer records: one service of one volunteer, what certificates and hours are made of. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, flag, idOf, instant, measure, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { ConsentState } from "./enums/consent-state";
import { LawfulBasis } from "./enums/lawful-basis";
import { RecipientKind } from "./enums/recipient-kind";
import { VolunteerServiceKind } from "./enums/volunteer-service-kind";
import { isBelow, isMissing, validity } from "./row-rules";

export const ServiceEvaluation = defineEnum(
  "ServiceEvaluation",
  { zh: "服务评价", en: "Evaluation of a service", article: "志愿服务条例 第十九条" },
  { EXCELLENT: "优秀", GOOD: "良好", FAIR: "一般", POOR: "较差" },
);

export const RecordState = defineEnum(
  "RecordState",
  { zh: "记录核实状态", en: "Whether the record was verified", article: "志愿服务条例 第十九条" },
  { REGISTERED: "已登记", VERIFIED: "已核实", CORRECTED: "已更正", REJECTED: "不予认定" },
);

const HOUR = 3_600_000;

/** Hours as stored have four decimals: a third of an hour rounds up. */
const ROUNDING = 0.0001;

@Dataset({
  name: "volunteerRecord", plural: "volunteerRecords", steward: "civil-affairs", key: ["recordNo"],
  person: "volunteerId", keptUntil: "retentionUntil",
  zh: "志愿服务记录", en: "Records of voluntary service", article: "第三十八条；志愿服务条例 第十九条", update: "实时",
  lawfulBasis: "个人信息保护法 第十三条第一项：个人同意（B-34、B-35）",
  stricter: {
    code: "RECORD_WITHOUT_CONSENT", when: { field: "consent", isNot: "GRANTED" }, sharing: "NOT_SHARED",
    zh: "志愿者本人（未满十四周岁的为监护人）未同意共享",
    en: "The volunteer, or a child's guardian, does not consent to sharing (B-35, B-38)",
  },
  follows: [
    { field: "consent", through: "volunteerId", reads: ["consent", "birthDate", "guardianConsent"], value: consentOf },
  ],
  rules: [
    validity,
    { code: "ENDED_BEFORE_STARTED", fields: ["startedAt", "endedAt"], zh: "结束时间应当晚于开始时间", en: "A service ends after it starts",
      holds: (row) => isMissing(row, "startedAt", "endedAt") || lengthOf(row) > 0 },
    { code: "HOURS_OUT_OF_DAY", fields: ["hours"], article: "第三十八条",
      zh: "服务时长应当大于 0 且不超过 24 小时", en: "Hours are more than 0 and at most 24",
      holds: (row) => isMissing(row, "hours") || (Number(row.hours) > 0 && Number(row.hours) <= 24) },
    { code: "HOURS_ABOVE_LENGTH", fields: ["hours", "startedAt", "endedAt"], article: "第三十八条",
      zh: "服务时长不超过活动起止时长", en: "Hours do not exceed the length of the activity",
      holds: (row) => isMissing(row, "hours", "startedAt", "endedAt") || Number(row.hours) <= lengthOf(row) + ROUNDING },
  ],
  sharedRules: [
    // With HOURS_ABOVE_LENGTH this also keeps the hours of one person's day within 24.
    { code: "RECORDS_OVERLAP", same: "volunteerId", fields: ["startedAt", "endedAt", "state"], article: "第三十八条",
      zh: "同一志愿者的服务时间不能重叠（不予认定的除外）", en: "Services of one volunteer do not overlap, rejected ones aside",
      holds: (row, others) => isRejected(row) || !others.some((other) => !isRejected(other) && overlap(row, other)) },
  ],
})
export class VolunteerRecord extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "记录编号", en: "Number of the record" })
  recordNo: string;

  @Field({ type: idOf("volunteer"), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "志愿者", en: "The volunteer", article: "志愿服务条例 第十九条" })
  volunteerId: string;

  @Field({ type: idOf("serviceProject"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务项目", en: "The project", article: "第三十八条" })
  projectId: string;

  @Field({ type: idOf("volunteerStation"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务站点", en: "The station", article: "第三十八条" })
  stationId: string;

  @Field({ type: oneOf(VolunteerServiceKind), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务内容", en: "Kind of service", article: "第三十八条" })
  serviceKind: string;

  @Field({ type: instant(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "开始时间", en: "Start" })
  startedAt: string;

  @Field({ type: instant(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", zh: "结束时间", en: "End" })
  endedAt: string;

  @Field({ type: measure(0, 24), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", unit: "小时",
    zh: "服务时长", en: "Hours of service", article: "志愿服务条例 第十九条" })
  hours: number;

  @Field({ type: oneOf(RecipientKind), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务对象类别（不记姓名）", en: "Group that was served, without names", article: "第三十八条" })
  recipientKind: string;

  @Field({ type: count(0, 100_000), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务对象人数", en: "Persons served" })
  recipientCount: number;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务期间是否有保险", en: "Insured during the service", article: "志愿服务条例 第十七条" })
  insured: boolean;

  @Field({ type: oneOf(ServiceEvaluation), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务评价", en: "Evaluation", article: "志愿服务条例 第十九条" })
  evaluation: string;

  @Field({ type: text(300), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "评价说明", en: "Words of the evaluation" })
  evaluationNote: string;

  @Field({ type: oneOf(RecordState), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "核实状态", en: "State of verification", article: "志愿服务条例 第十九条" })
  state: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "核实日期", en: "Day of verification" })
  verifiedAt: string;

  @Field({ type: code("certificate", 40), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "志愿服务记录证明编号", en: "Number of the certificate issued for it", article: "志愿服务条例 第十九条" })
  certificateNo: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "证明出具日期", en: "Day on which the certificate was issued" })
  certificateIssuedAt: string;

  /** Follows the volunteer's own state: a withdrawal reaches every record. */
  @Field({ type: oneOf(ConsentState), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "志愿者（未满十四周岁的为监护人）是否同意共享本记录", en: "Whether the volunteer, or a child's guardian, consents to sharing it", article: "B-35、B-38" })
  consent: string;

  @Field({ type: oneOf(LawfulBasis), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "个人信息处理依据", en: "Lawful basis of processing", article: "B-34" })
  lawfulBasis: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "保存期限，届满删除", en: "Kept until this day, then deleted", article: "B-40" })
  retentionUntil: string;

  @One({ to: "volunteer", here: "volunteerId", zh: "志愿者", en: "The volunteer", article: "志愿服务条例 第十九条" })
  volunteer: unknown;

  @One({ to: "serviceProject", here: "projectId", zh: "服务项目", en: "The project", article: "第三十八条" })
  project: unknown;

  @One({ to: "volunteerStation", here: "stationId", zh: "服务站点", en: "The station", article: "第三十八条" })
  station: unknown;
}

/** Length of the activity in hours. */
function lengthOf(row: Readonly<Record<string, unknown>>): number {
  return (new Date(String(row.endedAt)).getTime() - new Date(String(row.startedAt)).getTime()) / HOUR;
}

function isRejected(row: Readonly<Record<string, unknown>>): boolean {
  return row.state === "REJECTED";
}

/** Half-open: one service may begin when another ends. */
function overlap(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const at = (instant: unknown) => Date.parse(String(instant));
  return at(a.startedAt) < at(b.endedAt) && at(b.startedAt) < at(a.endedAt);
}

/** The guardian's word counts for a child under 14 (B-38). */
function consentOf(volunteer: Readonly<Record<string, unknown>>): string {
  const { consent, guardianConsent, birthDate } = volunteer;
  if (consent !== "GRANTED" || !isBelow(14, birthDate)) return String(consent);
  return String(guardianConsent ?? "NONE");
}
