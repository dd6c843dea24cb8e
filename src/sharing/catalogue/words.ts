/** Enums of the catalogue's updates with the words that people read beside their values. */
import { enumType } from "../../read";
import { CRITERION_WORDS } from "./criteria";

export const SharingWay = enumType(
  "SharingWay",
  "共享方式（政务数据共享条例 第二十二条）。Ways in which data is shared.",
  {
    SERVICE: "服务接口（GraphQL）。a service interface",
    BATCH: "批量交换。batch exchange",
    FILE: "文件下载（CSV、NDJSON）。files to download",
  },
);

export const UpdateFrequency = enumType("UpdateFrequency", "数据更新频率。How often data is updated.", {
  REALTIME: "实时。at once",
  DAILY: "每日。every day",
  WEEKLY: "每周。every week",
  MONTHLY: "每月。every month",
  QUARTERLY: "每季度。every quarter",
  YEARLY: "每年。every year",
});

export const CriterionWord = enumType(
  "CatalogueCriterionCode",
  "使用条件项。What a condition of use is about.",
  Object.fromEntries(Object.entries(CRITERION_WORDS).map(([code, { zh, en }]) => [code, `${zh}。${en}`])),
);

export const UpdateStateWord = enumType("CatalogueUpdateState", "目录更新的状态。Where an update stands.", {
  OPEN: "待提出：声明已变更，期限起算（第十七条）。to be proposed; the department's time runs",
  EXTENSION_ASKED:
    "已申请延长，待数据主管部门同意（第十七条）。an extension waits for the authority's consent",
  PROPOSED: "已提出，待本部门负责人批准（第十三条）。proposed, waits for the department's head",
  IN_REVIEW: "数据主管部门审核（第十六条、第十七条）。with the data authority, whose time runs",
  RETURNED: "退回，须重新提出。returned, to be proposed anew",
  PUBLISHED: "已发布。published",
  WITHDRAWN: "提供单位撤回。withdrawn by the source department",
  LAPSED: "自行终止：没有需要发布的变更。lapsed: there is nothing to publish",
});

const ACTS = {
  ASK_EXTENSION:
    "提供单位申请延长期限，须说明理由（第十七条）。the department asks for an extension, with the reason",
  EXTEND: "数据主管部门同意延长。the data authority consents to it",
  DECLINE_EXTENSION: "数据主管部门不同意延长，须说明理由。the data authority does not; needs a reason",
  APPROVE: "本部门负责人批准，送审（第十三条）。the department's head approves: it goes to the authority",
  DISAPPROVE: "本部门负责人不批准，须说明理由。the department's head does not; needs a reason",
  PUBLISH: "数据主管部门审核通过，向各部门发布（第十六条）。the data authority publishes it",
  RETURN: "数据主管部门退回，须说明理由。the data authority returns it; needs a reason",
  WITHDRAW: "提供单位撤回自行提出的更新。the department withdraws what it proposed of its own accord",
  URGE: "数据主管部门督促逾期办理，须说明。the data authority urges what is overdue",
};

export const ReviewActWord = enumType(
  "CatalogueReviewAct",
  "提出以后的办理步骤，条文为政务数据共享条例。A step of an update beside its proposal.",
  ACTS,
);

/** Beside them the proposal, and what the hub does. */
export const UpdateActWord = enumType("CatalogueUpdateAct", "办理步骤。A step of an update.", {
  PROPOSE: "提供单位提出。proposed by the source department",
  ...ACTS,
  NOTICE: "平台发现声明与已发布的目录不一致。the hub noticed a change of the declaration",
  RECKON: "工作日历更新，期限重新计算。the calendar changed: the deadline was reckoned anew",
  LAPSE: "自行终止。it lapsed",
});

export const UpdateParty = enumType("CatalogueUpdateParty", "办理方。A side of an update.", {
  provider: "提供单位。the source department",
  authority: "数据主管部门。the data authority",
  hub: "平台。the hub itself",
});

export const WarningCode = enumType("CatalogueWarningCode", "目录提示的种类。Kinds of warnings.", {
  SAME_NAME: "同种类、同名的数据项（第十九条）。the same kind under the same name",
  SAME_STANDARD: "同一代码标准的数据项（第十九条）。the same code standard",
  NO_STEWARD: "没有数源部门（第十九条）。no steward in force",
  SEVERAL_STEWARDS: "不止一个数源部门（第十九条）。more than one steward in force",
});
