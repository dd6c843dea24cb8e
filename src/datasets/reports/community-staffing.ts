/** Report R7, staffing: community workers against the target of the year and the 18 per 10,000 residents. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, day, Figure, flag, measure, One, Report, text } from "../../declare";

/** In post: no reason of leaving is recorded, which is coded and so may cut a protected count. */
const IN_POST = { leaveReason: { isNull: true } };

@Report({
  name: "communityStaffing", plural: "communityStaffings", from: "staffingTarget", key: ["territory", "year"],
  zh: "社区工作者配备：现有人数与配备目标、每万人十八名", en: "Community workers against the target and 18 per 10,000 residents",
  article: "第四十六条",
  report: {
    no: "R7",
    coverage: { zh: "没有核定当年目标的社区不在其中；人数过少的不公布", en: "A community without a target for the year is missing; numbers too small are not published" },
    cannotSay: { zh: "现有人数是提问时在岗的，与往年目标比较请用 asOf；每万人按常住人口计，国家指标按城镇人口（I-32，来源仅见摘录）；权限为汇总的读者看到的人数带有保护噪声", en: "Workers are those in post when it is asked: for former years ask with asOf; the ratio is of residents, the national indicator of urban ones (I-32, seen in excerpt); at aggregate level the numbers carry protecting noise" },
  },
})
export class CommunityStaffing extends DatasetRow {
  @Figure({ type: count(2000, 2100), coded: true, zh: "年度", en: "Year" })
  year: number;

  @Figure({ type: day(), zh: "目标核定日期", en: "Day the target was decided", article: "第四十六条" })
  approvedAt: string;

  @Figure({ type: text(100), computed: { is: "min", link: "community", field: "name" },
    zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: count(), unit: "人", zh: "常住人口", en: "Residents", article: "第四十六条" })
  population: number;

  @Figure({ type: count(), unit: "人", zh: "应配备人数", en: "Workers the place should have", article: "第四十六条" })
  target: number;

  @Figure({ type: count(), unit: "人", computed: { is: "count", link: "workers", where: IN_POST },
    zh: "在岗社区工作者（未登记离岗原因）", en: "Workers in post, no reason of leaving recorded", article: "第四十六条" })
  workers: number;

  @Figure({ type: count(), unit: "人", computed: { is: "total", of: { target: 1, workers: -1 }, least: 0 },
    zh: "与目标的缺额", en: "Short of the target", article: "第四十六条；I-32" })
  short: number;

  @Figure({ type: measure(), unit: "%", computed: { is: "ratio", of: "workers", to: "target", per: 100 },
    zh: "配备率：在岗 ÷ 应配备", en: "Share of the target in post", article: "第四十六条" })
  staffingRate: number;

  @Figure({ type: measure(), unit: "人/万人", computed: { is: "ratio", of: "workers", to: "population", per: 10_000 },
    zh: "每万常住人口社区工作者", en: "Workers per 10,000 residents", article: "第四十六条；I-32" })
  perTenThousandNow: number;

  @Figure({ type: measure(), unit: "人/万人", zh: "每万人目标值；村委会辖区为空", en: "Target per 10,000; empty for villages", article: "第四十六条；I-32" })
  perTenThousand: number;

  @Figure({ type: flag(), computed: { is: "test", of: "perTenThousandNow", below: "perTenThousand" },
    zh: "低于每万人目标值", en: "Below the target per 10,000", article: "第四十六条；I-32" })
  belowPerTenThousand: boolean;

  @Figure({ type: count(), unit: "人", computed: { is: "count", link: "workers",
    where: { ...IN_POST, certificate: { in: ["ASSISTANT", "SOCIAL_WORKER", "SENIOR"] } } },
    zh: "其中持社会工作者职业资格", en: "Of these, with a certificate of social work", article: "第四十六条" })
  certified: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;
}
