/** Recruitment posts: posts of street and township institutions set aside for community workers. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, DatasetRow, day, defineEnum, Field, Many, oneOf, text } from "../declare";
import { Education } from "./enums/education";
import { inOrder, notMore, validity } from "./row-rules";

export const RecruitmentState = defineEnum(
  "RecruitmentState",
  { zh: "招聘状态", en: "State of a recruitment", article: "第四十七条" },
  { PLANNED: "已核定", ANNOUNCED: "已公告", EXAMINED: "已考试", CLOSED: "已完成", CANCELLED: "已取消" },
);

@Dataset({
  name: "recruitmentPost", plural: "recruitmentPosts", steward: "human-resources", key: ["postNo"],
  zh: "村（社区）工作者专门岗位", en: "Posts set aside for village and community workers", article: "第四十七条", update: "每年",
  rules: [
    validity,
    notMore("filled", "posts", { zh: "录用人数不超过岗位数", en: "No more are hired than there are posts", article: "第四十七条" }),
    inOrder("announcedAt", "closedAt", { zh: "完成日期不早于公告日期", en: "Closed after it was announced" }),
  ],
})
export class RecruitmentPost extends DatasetRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "UNCONDITIONAL",
    zh: "岗位编号", en: "Number of the post" })
  postNo: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "UNCONDITIONAL",
    zh: "招聘年度", en: "Year of recruitment" })
  year: number;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL",
    zh: "招聘单位（街道、乡镇事业单位）", en: "Street or township institution that recruits", article: "第四十七条" })
  employer: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "岗位名称", en: "Title of the post" })
  title: string;

  @Field({ type: count(1, 10_000), required: true, sharing: "UNCONDITIONAL",
    zh: "岗位数", en: "Number of posts", article: "第四十七条" })
  posts: number;

  @Field({ type: count(0, 10_000), required: true, sharing: "UNCONDITIONAL",
    zh: "录用人数", en: "Persons hired", article: "第四十七条" })
  filled: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", zh: "报名人数", en: "Applicants" })
  applicants: number;

  @Field({ type: oneOf(RecruitmentState), sharing: "UNCONDITIONAL", zh: "状态", en: "State" })
  state: string;

  @Field({ type: count(0, 60), sharing: "UNCONDITIONAL", unit: "年",
    zh: "社区工作年限要求", en: "Years of community work asked for", article: "第四十七条" })
  yearsRequired: number;

  @Field({ type: oneOf(Education), sharing: "UNCONDITIONAL", zh: "最低学历要求", en: "Lowest education asked for" })
  educationRequired: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "公告日期", en: "Day of the announcement" })
  announcedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "完成日期", en: "Day on which the recruitment closed" })
  closedAt: string;

  @Field({ type: code(undefined, 80), sharing: "UNCONDITIONAL", zh: "公告文号", en: "Number of the announcement" })
  documentNo: string;

  @Many({ to: "communityWorker", there: "recruitmentPostId",
    zh: "录用的社区工作者", en: "Community workers hired into it", article: "第四十七条" })
  workers: unknown[];
}
