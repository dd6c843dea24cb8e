/** Donations to community governance; a donor who asks not to be named is not named. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, Dataset, day, defineEnum, encrypted, Field, flag, idOf, Many, money, One, oneOf, type RowTest, type Stricter, text } from "../declare";
import { CommunityRow } from "./community-row";
import { ConsentState } from "./enums/consent-state";
import { FundSource } from "./enums/fund-source";
import { LawfulBasis } from "./enums/lawful-basis";
import { inOrder, validity } from "./row-rules";

export const DonorKind = defineEnum(
  "DonorKind",
  { zh: "捐赠人类别", en: "Kind of donor", article: "第四十四条" },
  { PERSON: "个人", SOCIAL_ORGANIZATION: "社会组织", ENTERPRISE: "企业", INSTITUTION: "机关、事业单位", OTHER: "其他" },
);

export const DonationKind = defineEnum(
  "DonationKind",
  { zh: "捐赠形式", en: "What was donated", article: "第四十四条" },
  { MONEY: "资金", GOODS: "实物", SERVICE: "服务" },
);

/** Whom a donation went to. */
export const DonationRecipient = defineEnum(
  "DonationRecipient",
  { zh: "受赠方类别", en: "Kind of recipient of a donation", article: "第四十四条" },
  { COMMITTEE: "居（村）民委员会", SOCIAL_ORGANIZATION: "社会组织", FOUNDATION: "社区基金会", STREET: "街道办事处、乡（镇）人民政府" },
);

const anonymousOrUnasked: RowTest = {
  any: [
    { field: "anonymous", isNot: false },
    { all: [{ field: "donorKind", is: "PERSON" }, { field: "consent", isNot: "GRANTED" }] },
  ],
};

const unnamed: Stricter = {
  code: "DONOR_UNNAMED", when: anonymousOrUnasked, sharing: "NOT_SHARED",
  zh: "捐赠人要求匿名，或者个人捐赠人未同意共享", en: "The donor wishes not to be named, or is a person who does not consent",
};

@Dataset({
  name: "donation", plural: "donations", steward: "civil-affairs", key: ["donationNo"],
  zh: "慈善捐赠", en: "Donations", article: "第四十四条", update: "每月", keptUntil: "retentionUntil",
  lawfulBasis: "个人信息保护法 第十三条第一项：个人同意（B-34）",
  rules: [
    validity,
    inOrder("receivedAt", "disclosedAt", { zh: "公开日期不早于接受日期", en: "Disclosed after it was received" }),
    inOrder("receivedAt", "retentionUntil", { zh: "保存期限不早于接受日期", en: "Kept at least until it was received", article: "B-40" }),
  ],
})
export class Donation extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "捐赠编号", en: "Number of the donation" })
  donationNo: string;

  @Field({ type: oneOf(DonorKind), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "捐赠人类别", en: "Kind of donor", article: "第四十四条" })
  donorKind: string;

  @Field({ type: flag(), required: true, sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "捐赠人是否要求匿名", en: "The donor wishes not to be named", article: "第四十四条" })
  anonymous: boolean;

  @Field({ type: text(120), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME", stricter: unnamed,
    zh: "捐赠人名称；匿名的不予共享", en: "Donor; not shared where the donor wishes not to be named", article: "第四十四条" })
  donorName: string;

  @Field({ type: encrypted("PHONE"), sharing: "NOT_SHARED", personal: "PERSONAL",
    zh: "捐赠人电话", en: "Donor's mobile phone" })
  donorPhone: string;

  @Field({ type: code("creditCode", 18), sharing: "CONDITIONAL", stricter: unnamed,
    zh: "捐赠单位统一社会信用代码", en: "Credit code of a donor that is a unit", article: "GB 32100-2015" })
  donorCreditCode: string;

  @Field({ type: oneOf(DonationKind), required: true, sharing: "CONDITIONAL",
    zh: "捐赠形式", en: "What was donated", article: "第四十四条" })
  kind: string;

  @Field({ type: oneOf(FundSource), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "资金来源：慈善捐赠或者社区基金会", en: "Donation or community foundation", article: "第四十四条" })
  fundSource: string;

  @Field({ type: money(0.01), required: true, sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "捐赠金额或者折价", en: "Amount, or value of what was given", article: "第四十四条" })
  amount: string;

  @Field({ type: text(300), sharing: "CONDITIONAL", zh: "实物或者服务说明", en: "Goods or services given" })
  goods: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", zh: "是否指定用途", en: "Given for a stated use" })
  earmarked: boolean;

  @Field({ type: text(300), sharing: "CONDITIONAL", zh: "指定用途", en: "The stated use" })
  purpose: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", zh: "接受日期", en: "Day on which it was received" })
  receivedAt: string;

  @Field({ type: oneOf(DonationRecipient), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "受赠方类别", en: "Kind of recipient" })
  recipientKind: string;

  @Field({ type: idOf("socialOrganization"), sharing: "CONDITIONAL",
    zh: "受赠的社会组织或者社区基金会", en: "Organization or foundation that received it", article: "第四十四条" })
  organizationId: string;

  @Field({ type: code(undefined, 40), sharing: "CONDITIONAL", zh: "捐赠票据号", en: "Number of the receipt" })
  receiptNo: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "公开日期", en: "Day of disclosure", article: "第二十六条" })
  disclosedAt: string;

  @Field({ type: oneOf(ConsentState), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "个人捐赠人是否同意共享姓名", en: "Whether a donor who is a person consents to being named", article: "B-34" })
  consent: string;

  @Field({ type: day(), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "同意日期", en: "Day of consent", article: "B-34" })
  consentAt: string;

  @Field({ type: oneOf(LawfulBasis), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "个人信息处理依据", en: "Lawful basis of processing", article: "B-34" })
  lawfulBasis: string;

  @Field({ type: day(), sharing: "CONDITIONAL",
    zh: "个人信息保存期限", en: "Personal data is kept until this day", article: "B-40" })
  retentionUntil: string;

  @One({ to: "socialOrganization", here: "organizationId",
    zh: "受赠的社会组织", en: "The organization that received it", article: "第四十四条" })
  organization: unknown;

  @Many({ to: "fundTransaction", there: "donationId",
    zh: "捐赠资金收支", en: "Transactions of the donated money", article: "第四十四条" })
  transactions: unknown[];
}
