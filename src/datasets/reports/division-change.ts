/** Report R11: divisions that were changed or retired, with the node that follows each. */
// biome-ignore-all format: a field stays on two lines
import { code, count, DatasetRow, day, Figure, One, oneOf, Report, text } from "../../declare";
import { DivisionKind, DivisionLevel, DivisionScheme } from "../division";
import { ChangeKind } from "../enums/change-kind";

@Report({
  name: "divisionChange", plural: "divisionChanges", from: "division", key: ["scheme", "edition", "code"],
  only: { or: [{ changeKind: { isNull: false } }, { successorNode: { isNull: false } }] },
  zh: "区划变更：设立、调整、撤销、合并、更名及后继代码", en: "Changes of divisions, with the code that follows",
  article: "第十二条",
  report: {
    no: "R11",
    coverage: { zh: "只含登记了变更的区划，每个节点为最近一次；停用的请加 retired: INCLUDE", en: "Divisions with a recorded change alone, of each the latest; retired ones with retired: INCLUDE" },
    cannotSay: { zh: "演示数据没有真实的变更；不画出边界", en: "The demo data hold no real change; no boundaries are drawn" },
  },
})
export class DivisionChange extends DatasetRow {
  @Figure({ type: oneOf(DivisionScheme), zh: "代码体系", en: "Scheme" })
  scheme: string;

  @Figure({ type: code(undefined, 10), zh: "版本（年份）", en: "Edition, a year" })
  edition: string;

  @Figure({ type: code("divisionCode", 12), zh: "代码", en: "Code" })
  code: string;

  @Figure({ type: text(100), zh: "名称", en: "Name" })
  name: string;

  @Figure({ type: oneOf(DivisionLevel), zh: "级别", en: "Level" })
  level: string;

  @Figure({ type: oneOf(DivisionKind), zh: "类别", en: "Kind" })
  kind: string;

  @Figure({ type: oneOf(ChangeKind), zh: "变更类型", en: "Kind of change", article: "第十二条" })
  changeKind: string;

  @Figure({ type: day(), zh: "变更日期", en: "Day of the change", article: "第十二条" })
  changedOn: string;

  @Figure({ type: text(80), zh: "决定文号", en: "Number of the decision", article: "第十二条" })
  changeDecision: string;

  @Figure({ type: code("divisionNode", 40), zh: "后继节点", en: "Node that follows it", article: "第十二条" })
  successorNode: string;

  @Figure({ type: count(), computed: { is: "count", link: "predecessors" },
    zh: "前身区划数", en: "Divisions that it followed", article: "第十二条" })
  predecessors: number;

  @One({ to: "division", here: "id", there: "id", zh: "所述区划", en: "The division it is about" })
  division: unknown;
}
