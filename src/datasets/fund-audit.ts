/** Audits of funds: opinion, findings, money in question and when it was put right. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, idOf, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { FiscalLevel } from "./enums/fiscal-level";
import { FundSource } from "./enums/fund-source";
import { inOrder, notMore, validity } from "./row-rules";

export const AuditOpinion = defineEnum(
  "AuditOpinion",
  { zh: "审计意见", en: "Opinion of the auditor", article: "第四十五条" },
  { UNQUALIFIED: "无保留意见", QUALIFIED: "保留意见", ADVERSE: "否定意见", DISCLAIMER: "无法表示意见" },
);

@Dataset({
  name: "fundAudit", plural: "fundAudits", steward: "audit", key: ["auditNo"],
  zh: "专项资金审计", en: "Audits of funds; totals are open to every department", article: "第四十五条", update: "每年",
  rules: [
    validity,
    inOrder("periodFrom", "periodTo", { zh: "审计期间截止日期不早于起始日期", en: "The audited period ends after it starts" }),
    inOrder("reportedAt", "rectifiedAt", { zh: "整改完成日期不早于报告日期", en: "Put right after it was reported" }),
    notMore("findingsRectified", "findings", { zh: "已整改问题数不超过问题数", en: "No more findings are put right than there are" }),
    notMore("amountInQuestion", "amountAudited", { zh: "问题金额不超过审计金额", en: "No more is in question than was audited" }),
  ],
})
export class FundAudit extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "审计编号", en: "Number of the audit" })
  auditNo: string;

  @Field({ type: text(120), required: true, sharing: "CONDITIONAL",
    zh: "审计的资金", en: "The fund that was audited", article: "第四十五条" })
  fund: string;

  @Field({ type: oneOf(FundSource), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "资金来源", en: "Source of the money", article: "第四十四条" })
  fundSource: string;

  @Field({ type: oneOf(FiscalLevel), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "财政级次", en: "Level of the budget", article: "第四十一条" })
  level: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "审计年度", en: "Year that was audited", article: "第四十五条" })
  year: number;

  @Field({ type: idOf("budgetLine"), sharing: "CONDITIONAL",
    zh: "对应预算项目", en: "Budget line that was audited", article: "第四十五条" })
  budgetLineId: string;

  @Field({ type: code("departmentCode", 64), sharing: "CONDITIONAL",
    zh: "被审计部门", en: "Department that was audited" })
  departmentCode: string;

  @Field({ type: text(120), sharing: "CONDITIONAL", zh: "审计实施单位", en: "Who audited" })
  auditor: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "审计期间起始日期", en: "First day of the audited period" })
  periodFrom: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "审计期间截止日期", en: "Last day of the audited period" })
  periodTo: string;

  @Field({ type: oneOf(AuditOpinion), required: true, sharing: "CONDITIONAL",
    zh: "审计意见", en: "Opinion", article: "第四十五条" })
  opinion: string;

  @Field({ type: count(), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "发现问题数", en: "Findings", article: "第四十五条" })
  findings: number;

  @Field({ type: count(), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "已整改问题数", en: "Findings put right", article: "第四十五条" })
  findingsRectified: number;

  @Field({ type: money(), sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "审计金额", en: "Amount audited", article: "第四十五条" })
  amountAudited: string;

  @Field({ type: money(), sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "问题金额", en: "Amount in question", article: "第四十五条" })
  amountInQuestion: string;

  @Field({ type: text(1000), sharing: "CONDITIONAL",
    zh: "主要问题摘要（不写个人信息）", en: "Main findings in short, without personal data" })
  summary: string;

  @Field({ type: code(undefined, 80), sharing: "CONDITIONAL", zh: "审计报告文号", en: "Number of the report" })
  documentNo: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "报告日期", en: "Day of the report" })
  reportedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "整改期限", en: "To be put right by this day" })
  rectifyBy: string;

  @Field({ type: day(), sharing: "CONDITIONAL",
    zh: "整改完成日期；为空表示尚未完成", en: "Day on which all was put right; empty while it is not", article: "第四十五条" })
  rectifiedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "结果公开日期", en: "Day of publication" })
  disclosedAt: string;

  @One({ to: "budgetLine", here: "budgetLineId", zh: "对应预算项目", en: "The budget line", article: "第四十五条" })
  budgetLine: unknown;

  @One({ to: "department", here: "departmentCode", there: "code",
    zh: "被审计部门", en: "The department that was audited" })
  department: unknown;
}
