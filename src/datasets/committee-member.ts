/** Members of residents' and villagers' committees, term by term; persons, so nothing but the key is open to all. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, count, Dataset, day, defineEnum, encrypted, Field, flag, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { Sex } from "./enums/sex";
import { inOrder, isMissing, validity } from "./row-rules";

const CommitteePosition = defineEnum("CommitteePosition",
  { zh: "委员会职务", en: "Position in a committee", article: "第七条" },
  { DIRECTOR: "主任", DEPUTY_DIRECTOR: "副主任", MEMBER: "委员" });

const MemberReview = defineEnum("MemberReview",
  { zh: "民主评议结果", en: "Result of the democratic review", article: "居委会组织法 第三十七条；村委会组织法 第三十八条" },
  { COMPETENT: "称职", INCOMPETENT: "不称职" });

const MemberOrigin = defineEnum("MemberOrigin",
  { zh: "产生方式", en: "How a member came to office" },
  { ELECTED: "选举", BY_ELECTION: "补选" });

const MemberLeaving = defineEnum("MemberLeaving",
  { zh: "离任原因", en: "Why a member left" },
  { TERM_ENDED: "任期届满", RESIGNED: "辞职", RECALLED: "罢免", REVIEW_ENDED: "连续两次评议不称职终止", OTHER: "其他" });

@Dataset({
  name: "committeeMember", plural: "committeeMembers", steward: "civil-affairs", key: ["memberNo"], update: "每月", article: "第七条",
  lawfulBasis: "履行法定职责（个人信息保护法 第十三条第一款第三项）",
  zh: "居（村）民委员会成员：一届一行", en: "Members of committees, one row for each term",
  rules: [
    validity,
    inOrder("termFrom", "termTo", { zh: "任期届满日不早于任期起始日", en: "A term does not end before it begins",
      article: "居委会组织法 第十四条；村委会组织法 第十四条" }),
    inOrder("electedOn", "termFrom", { zh: "任期不早于选举日", en: "A term begins after the election" }),
    inOrder("termFrom", "leftOn", { zh: "离任日期不早于任期起始日", en: "Nobody leaves before the term begins" }),
    inOrder("birthDate", "electedOn", { zh: "选举日不早于出生日期", en: "Nobody is elected before birth" }),
    { code: "LEAVING_WITHOUT_DAY", zh: "填写离任原因的应填写离任日期", en: "A reason of leaving needs its day", fields: ["leavingReason", "leftOn"],
      holds: (row) => isMissing(row, "leavingReason") || !isMissing(row, "leftOn") },
  ],
})
export class CommitteeMember extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "UNCONDITIONAL", article: "第七条",
    zh: "成员编号，内部编号，绝不使用身份证号", en: "Number of the member, the hub's own and never the identity number" })
  memberNo: string;

  @Field({ type: text(40), required: true, mask: "NAME", sharing: "CONDITIONAL", personal: "PERSONAL", article: "第七条",
    zh: "姓名；脱敏时只留姓", en: "Name; masked to the surname" })
  name: string;

  @Field({ type: oneOf(Sex), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第八条；村委会组织法 第八条",
    zh: "性别；成员中至少一名女性", en: "Sex; at least one member is a woman" })
  sex: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "出生日期", en: "Date of birth" })
  birthDate: string;

  @Field({ type: encrypted("ID_NUMBER"), sharing: "NOT_SHARED", personal: "SENSITIVE", article: "GB 11643-1999；个人信息保护法 第二十八条",
    zh: "公民身份号码，加密存放", en: "Identity number, encrypted at rest" })
  idNumber: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "手机号码，加密存放", en: "Mobile number, encrypted at rest" })
  phone: string;

  @Field({ type: text(200), mask: "ADDRESS", sharing: "NOT_SHARED", personal: "PERSONAL", zh: "住址；脱敏时只到社区", en: "Home address; masked to the community" })
  address: string;

  @Field({ type: oneOf(CommitteePosition), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", article: "第七条",
    zh: "职务", en: "Position" })
  position: string;

  @Field({ type: oneOf(MemberOrigin), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "产生方式", en: "How the member came to office" })
  origin: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", article: "第七条", zh: "当选日期", en: "Day of election" })
  electedOn: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第十四条；村委会组织法 第十四条",
    zh: "任期起始日", en: "First day of the term" })
  termFrom: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第十四条；村委会组织法 第十四条",
    zh: "任期届满日，每届五年", en: "Last day of the term of five years" })
  termTo: string;

  @Field({ type: count(1, 20), sharing: "CONDITIONAL", personal: "PERSONAL", unit: "届", zh: "连续任职届数", en: "Terms served without break" })
  terms: number;

  @Field({ type: flag(), sharing: "NOT_SHARED", personal: "SENSITIVE", zh: "是否中共党员", en: "Whether a member of the Party" })
  partyMember: boolean;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第八条；村委会组织法 第八条",
    zh: "近亲属回避是否已核查", en: "Whether avoidance of kin was checked" })
  kinAvoidanceChecked: boolean;

  @Field({ type: oneOf(MemberReview), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第三十七条；村委会组织法 第三十八条",
    zh: "最近一次民主评议结果", en: "Result of the latest democratic review" })
  review: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第三十七条；村委会组织法 第三十八条",
    zh: "最近一次民主评议日期", en: "Day of the latest review" })
  reviewedOn: string;

  @Field({ type: oneOf(MemberReview), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第三十七条；村委会组织法 第三十八条",
    zh: "上一次民主评议结果；连续两次不称职终止职务", en: "Result of the review before; two failures in a row end the office" })
  previousReview: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第三十八条；村委会组织法 第四十条",
    zh: "经济责任审计日期（主任）", en: "Day of the audit, for a director" })
  auditedOn: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "离任日期", en: "Day the member left" })
  leftOn: string;

  @Field({ type: oneOf(MemberLeaving), sharing: "CONDITIONAL", personal: "PERSONAL", article: "居委会组织法 第三十七条；村委会组织法 第三十八条",
    zh: "离任原因", en: "Why the member left" })
  leavingReason: string;
}
