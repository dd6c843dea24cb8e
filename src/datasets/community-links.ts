/** Everything recorded under one community's code: what is followed from the community and from its committee alike. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { DatasetRow, Many } from "../declare";

/** Base of community and committee, so that one question over either reaches every domain. */
export abstract class CommunityLinks extends DatasetRow {
  @Many({ to: "committeeMember", there: "territory", here: "code", article: "第七条",
    zh: "居（村）民委员会成员", en: "Members of the committee" })
  members: unknown[];

  @Many({ to: "householdCount", there: "communityCode", here: "code", article: "第十七条",
    zh: "各口径户数", en: "Household counts, each with its kind, source and date" })
  householdCounts: unknown[];

  @Many({ to: "facility", there: "territory", here: "code", article: "第十六条",
    zh: "辖区内综合服务设施", en: "Service facilities that stand in the community" })
  facilities: unknown[];

  @Many({ to: "facilityShare", there: "communityCode", here: "code", article: "第十六条",
    zh: "共享使用的设施份额", en: "Shares in facilities that serve several communities" })
  facilityShares: unknown[];

  @Many({ to: "residentialProject", there: "territory", here: "code", article: "第十七条",
    zh: "辖区内住宅小区项目", en: "Residential projects in the community" })
  residentialProjects: unknown[];

  @Many({ to: "idleAsset", there: "territory", here: "code", article: "第十八条",
    zh: "辖区内闲置资源", en: "Idle assets in the community" })
  idleAssets: unknown[];
}
