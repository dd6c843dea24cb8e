/** Report R1: communities and their committees, term, seats and size beside what the organic laws say of them. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, day, division, Figure, flag, One, oneOf, Report, text } from "../../declare";
import { CommunityKind } from "../community";
import { HouseholdKind } from "../enums/household-kind";

/** In office: no reason of leaving is recorded. */
const IN_OFFICE = { leavingReason: { isNull: true } };

@Report({
  name: "communityCommittee", plural: "communityCommittees", from: "community", key: ["code"],
  zh: "社区与居（村）民委员会：类型、任期、职数、缺额与规模", en: "Communities and committees: kind, term, seats, vacancies and size",
  article: "第二条、第七条、第十二条；居委会组织法 第三条、第八条、第十四条；村委会组织法 第八条、第十四条",
  report: {
    no: "R1",
    coverage: { zh: "没有登记委员会的社区，委员会数为 0，任期和职数为空；成员未逐人登记的，在任人数偏少", en: "Where no committee is recorded their number is 0 and term and seats are empty; members not yet recorded are missing from those in office" },
    cannotSay: { zh: "户数口径见所列口径和日期；一般一千至三千户只对居民委员会而言；不说明缺额的原因", en: "Households are of the kind and day named; the usual size speaks of residents' committees alone; not why seats are empty" },
  },
})
export class CommunityCommittee extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: oneOf(CommunityKind), zh: "社区类型", en: "Kind of community", article: "第二条" })
  kind: string;

  @Figure({ type: count(), unit: "户", zh: "户数", en: "Households", article: "第十二条" })
  households: number;

  @Figure({ type: oneOf(HouseholdKind), zh: "户数口径", en: "What the number of households counts", article: "第十七条" })
  householdsKind: string;

  @Figure({ type: day(), zh: "户数统计日期", en: "Day the households were counted", article: "第十七条" })
  householdsAsOf: string;

  @Figure({ type: flag(), computed: { is: "test", of: "households", below: 1000, above: 3000 },
    zh: "规模在一千至三千户之外", en: "Size outside 1,000 to 3,000 households", article: "居委会组织法 第三条；I-23" })
  outsideUsualSize: boolean;

  @Figure({ type: count(), computed: { is: "count", link: "committee" },
    zh: "居（村）民委员会数", en: "Committees", article: "第七条" })
  committees: number;

  @Figure({ type: day(), computed: { is: "min", link: "committee", field: "termTo" },
    zh: "本届任期届满日", en: "Last day of the term", article: "居委会组织法 第十四条；村委会组织法 第十四条" })
  termTo: string;

  @Figure({ type: flag(), computed: { is: "test", of: "termTo", below: { today: 0 } },
    zh: "任期已届满", en: "The term is over", article: "居委会组织法 第十四条；村委会组织法 第十四条；I-22" })
  termOver: boolean;

  @Figure({ type: count(), unit: "人", computed: { is: "sum", link: "committee", field: "seats" },
    zh: "成员职数", en: "Seats", article: "居委会组织法 第八条；村委会组织法 第八条" })
  seats: number;

  @Figure({ type: count(), unit: "人", computed: { is: "count", link: "members", where: IN_OFFICE },
    zh: "在任成员（未登记离任原因）", en: "Members in office, no reason of leaving recorded", article: "第七条" })
  members: number;

  @Figure({ type: count(), unit: "人", computed: { is: "total", of: { seats: 1, members: -1 }, least: 0 },
    zh: "缺额：职数减在任成员", en: "Vacancies: seats without a member", article: "居委会组织法 第八条；村委会组织法 第八条" })
  vacancies: number;

  @Figure({ type: count(), unit: "人", computed: { is: "sum", link: "committee", field: "womenMembers" },
    zh: "女性成员", en: "Women among the members", article: "居委会组织法 第八条；村委会组织法 第八条；I-21" })
  womenMembers: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;

  @One({ to: "committee", here: "code", there: "code", zh: "其委员会", en: "Its committee" })
  committee: unknown;
}
