/** Report R11: communities that were changed, dissolved, merged or renamed, with what followed them. */
// biome-ignore-all format: a field stays on two lines
import { code, count, DatasetRow, day, division, Figure, One, oneOf, Report, text } from "../../declare";
import { ChangeKind } from "../enums/change-kind";

@Report({
  name: "communityChange", plural: "communityChanges", from: "community", key: ["code"],
  only: { changeKind: { in: ["ADJUST", "DISSOLVE", "MERGE", "RENAME"] } },
  zh: "社区设立以来的调整、撤销、合并和更名", en: "Communities adjusted, dissolved, merged or renamed",
  article: "第十二条",
  report: {
    no: "R11",
    coverage: { zh: "每个社区只有最近一次变更；已撤销的社区请加 retired: INCLUDE；变更前的版本见 communityHistory", en: "The latest change of each community alone; dissolved ones with retired: INCLUDE; former versions in communityHistory" },
    cannotSay: { zh: "不画出边界；不说明户数如何分到后继社区", en: "No boundaries are drawn; not how households went to the successors" },
  },
})
export class CommunityChange extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: oneOf(ChangeKind), zh: "变更类型", en: "Kind of change", article: "第十二条" })
  changeKind: string;

  @Figure({ type: day(), zh: "变更日期", en: "Day of the change", article: "第十二条" })
  changedOn: string;

  @Figure({ type: text(80), zh: "决定文号", en: "Number of the decision", article: "第十二条" })
  boundaryDecision: string;

  @Figure({ type: day(), zh: "设立日期", en: "Day it was set up", article: "第十二条" })
  establishedOn: string;

  @Figure({ type: code("divisionCode", 12), zh: "后继社区编码", en: "Code of its successor", article: "第十二条" })
  successorCode: string;

  @Figure({ type: count(), computed: { is: "count", link: "predecessors" },
    zh: "前身社区数", en: "Communities that it followed", article: "第十二条" })
  predecessors: number;

  @One({ to: "community", here: "code", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;

  @One({ to: "community", here: "successorCode", there: "code", article: "第十二条", zh: "后继社区", en: "The community that followed it" })
  successor: unknown;
}
