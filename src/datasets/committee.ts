/** Residents' and villagers' committees: grassroots self-government bodies and special legal persons (Art. 7, both organic laws). */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, count, Dataset, day, defineEnum, division, Field, flag, listOf, Many, measure, One, oneOf, text } from "../declare";
import { communitySegment } from "../declare/code/division-code";
import { CommunityLinks } from "./community-links";
import { inOrder, isMissing, sameAs, validity } from "./row-rules";

const CommitteeKind = defineEnum("CommitteeKind",
  { zh: "基层群众性自治组织类型", en: "Kind of committee, which decides the organic law that governs it", article: "第七条" },
  { RESIDENTS: "居民委员会", VILLAGERS: "村民委员会" });

const DutyArea = defineEnum("DutyArea",
  { zh: "协助政府工作的领域", en: "Areas in which a committee assists the government", article: "第七条" },
  { PUBLIC_SERVICE: "公共服务", PUBLIC_ADMINISTRATION: "公共管理", PUBLIC_SAFETY: "公共安全" });

const DeliberationForm = defineEnum("DeliberationForm",
  { zh: "议事协商形式", en: "Forms of deliberation", article: "第二十五条" },
  { COUNCIL: "议事会", HEARING: "听证会", TALK: "恳谈会" });

const CultureFacility = defineEnum("CultureFacility",
  { zh: "社区公共文化设施", en: "Facilities of public culture", article: "第三十条" },
  { NOTICE_BOARD: "宣传栏", SCREEN: "电子屏" });

const CharterKind = defineEnum("CharterKind",
  { zh: "自治章程类型", en: "Kind of self-government charter", article: "第二十六条" },
  { RESIDENTS_PACT: "居民公约", VILLAGE_RULES: "村规民约" });

@Dataset({
  name: "committee", plural: "committees", steward: "civil-affairs", key: ["code"], update: "每月",
  article: "第七条；居委会组织法；村委会组织法",
  zh: "居（村）民委员会：任期、班子、监督、公开与协商", en: "Residents' and villagers' committees: terms, seats, oversight, disclosure, deliberation",
  rules: [
    validity,
    sameAs("code", "territory", { zh: "委员会编码就是其社区的区划代码", en: "A committee's code is its community's code" }),
    { code: "KIND_AGAINST_CODE", zh: "类型与编码末三位不符（001–199 居委会、200–399 村委会）",
      en: "The kind is not what the last three digits of the code say", fields: ["kind", "code"],
      holds: (row) => isMissing(row, "kind", "code") || ["SIMILAR", row.kind].includes(communitySegment(String(row.code))) },
    inOrder("termFrom", "termTo", { zh: "任期届满日不早于任期起始日", en: "A term does not end before it begins",
      article: "居委会组织法 第十四条；村委会组织法 第十四条" }),
    inOrder("establishedOn", "termFrom", { zh: "任期不早于委员会设立日期", en: "No term begins before the committee was set up" }),
    inOrder("voterListOn", "electedOn", { zh: "选民名单公布不晚于选举日", en: "The voter list is published before the election" }),
    inOrder("electedOn", "handedOverOn", { zh: "工作移交不早于选举日", en: "Work is handed over after the election" }),
    { code: "CHARTER_AGAINST_KIND", zh: "居民委员会订立居民公约，村民委员会订立村规民约", en: "Residents make a pact, villagers make village rules",
      article: "第二十六条", fields: ["charterKind", "kind"],
      holds: (row) => isMissing(row, "charterKind", "kind") || (row.charterKind === "VILLAGE_RULES") === (row.kind === "VILLAGERS") },
  ],
})
export class Committee extends CommunityLinks {
  @Field({ type: division(), required: true, sharing: "UNCONDITIONAL", article: "第七条",
    zh: "委员会编码，即所在社区的 12 位区划代码", en: "Code of the committee: the 12-digit code of its community" })
  code: string;

  @Field({ type: code("creditCode", 18), sharing: "UNCONDITIONAL", article: "GB 32100-2015；居委会组织法 第十二条；村委会组织法 第十三条",
    zh: "统一社会信用代码（特别法人）", en: "Unified social credit code of the special legal person" })
  creditCode: string;

