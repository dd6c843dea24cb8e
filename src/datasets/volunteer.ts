/** Volunteers: the five parts of the record that the Regulation on Voluntary Service asks for, with consent. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import {code, 
  count, Dataset, day, defineEnum, encrypted, Field, flag, idOf, listOf, Many, measure, One, oneOf, type RowTest, text,
} from "../declare";
import { CommunityRow } from "./community-row";
import { ConsentState } from "./enums/consent-state";
import { LawfulBasis } from "./enums/lawful-basis";
import { Sex } from "./enums/sex";
import { VolunteerServiceKind } from "./enums/volunteer-service-kind";
import { inOrder, isMissing, validity } from "./row-rules";

export const VolunteerSkill = defineEnum(
  "VolunteerSkill",
  { zh: "服务技能", en: "Skills that a volunteer offers", article: "志愿服务条例 第七条" },
  {
    MEDICAL: "医疗护理", LEGAL: "法律", COUNSELLING: "心理", TEACHING: "教育辅导", ARTS: "文艺", SPORT: "体育",
    REPAIR: "家电维修", HAIRDRESSING: "理发", COOKING: "餐饮", DRIVING: "驾驶", IT: "信息技术", LANGUAGE: "语言手语",
    RESCUE: "应急救助", ELDER_CARE: "助老陪护", GENERAL: "一般服务",
  },
);

export const VolunteerState = defineEnum(
  "VolunteerState",
  { zh: "志愿者状态", en: "State of a volunteer's registration" },
  { ACTIVE: "在册", SUSPENDED: "暂停服务", LEFT: "已退出" },
);

export const GuardianRelation = defineEnum(
  "GuardianRelation",
  { zh: "监护关系", en: "How the guardian is related to the minor", article: "B-38" },
  { PARENT: "父母", GRANDPARENT: "祖父母、外祖父母", OTHER: "其他监护人" },
);

/** Nobody but the steward reads a volunteer who does not consent, or a child whose guardian does not. */
const withoutConsent: RowTest = {
  any: [
    { field: "consent", isNot: "GRANTED" },
    { all: [{ field: "birthDate", ageBelow: 14 }, { field: "guardianConsent", isNot: "GRANTED" }] },
  ],
};

@Dataset({
  name: "volunteer", plural: "volunteers", steward: "civil-affairs", key: ["volunteerNo"],
  zh: "志愿者：基本信息、服务、培训、表彰奖励、评价五部分记录", en: "Volunteers: the five parts of their record",
  article: "第三十八条；志愿服务条例 第十九条",
  lawfulBasis: "个人信息保护法 第十三条第一项：个人同意（B-34、B-35）", update: "实时",
  stricter: {
    code: "VOLUNTEER_WITHOUT_CONSENT", when: withoutConsent, sharing: "NOT_SHARED",
    zh: "本人未同意共享，或者未满十四周岁且监护人未同意",
    en: "The volunteer does not consent to sharing, or is under 14 and the guardian does not (B-35, B-38)",
  },
  consent: { field: "consent", withdrawn: "WITHDRAWN", on: "withdrawnAt", guardian: "guardianConsent" },
  keptUntil: "retentionUntil",
  rules: [
    validity,
    inOrder("birthDate", "registeredAt", { zh: "注册日期不早于出生日期", en: "Registered after birth" }),
    inOrder("registeredAt", "retentionUntil", { zh: "保存期限不早于注册日期", en: "Kept at least until registration", article: "B-40" }),
    inOrder("registeredAt", "leftAt", { zh: "退出日期不早于注册日期", en: "Left after registration" }),
    inOrder("consentAt", "withdrawnAt", { zh: "撤回日期不早于同意日期", en: "Consent is withdrawn after it was given", article: "B-35" }),
    { code: "CONSENT_UNDATED", fields: ["consent", "consentAt"], article: "B-34",
      zh: "已同意或者已撤回的，应当记录同意日期", en: "A consent given or withdrawn has the day on which it was given",
      holds: (row) => isMissing(row, "consent") || row.consent === "NONE" || !isMissing(row, "consentAt") },
    { code: "GUARDIAN_CONSENT_UNDATED", fields: ["guardianConsent", "guardianConsentAt"], article: "B-38",
      zh: "监护人已同意的，应当记录同意日期", en: "A guardian's consent has its day",
      holds: (row) => row.guardianConsent !== "GRANTED" || !isMissing(row, "guardianConsentAt") },
  ],
})
export class Volunteer extends CommunityRow {
  @Field({ type: code(undefined, 32), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "志愿者编号，不使用身份证号码", en: "Volunteer number, never the identity number", article: "志愿服务条例 第十九条" })
  volunteerNo: string;

  // 个人基本信息 Basics
  @Field({ type: text(50), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "姓名", en: "Name", article: "志愿服务条例 第七条" })
  name: string;

