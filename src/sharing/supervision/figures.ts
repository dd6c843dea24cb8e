/** The figures of supervision as one table: what each counts, the article it serves, and what it cannot say (B-25, B-29). */

export interface Figure {
  readonly name: string;
  /** Chinese first, then English. */
  readonly words: string;
  /** A median has half days, and none where nothing was answered. */
  readonly median?: true;
}

export interface FigureGroup {
  readonly name: GroupName;
  /** Of the GraphQL type. */
  readonly type: string;
  readonly words: string;
  readonly article: string;
  readonly cannotSay: string;
  /** Rows that have it. */
  readonly sides: readonly Side[];
  readonly figures: readonly Figure[];
}

/** The part that a department plays in what is counted: it gives data, asks for it, or is the data authority. */
export const SIDES = ["PROVIDER", "REQUESTER", "AUTHORITY"] as const;
export type Side = (typeof SIDES)[number];

export const GROUP_NAMES = [
  "requests",
  "deliveries",
  "corrections",
  "grants",
  "catalogue",
  "reviews",
] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

const REGULATION = "政务数据共享条例";
const BOTH: readonly Side[] = ["PROVIDER", "REQUESTER"];

const figure = (name: string, words: string): Figure => ({ name, words });
const median = (words: string): Figure => ({ name: "medianWorkingDays", words, median: true });

const IN_TIME = figure("inTime", "按期办结。Answered before the deadline");
const LATE = figure("late", "逾期办结。Answered after it");
const OVERDUE = figure("overdue", "现在逾期未办。Not answered, and overdue now");
const RUNNING = figure("running", "在办，期限未到。Not answered, in time now");

const REQUESTS: FigureGroup = {
  name: "requests",
  type: "SupervisedRequests",
  words: "共享申请的答复。Requests for access, and how they were answered.",
  article: `${REGULATION} 第二十一条；理由第十五条第一款、第三十九条第二项；争议第二十八条`,
  cannotSay:
    "期内由提供单位收到的申请，办理情况截至现在；被退回重新答复的另计一次。不说明理由是否成立，不说明申请是否必要。Requests that providers received in the period, as they stand now; one that was remitted is received once more. Not whether a reason held, nor whether the data was needed.",
  sides: BOTH,
  figures: [
    figure("received", "提供单位收到，含退回重新答复。Received by the provider, remitted ones once more"),
    figure("remitted", "其中退回重新答复。Of these, remitted in a dispute"),
    IN_TIME,
    LATE,
    OVERDUE,
    RUNNING,
    figure("paused", "等待补充，期限中止。Waiting for a supplement: the clock stands still"),
    figure("unanswered", "未答复即撤回或者自行终止。Withdrawn or lapsed without an answer"),
    figure("granted", "全部同意。Granted as asked"),
    figure("grantedInPart", "部分同意。Granted in part"),
    figure("refused", "不同意。Refused"),
    figure("extended", "经同意延长。Extended with the authority's consent"),
    median("收到至答复的工作日中位数，不含中止。Median of working days to the answer, pauses left out"),
    figure("filed", "期内提出。Filed in the period"),
    figure("disapproved", "期内本部门未同意。Not approved by the requester's own head, in the period"),
    figure("disputed", "期内提出争议。Disputes begun in the period"),
    figure("upheld", "期内维持不同意。Refusals upheld in the period"),
    figure("urged", "期内被督促，含催交付。Urged in the period, deliveries too"),
  ],
};

const DELIVERIES: FigureGroup = {
  name: "deliveries",
  type: "SupervisedDeliveries",
  words: "同意后的提供，批量交换和文件下载。Deliveries after consent, of what leaves in batches or as files.",
  article: `${REGULATION} 第二十二条`,
  cannotSay:
    "是否提供以提供单位的记录为准；服务接口同意即生效，不计。That data was delivered is the provider's word; what the service itself delivers is not counted.",
  sides: BOTH,
  figures: [
    figure("consented", "期内同意、须交付。Granted in the period, to be delivered"),
    { ...IN_TIME, words: "按期提供。Delivered before the deadline" },
    { ...LATE, words: "逾期提供。Delivered after it" },
    { ...OVERDUE, words: "现在逾期未提供。Not delivered, and overdue now" },
    { ...RUNNING, words: "未提供，期限未到。Not delivered, in time now" },
    figure("lapsed", "未提供即终止。Lapsed without delivery"),
  ],
};

