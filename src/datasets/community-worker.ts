/** Community workers: post, grade, certificate, pay, training and appraisal, for stable and fair staffing. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import {
  code, count, Dataset, day, defineEnum, encrypted, Field, flag, idOf, measure, money, One, oneOf, text,
} from "../declare";
import { CommunityRow } from "./community-row";
import { Education } from "./enums/education";
import { LawfulBasis } from "./enums/lawful-basis";
import { Sex } from "./enums/sex";
import { inOrder, validity } from "./row-rules";

export const WorkerPost = defineEnum(
  "WorkerPost",
  { zh: "岗位", en: "Post of a community worker", article: "第四十六条" },
  { HEAD: "正职", DEPUTY: "副职", MEMBER: "委员", GENERAL: "一般工作人员", GRID: "专职网格员", WINDOW: "服务窗口" },
);

export const WorkerCertificate = defineEnum(
  "WorkerCertificate",
  { zh: "社会工作者职业资格", en: "Certificate of social work", article: "第四十六条" },
  { NONE: "无", ASSISTANT: "助理社会工作师（初级）", SOCIAL_WORKER: "社会工作师（中级）", SENIOR: "高级社会工作师（高级）" },
);

export const EmploymentKind = defineEnum(
  "EmploymentKind",
  { zh: "用工方式", en: "Kind of employment", article: "第四十六条、第四十七条" },
  { CONTRACT: "劳动合同", DISPATCH: "劳务派遣", PUBLIC_WELFARE_POST: "公益性岗位", PUBLIC_INSTITUTION: "事业单位专门岗位" },
);

export const Appraisal = defineEnum(
  "Appraisal",
  { zh: "考核评价", en: "Result of the yearly appraisal", article: "第四十六条" },
  { EXCELLENT: "优秀", COMPETENT: "称职", BASIC: "基本称职", INCOMPETENT: "不称职" },
);

export const LeaveReason = defineEnum(
  "LeaveReason",
  { zh: "离岗原因", en: "Why a worker left the post", article: "第四十六条" },
  { PROMOTED: "晋升", RECRUITED: "定向招聘录用", RESIGNED: "辞职", DISMISSED: "辞退", RETIRED: "退休", TRANSFERRED: "调动" },
);

@Dataset({
  name: "communityWorker", plural: "communityWorkers", steward: "human-resources", key: ["workerNo"],
  zh: "社区工作者：岗位、等级、资格、薪酬、培训、考核", en: "Community workers: post, grade, certificate, pay, training, appraisal",
  article: "第四十六条", update: "每月", keptUntil: "retentionUntil",
  lawfulBasis: "个人信息保护法 第十三条第二项、第三项：人力资源管理、履行法定职责（B-34）",
  rules: [
    validity,
    inOrder("birthDate", "hiredAt", { zh: "到岗日期不早于出生日期", en: "Hired after birth" }),
    inOrder("hiredAt", "leftAt", { zh: "离岗日期不早于到岗日期", en: "Left after being hired" }),
    inOrder("hiredAt", "retentionUntil", { zh: "保存期限不早于到岗日期", en: "Kept at least until hired", article: "B-40" }),
    inOrder("certificateRegisteredAt", "certificateValidUntil", { zh: "证书有效期不早于登记日期", en: "The certificate is valid after its registration" }),
  ],
})
export class CommunityWorker extends CommunityRow {
  @Field({ type: code(undefined, 32), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "工作者编号，不使用身份证号码", en: "Number of the worker, never the identity number" })
  workerNo: string;

  @Field({ type: text(50), required: true, sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "姓名", en: "Name" })
  name: string;

  @Field({ type: oneOf(Sex), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "性别", en: "Sex" })
  sex: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "出生日期", en: "Date of birth" })
  birthDate: string;

  @Field({ type: encrypted("ID_NUMBER"), sharing: "CONDITIONAL", personal: "SENSITIVE",
    zh: "公民身份号码", en: "Identity number", article: "GB 11643-1999；B-37" })
  idNumber: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "联系电话", en: "Mobile phone" })
  phone: string;

  @Field({ type: text(200), sharing: "NOT_SHARED", personal: "PERSONAL", mask: "ADDRESS",
    zh: "居住地址", en: "Home address" })
  address: string;

  @Field({ type: oneOf(Education), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "学历", en: "Education" })
  education: string;

  @Field({ type: oneOf(WorkerPost), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "岗位", en: "Post", article: "第四十六条" })
  post: string;

  /** A free table: no scale of grades for Taiyuan is known. */
  @Field({ type: count(1, 30), coded: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "岗位等级", en: "Grade of the post", article: "第四十六条" })
  grade: number;

  @Field({ type: oneOf(EmploymentKind), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "用工方式", en: "Kind of employment", article: "第四十六条" })
  employmentKind: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "是否兼任居（村）民委员会成员", en: "Is also a member of the committee", article: "第七条" })
  committeeMember: boolean;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "是否专职", en: "Works full time" })
  fullTime: boolean;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "到岗日期", en: "Day of hiring" })
  hiredAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "离岗日期；为空表示在岗", en: "Day of leaving; empty while in post" })
  leftAt: string;

  @Field({ type: oneOf(LeaveReason), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "离岗原因", en: "Reason for leaving", article: "第四十六条" })
  leaveReason: string;

  @Field({ type: idOf("recruitmentPost"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "定向招聘录用的专门岗位", en: "Special post into which the worker was recruited", article: "第四十七条" })
  recruitmentPostId: string;

  @Field({ type: oneOf(WorkerCertificate), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "社会工作者职业资格", en: "Certificate of social work", article: "第四十六条" })
  certificate: string;

  @Field({ type: code("certificate", 40), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "证书编号", en: "Number of the certificate" })
  certificateNo: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "证书登记日期", en: "Day on which the certificate was registered" })
  certificateRegisteredAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "证书登记有效期", en: "The registration is valid until this day" })
  certificateValidUntil: string;

  @Field({ type: money(), sharing: "CONDITIONAL", personal: "SENSITIVE", unit: "元/月",
    zh: "月薪酬（应发）", en: "Gross pay a month", article: "第四十六条；B-37" })
  monthlyPay: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "是否缴纳社会保险", en: "Social insurance is paid", article: "第四十六条" })
  socialInsurance: boolean;

  @Field({ type: flag(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "是否缴存住房公积金", en: "The housing fund is paid", article: "第四十六条" })
  housingFund: boolean;

  @Field({ type: measure(0, 10_000), sharing: "CONDITIONAL", personal: "PERSONAL", unit: "小时",
    zh: "本登记周期培训时长", en: "Hours of training in this registration period", article: "第四十六条" })
  trainingHours: number;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "最近一次培训日期", en: "Day of the latest training" })
  lastTrainedAt: string;

  @Field({ type: oneOf(Appraisal), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "最近年度考核结果", en: "Result of the latest yearly appraisal", article: "第四十六条" })
  appraisal: string;

  @Field({ type: count(2000, 2100), coded: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "考核年度", en: "Year of the appraisal" })
  appraisalYear: number;

  @Field({ type: oneOf(LawfulBasis), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "个人信息处理依据", en: "Lawful basis of processing", article: "B-34" })
  lawfulBasis: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "保存期限，届满删除", en: "Kept until this day, then deleted", article: "个人信息保护法 第十九条；B-40" })
  retentionUntil: string;

  @One({ to: "recruitmentPost", here: "recruitmentPostId",
    zh: "录用的专门岗位", en: "The special post", article: "第四十七条" })
  recruitmentPost: unknown;
}