  @Field({ type: oneOf(Sex), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "性别", en: "Sex" })
  sex: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "出生日期，用于判断未成年人", en: "Date of birth, tells who is a minor", article: "B-38" })
  birthDate: string;

  /** Closed to all but the steward: nobody needs it to place a volunteer (B-40). */
  @Field({ type: encrypted("ID_NUMBER"), sharing: "NOT_SHARED", personal: "SENSITIVE",
    zh: "公民身份号码，仅用于实名核验", en: "Identity number, only to verify the name", article: "志愿服务条例 第七条" })
  idNumber: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "联系电话", en: "Mobile phone", article: "志愿服务条例 第七条" })
  phone: string;

  @Field({ type: text(200), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "ADDRESS",
    zh: "居住地址", en: "Home address" })
  address: string;

  @Field({ type: listOf(VolunteerSkill), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "服务技能", en: "Skills", article: "志愿服务条例 第七条" })
  skills: string[];

  @Field({ type: text(200), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "依法需要的专业资格", en: "Professional qualification where the law demands one", article: "志愿服务条例 第十六条" })
  qualification: string;

  @Field({ type: listOf(VolunteerServiceKind), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "愿意参加的服务", en: "Kinds of service the volunteer wishes to give", article: "第三十八条" })
  serviceWishes: string[];

  @Field({ type: text(200), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "可服务时间", en: "When the volunteer has time", article: "志愿服务条例 第七条" })
  serviceTime: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "是否参加应急救助志愿者团队（限成年人）", en: "In the emergency team, which takes adults only", article: "第三十二条；B-44" })
  emergencyTeam: boolean;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "注册日期", en: "Day of registration" })
  registeredAt: string;

  @Field({ type: oneOf(VolunteerState), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "状态", en: "State of registration" })
  state: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "退出日期", en: "Day of leaving" })
  leftAt: string;

  @Field({ type: idOf("volunteerStation"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "所属志愿者服务站点", en: "Station the volunteer belongs to", article: "第三十八条" })
  stationId: string;

  // 志愿服务情况 Service
  @Field({ type: measure(0, 200_000), sharing: "CONDITIONAL", personal: "PERSONAL", unit: "小时",
    zh: "累计服务时长", en: "Hours served in all", article: "志愿服务条例 第十九条" })
  totalHours: number;

  @Field({ type: count(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "累计服务次数", en: "Times served in all" })
  serviceCount: number;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "最近一次服务日期", en: "Day of the latest service" })
  lastServedAt: string;

  @Field({ type: count(0, 5), coded: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "星级（0 至 5 星）", en: "Star rating, 0 to 5" })
  starRating: number;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "是否已投保人身意外伤害保险", en: "Insured against accidents", article: "志愿服务条例 第十七条" })
  insured: boolean;

  @Field({ type: code(undefined, 40), sharing: "NOT_SHARED", personal: "PERSONAL",
    zh: "保单号", en: "Number of the insurance policy" })
  insuranceNo: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "保险截止日期", en: "Insured until this day" })
  insuredUntil: string;

  // 培训情况 Training
  @Field({ type: measure(0, 100_000), sharing: "CONDITIONAL", personal: "PERSONAL", unit: "小时",
    zh: "累计培训时长", en: "Hours of training", article: "志愿服务条例 第十九条" })
  trainingHours: number;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "最近一次培训日期", en: "Day of the latest training" })
  lastTrainedAt: string;

  @Field({ type: text(500), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "培训情况摘要", en: "Training, in short" })
  trainingSummary: string;

  // 表彰奖励情况 Awards
  @Field({ type: count(0, 1000), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "表彰奖励次数", en: "Number of awards", article: "志愿服务条例 第十九条" })
  awardCount: number;

  @Field({ type: text(500), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "表彰奖励摘要", en: "Awards, in short" })
  awardSummary: string;

  // 评价情况 Evaluation
  @Field({ type: measure(0, 5), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "平均评价（0 至 5 分）", en: "Mean evaluation, 0 to 5", article: "志愿服务条例 第十九条" })
  evaluationScore: number;

  @Field({ type: count(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "评价次数", en: "Number of evaluations" })
  evaluationCount: number;

  @Field({ type: text(500), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "评价摘要", en: "Evaluation, in short" })
  evaluationSummary: string;

  // 同意、监护与保存 Consent, guardian, retention
  @Field({ type: oneOf(ConsentState), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "本人是否同意共享", en: "Whether the volunteer consents to sharing", article: "志愿服务条例 第二十条；B-35" })
  consent: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "同意日期", en: "Day of consent", article: "B-35" })
  consentAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "撤回同意日期", en: "Day on which consent was withdrawn", article: "B-35" })
  withdrawnAt: string;

  @Field({ type: text(200), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "同意共享的信息范围", en: "What the consent covers", article: "B-35、B-36" })
  consentScope: string;

  @Field({ type: text(200), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "同意的使用目的；目的变更须重新征得同意", en: "Purposes consented to; another purpose needs a new consent", article: "B-35" })
  consentPurposes: string;

  @Field({ type: text(50), sharing: "NOT_SHARED", personal: "PERSONAL", mask: "NAME",
    zh: "监护人姓名", en: "Name of the guardian", article: "B-38" })
  guardianName: string;

  @Field({ type: encrypted("PHONE"), sharing: "NOT_SHARED", personal: "PERSONAL",
    zh: "监护人电话", en: "Guardian's mobile phone", article: "B-38" })
  guardianPhone: string;

  @Field({ type: oneOf(GuardianRelation), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "监护关系", en: "Relation of the guardian" })
  guardianRelation: string;

  @Field({ type: oneOf(ConsentState), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "监护人是否同意（未满十四周岁）", en: "Whether the guardian consents, for those under 14",
    article: "个人信息保护法 第三十一条；B-38" })
  guardianConsent: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "监护人同意日期", en: "Day of the guardian's consent", article: "B-38" })
  guardianConsentAt: string;

  @Field({ type: oneOf(LawfulBasis), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "个人信息处理依据", en: "Lawful basis of processing", article: "B-34" })
  lawfulBasis: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "保存期限，届满删除", en: "Kept until this day, then deleted", article: "个人信息保护法 第十九条；B-40" })
  retentionUntil: string;

  @One({ to: "volunteerStation", here: "stationId", zh: "所属站点", en: "The station", article: "第三十八条" })
  station: unknown;

  @Many({ to: "volunteerRecord", there: "volunteerId",
    zh: "服务记录", en: "Records of service", article: "志愿服务条例 第十九条" })
  records: unknown[];
}