const CORRECTIONS: FigureGroup = {
  name: "corrections",
  type: "SupervisedCorrections",
  words: "校核申请的办理。Corrections, and how they were answered.",
  article: `${REGULATION} 第二十六条`,
  cannotSay:
    "期内提出的校核，办理情况截至现在；不说明谁的值正确。Corrections asked for in the period, as they stand now; not whose value was right.",
  sides: BOTH,
  figures: [
    figure("received", "收到。Received"),
    IN_TIME,
    LATE,
    OVERDUE,
    RUNNING,
    figure("withdrawn", "撤回。Withdrawn"),
    figure("corrected", "已更正。Corrected"),
    figure("rejected", "不予更正。Rejected"),
    figure("retired", "记录已停用。The row was retired"),
    median("收到至答复的工作日中位数。Median of working days to the answer"),
  ],
};

const GRANTS: FigureGroup = {
  name: "grants",
  type: "SupervisedGrants",
  words: "授权及其使用。Grants, and whether they are used.",
  article: `${REGULATION} 第二十五条、第二十七条`,
  cannotSay:
    "未使用指生效满 90 天且 90 天内没有使用它的应答，90 天是本平台自定，条例未规定；平台之外如何使用，看不到。Unused: in force for 90 days, and no answer used it in these; the law sets no number of days. How data is used outside the hub is not seen.",
  sides: BOTH,
  figures: [
    figure("given", "期内生效。Beginning in the period"),
    figure("inForce", "现在有效。In force now"),
    figure("unused", "现在有效而未使用。In force now, and unused"),
    figure("suspended", "期内暂停。Suspended in the period"),
    figure("narrowed", "期内缩小。Narrowed in the period"),
    figure("revoked", "期内撤销。Revoked in the period"),
    figure("relinquished", "期内放弃。Given up by the grantee in the period"),
    figure("disposed", "期内报告处置。Disposals reported in the period"),
  ],
};

const CATALOGUE: FigureGroup = {
  name: "catalogue",
  type: "SupervisedCatalogue",
  words: "目录更新的报送。Updates of the catalogue, as the department proposes them.",
  article: `${REGULATION} 第十七条`,
  cannotSay:
    "只有平台自己发现的声明变更有期限；法律或者职责的变更何时发生，平台不知道。Only changes of declarations have a clock; when a law or a duty changed is not known to the hub.",
  sides: ["PROVIDER"],
  figures: [
    figure("opened", "期内开始的更新。Begun in the period"),
    { ...IN_TIME, words: "按期送审。Sent to review before the deadline" },
    { ...LATE, words: "逾期送审。Sent to review after it" },
    { ...OVERDUE, words: "现在逾期未送审。Not sent, and overdue now" },
    figure("published", "已发布。Published"),
    figure("extended", "经同意延长。Extended with the authority's consent"),
  ],
};

const REVIEWS: FigureGroup = {
  name: "reviews",
  type: "SupervisedReviews",
  words: "数据主管部门的目录审核。Reviews of catalogue updates by the data authority.",
  article: `${REGULATION} 第十七条`,
  cannotSay: "不说明审核是否仔细。Not how thorough a review was.",
  sides: ["AUTHORITY"],
  figures: [
    figure("received", "期内收到。Received in the period"),
    { ...IN_TIME, words: "按期审核。Decided before the deadline" },
    { ...LATE, words: "逾期审核。Decided after it" },
    OVERDUE,
    RUNNING,
  ],
};

export const GROUPS: readonly FigureGroup[] = [REQUESTS, DELIVERIES, CORRECTIONS, GRANTS, CATALOGUE, REVIEWS];

/** Codes of breaches are told where the hub's sources word them; no figure finds anybody guilty of one. */
export const WHOLE = {
  article: `${REGULATION} 第三十八条第二款`,
  cannotSay:
    "数字只反映平台内的办理，不是对违法的认定；第三十九条至第四十一条各项中，平台只对应第三十九条第二项（附加条件，见 refusals），其余各项平台不计。Figures tell what was done in the hub and establish no breach; of the items of Articles 39 to 41 only 39(2) has a figure, the conditions of refusals.",
};

export const MISSED = {
  article: `${REGULATION} 第二十条、第二十五条`,
  cannotSay:
    "问到而并非全部完整可见的字段，按部门数排列；不说明部门是否需要完整的值。Fields that were asked and not in full everywhere, by how many departments; not whether they needed them in full.",
};