  @Field({ type: text(100), required: true, sharing: "UNCONDITIONAL", article: "第七条", zh: "委员会名称", en: "Name of the committee" })
  name: string;

  @Field({ type: oneOf(CommitteeKind), required: true, sharing: "UNCONDITIONAL", article: "第七条",
    zh: "类型：居民委员会或者村民委员会", en: "Residents' or villagers' committee" })
  kind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十二条", zh: "设立日期", en: "Day the committee was set up" })
  establishedOn: string;

  @Field({ type: text(80), sharing: "UNCONDITIONAL", article: "第十二条", zh: "设立或者调整的决定文号", en: "Number of the decision that set it up or changed it" })
  establishedBy: string;

  @Field({ type: text(40), sharing: "UNCONDITIONAL", personal: "PUBLIC_OFFICE", article: "居委会组织法 第十二条；村委会组织法 第十三条",
    zh: "主任姓名，即法定代表人；依职务公开", en: "Name of the director, its legal representative; public by office" })
  director: string;

  @Field({ type: text(100), sharing: "UNCONDITIONAL", article: "第七条", zh: "所属基层党组织", en: "Party organization that leads it" })
  partyBranch: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第十四条；村委会组织法 第十四条",
    zh: "本届任期起始日", en: "First day of the current term" })
  termFrom: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第十四条；村委会组织法 第十四条",
    zh: "本届任期届满日，每届五年", en: "Last day of the current term of five years" })
  termTo: string;

  @Field({ type: count(0, 99), sharing: "UNCONDITIONAL", unit: "人", article: "居委会组织法 第八条；村委会组织法 第八条",
    zh: "成员职数：居委会五至九人，村委会三至七人", en: "Seats: five to nine for residents, three to seven for villagers" })
  seats: number;

  @Field({ type: count(0, 99), sharing: "UNCONDITIONAL", unit: "人", article: "居委会组织法 第八条；村委会组织法 第八条",
    zh: "女性成员人数，至少一名", en: "Women among the members, at least one" })
  womenMembers: number;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第十七条；村委会组织法 第十七条",
    zh: "选民名单公布日，选举日二十日前", en: "Day the voter list was published, twenty days before the election" })
  voterListOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第七条", zh: "本届选举日", en: "Day of the election" })
  electedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第二十五条；村委会组织法 第二十四条",
    zh: "新老班子工作移交日，十日内", en: "Day work was handed over, within ten days" })
  handedOverOn: string;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "户", article: "居委会组织法 第三条",
    zh: "服务户数，居委会一般一千至三千户；演示数据为合成", en: "Households served, usually 1,000 to 3,000; synthetic in demo data" })
  households: number;

  @Field({ type: count(0, 9999), sharing: "UNCONDITIONAL", unit: "人", article: "居委会组织法 第十三条；村委会组织法 第二十九条",
    zh: "居（村）民代表人数", en: "Representatives of residents or villagers" })
  representatives: number;

  @Field({ type: count(0, 9999), sharing: "UNCONDITIONAL", unit: "人", article: "村委会组织法 第二十九条",
    zh: "女性代表人数，村民代表中应占三分之一以上", en: "Women among them; at least a third in villages" })
  womenRepresentatives: number;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第二十八条；村委会组织法 第三十条",
    zh: "最近一次代表会议日期：居民至少每半年，村民每季度", en: "Latest meeting of representatives: half-yearly, in villages quarterly" })
  representativesMetOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "村委会组织法 第二十五条",
    zh: "最近一次村民会议日期，每年至少一次", en: "Latest village assembly, at least yearly" })
  assemblyMetOn: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "居委会组织法 第三十六条；村委会组织法 第三十七条",
    zh: "是否设立居（村）务监督委员会", en: "Whether an oversight committee exists" })
  hasOversight: boolean;

  @Field({ type: text(100), sharing: "UNCONDITIONAL", article: "居委会组织法 第三十六条；村委会组织法 第三十七条",
    zh: "居（村）务监督委员会名称", en: "Name of the oversight committee" })
  oversightCommittee: string;

  @Field({ type: count(0, 99), sharing: "UNCONDITIONAL", unit: "人", article: "居委会组织法 第三十六条；村委会组织法 第三十七条",
    zh: "监督委员会人数，不得有委员会成员及其近亲属", en: "Its members, none of the committee or their kin" })
  oversightMembers: number;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第三十七条；村委会组织法 第三十八条",
    zh: "最近一次民主评议日期，每年至少一次", en: "Latest democratic review, at least yearly" })
  reviewedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "居委会组织法 第三十八条；村委会组织法 第四十条",
    zh: "主任任期或者离任经济责任审计日期", en: "Day the director was audited, in term or on leaving" })
  directorAuditedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第二十六条；居委会组织法 第三十四条；村委会组织法 第三十五条",
    zh: "最近一次居（村）务公开日期，公开不少于十五日", en: "Latest disclosure, shown for at least fifteen days" })
  disclosedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第二十六条；村委会组织法 第三十五条",
    zh: "最近一次收支情况公布日期", en: "Latest publication of income and expense" })
  financesDisclosedOn: string;

  @Field({ type: oneOf(CharterKind), sharing: "UNCONDITIONAL", article: "第二十六条", zh: "居民公约或者村规民约", en: "Residents' pact or village rules" })
  charterKind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第二十六条", zh: "公约或者村规备案日期", en: "Day the charter was filed" })
  charterFiledOn: string;

  @Field({ type: listOf(DeliberationForm), sharing: "UNCONDITIONAL", article: "第二十五条", zh: "已建立的议事协商形式", en: "Forms of deliberation in use" })
  deliberationForms: string[];

  @Field({ type: listOf(DutyArea), sharing: "UNCONDITIONAL", article: "第七条", zh: "协助政府工作的领域", en: "Areas in which it assists the government" })
  duties: string[];

  @Field({ type: text(200), sharing: "UNCONDITIONAL", article: "第十六条", zh: "办公地址", en: "Address of its office" })
  officeAddress: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十六条、第十七条第三款", zh: "办公用房建筑面积", en: "Floor area of its office" })
  officeArea: number;

  @Field({ type: code("officePhone", 20), sharing: "UNCONDITIONAL", article: "第三十五条", zh: "办公电话（非个人号码）", en: "Telephone of the office, not of a person" })
  officePhone: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第二十一条", zh: "是否设有人大代表联络站（点）", en: "Whether deputies keep a liaison station there" })
  liaisonStation: boolean;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第二十一条", zh: "是否为基层立法联系点", en: "Whether it is a contact point for legislation" })
  legislativeContact: boolean;

  @Field({ type: count(0, 99), sharing: "UNCONDITIONAL", unit: "人", article: "第二十七条", zh: "社区法律顾问人数", en: "Legal advisers of the community" })
  legalAdvisers: number;

  @Field({ type: count(0, 999), sharing: "UNCONDITIONAL", unit: "人", article: "第二十七条", zh: "人民调解员人数", en: "People's mediators" })
  mediators: number;

  @Field({ type: listOf(CultureFacility), sharing: "UNCONDITIONAL", article: "第三十条", zh: "公共文化设施", en: "Facilities of public culture" })
  cultureFacilities: string[];

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第三十二条", zh: "是否建有应急救助志愿者团队", en: "Whether it has an emergency volunteer team" })
  emergencyTeam: boolean;

  @One({ to: "community", here: "code", there: "code", article: "第二条", zh: "所在社区", en: "The community it serves" })
  community: unknown;

  @Many({ to: "department", there: "territory", here: "code", article: "第五条", zh: "本级部门（委员会自身账户）", en: "The committee as a department of the hub" })
  departments: unknown[];

  @Many({ to: "allocation", there: "payeeCreditCode", here: "creditCode", article: "第四十三条", zh: "直接拨付给本委员会的经费", en: "Funds appropriated to the committee itself" })
  appropriations: unknown[];
}
