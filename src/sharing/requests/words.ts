/** Enums of requests with the words that people read beside their values. */
import { enumType } from "../../read";

export const RequestWay = enumType(
  "AccessRequestWay",
  "申请的共享方式（政务数据共享条例 第二十二条）。The way in which data is asked for.",
  {
    API: "服务接口。the service interface, which holds as soon as it is granted",
    BATCH: "批量交换，可留存副本。batch exchange, which allows a copy",
    FILE: "文件下载。files to download",
  },
);

export const RequestStateWord = enumType("AccessRequestState", "申请的状态。Where a request stands.", {
  FILED: "已提出，待本部门共享工作机构负责人审批（第二十条）。filed, waits for the requester's own head",
  DISAPPROVED: "本部门未同意。not approved by the requester's own head",
  RECEIVED: "提供单位已收到，答复期限起算（第二十一条）。with the provider, whose time runs",
  SUPPLEMENT_ASKED:
    "已一次性告知补充，期限中止（第二十一条）。a supplement was asked once; the time stands still",
  EXTENSION_ASKED:
    "已申请延长，待数据主管部门同意（第二十一条）。an extension waits for the authority's consent",
  GRANTED: "已同意，授权生效。granted, and in force",
  DELIVERED: "已提供（第二十二条）。delivered",
  REFUSED: "不同意，已说明理由（第二十一条）。refused, with the reason",
  NEGOTIATING: "争议：双方协商（第二十八条）。disputed: the two departments negotiate",
  AT_AUTHORITY: "争议：同级数据主管部门协调（第二十八条）。disputed: with the authority of that level",
  AT_SUPERIOR: "争议：共同的上级数据主管部门协调（第二十八条）。disputed: with the common superior authority",
  AT_GOVERNMENT: "争议：报本级人民政府决定（第二十八条）。disputed: with the government of that level",
  UPHELD: "争议终结，维持不同意。the dispute ended, the refusal stands",
  WITHDRAWN: "申请方撤回。withdrawn by the requester",
  LAPSED:
    "自行终止：使用时限已过，或者逾期未补充。lapsed: the time of use has passed, or the supplement never came",
});

const ACTS = {
  APPROVE: "本部门负责人同意，送提供单位（第二十条）。the requester's head approves: it goes to the provider",
  DISAPPROVE: "本部门负责人不同意，须说明理由。the requester's head does not; needs a reason",
  ASK_SUPPLEMENT:
    "提供单位一次性告知全部须补充的内容（第二十一条）。the provider names everything missing, once",
  SUPPLEMENT: "申请方补充，期限继续。the requester supplies it; the time goes on",
  ASK_EXTENSION:
    "提供单位申请延长期限，须说明理由（第二十一条）。the provider asks for an extension, with the reason",
  EXTEND: "数据主管部门同意延长。the data authority consents to it",
  DECLINE_EXTENSION: "数据主管部门不同意延长，须说明理由。the data authority does not; needs a reason",
  GRANT: "提供单位同意，授权即时生效。the provider grants; it holds at once",
  GRANT_PART:
    "提供单位部分同意：减少字段、降低级别、缩小属地或者提前截止，须说明理由并指明目录载明的使用条件；其余部分另成一份，可提出争议。the provider grants less than was asked, with the reason and a condition of the catalogue; the rest goes on as a request of its own",
  REFUSE:
    "提供单位不同意：须说明理由，且只能依目录载明的使用条件（第十五条、第二十一条）。the provider refuses: with the reason, and on a condition of the catalogue",
  DELIVER: "提供单位已提供数据（第二十二条）。the provider has delivered",
  WITHDRAW: "申请方撤回。the requester withdraws it",
  URGE: "数据主管部门督促逾期办理，须说明。the data authority urges what is overdue",
  DISPUTE: "申请方提出争议，双方协商（第二十八条）。the requester disputes the refusal",
  ESCALATE: "协商或者协调不成，提请上一级（第二十八条）。the requester takes the dispute one rung up",
  REMIT: "协调后退回提供单位重新答复。the authority sends it back to the provider, to be answered anew",
  UPHOLD: "记录人民政府维持不同意的决定。the superior records that the government upholds the refusal",
};

export const RequestActWord = enumType(
  "AccessRequestAct",
  "办理步骤，条文为政务数据共享条例。A step of a request.",
  ACTS,
);

/** Beside the acts of people: the beginning, and the hub's own reckoning. */
export const TransitionActWord = enumType("AccessRequestTransitionAct", "已办步骤。A step that was taken.", {
  FILE: "提出申请。filed",
  SPLIT: "部分同意后的其余部分。what was not granted of a request",
  ...ACTS,
  RECKON: "工作日历更新，期限重新计算。the calendar changed: the deadline was reckoned anew",
  LAPSE: "自行终止。it lapsed",
});

export const RequestParty = enumType("AccessRequestParty", "办理方。A side of a request.", {
  requester: "申请方。the requester",
  provider: "提供单位。the provider",
  authority: "同级数据主管部门。the data authority of the provider's level",
  superior: "共同的上级数据主管部门。the common superior authority",
  hub: "平台。the hub itself",
});
