/** Findings: where a rule does not hold, linked to the row it is about; computed when asked, under the right to that row. */
// biome-ignore-all format: a field stays on two lines
import { code, DatasetRow, defineEnum, Figure, Findings, idOf, measure, One, oneOf, text } from "../declare";
import { RULE_WORDS, RULES } from "./rules";

const FindingRule = defineEnum("FindingRule",
  { zh: "规则，详见 rules", en: "Rules that rows are held against; see rules" }, RULE_WORDS);

const FindingWeight = defineEnum("FindingWeight",
  { zh: "规则的分量", en: "Weight of a rule" },
  { BREACH: "不符合条文", WARNING: "提示：条文为一般要求，或者数字为平台自定" });

@Findings({
  name: "finding", plural: "findings", key: ["rule", "record"], rules: RULES,
  zh: "规则检查结果：不符合规则的记录", en: "Findings: records in which a rule does not hold",
  article: "第五条、第十七条、第四十五条、第四十六条",
  report: {
    no: "I",
    coverage: { zh: "只检查读者能完整看到规则所用各项的记录，其余见 extensions.access；所用各项未填的记录不判断", en: "Only records are held against a rule in which its reader reads all it looks at, see extensions.access for the rest; where a value is missing nothing is judged" },
    cannotSay: { zh: "结果是数据与规则的比对，不是对违法的认定；数据有误的，请提出校核", en: "A finding compares data with a rule and establishes no breach of law; wrong data are to be corrected" },
  },
})
export class Finding extends DatasetRow {
  @Figure({ type: oneOf(FindingRule), zh: "规则", en: "The rule" })
  rule: string;

  @Figure({ type: oneOf(FindingWeight), zh: "分量", en: "Its weight" })
  weight: string;

  @Figure({ type: code(undefined, 40), coded: true, zh: "所述记录的数据集", en: "Dataset of the record" })
  about: string;

  @Figure({ type: code(undefined, 100), zh: "所述记录的全局标识，可用 node 打开", en: "Id of the record, to be opened with node" })
  record: string;

  @Figure({ type: text(200), zh: "记录名称", en: "Name of the record" })
  name: string;

  @Figure({ type: measure(-1e12, 1e12), zh: "实际值", en: "What it is" })
  measured: number;

  @Figure({ type: measure(-1e12, 1e12), zh: "应达到的值", en: "What it should be" })
  required: number;

  @Figure({ type: code(undefined, 20), zh: "单位", en: "Unit" })
  unit: string;

  @Figure({ type: idOf("facility"), zh: "设施标识", en: "Id of the facility" })
  facilityId: string;

  @Figure({ type: idOf("residentialProject"), zh: "住宅小区项目标识", en: "Id of the residential project" })
  projectId: string;

  @Figure({ type: idOf("idleAsset"), zh: "闲置资源标识", en: "Id of the idle asset" })
  idleAssetId: string;

  @Figure({ type: idOf("budgetLine"), zh: "预算项目标识", en: "Id of the budget line" })
  budgetLineId: string;

  @Figure({ type: idOf("allocation"), zh: "拨付标识", en: "Id of the allocation" })
  allocationId: string;

  @Figure({ type: idOf("fundAudit"), zh: "审计标识", en: "Id of the audit" })
  fundAuditId: string;

  @One({ to: "community", here: "territory", there: "code", zh: "所在社区", en: "The community it lies in" })
  community: unknown;

  @One({ to: "committee", here: "territory", there: "code", zh: "该社区的委员会", en: "The committee of that community" })
  committee: unknown;

  @One({ to: "facility", here: "facilityId", zh: "所述设施", en: "The facility it is about" })
  facility: unknown;

  @One({ to: "residentialProject", here: "projectId", zh: "所述项目", en: "The project it is about" })
  project: unknown;

  @One({ to: "idleAsset", here: "idleAssetId", zh: "所述闲置资源", en: "The idle asset it is about" })
  idleAsset: unknown;

  @One({ to: "budgetLine", here: "budgetLineId", zh: "所述预算项目", en: "The budget line it is about" })
  budgetLine: unknown;

  @One({ to: "allocation", here: "allocationId", zh: "所述拨付", en: "The allocation it is about" })
  allocation: unknown;

  @One({ to: "fundAudit", here: "fundAuditId", zh: "所述审计", en: "The audit it is about" })
  fundAudit: unknown;
}
