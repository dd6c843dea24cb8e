/** Enums of corrections with the words that people read beside their values. */
import { enumType } from "../../read";

export const CorrectionStateWord = enumType("CorrectionState", "校核的状态。Where a correction stands.", {
  RECEIVED: "提供单位已收到，答复期限起算（第二十六条）。with the provider, whose time runs",
  VERIFYING: "提供单位核实中。the provider verifies it",
  ACCEPTED: "提供单位已认可，待更正记录。the provider agrees; the row is to be corrected",
  CORRECTED: "记录已更正，见 outcome。the row was corrected; see outcome",
  REJECTED: "提供单位核实后不予更正，已说明理由。rejected, with the reason",
  RETIRED: "记录已停用。the row was taken out of use",
  WITHDRAWN: "申请方撤回。withdrawn by the requester",
});

const ACTS = {
  VERIFY: "提供单位开始核实。the provider begins to verify",
  ACCEPT:
    "提供单位认可；更正记录时自动办结。the provider agrees; the change of the row then closes the correction",
  REJECT: "提供单位不予更正，须说明理由。the provider rejects it; needs a reason",
  WITHDRAW: "申请方撤回。the requester withdraws it",
  URGE: "数据主管部门督促逾期办理，须说明。the data authority urges what is overdue",
};

export const CorrectionActWord = enumType(
  "CorrectionAct",
  "校核的办理步骤（政务数据共享条例 第二十六条）。A step of a correction.",
  ACTS,
);

/** Beside the acts of people on the correction: its beginning, changes of the row, the hub's own reckoning. */
export const CorrectionTransitionActWord = enumType(
  "CorrectionTransitionAct",
  "已办步骤。A step that was taken.",
  {
    REQUEST: "提出校核申请。asked for",
    ...ACTS,
    CORRECT: "数源部门修改了该字段。its source changed the field",
    RETIRE: "数源部门停用了该记录。its source took the row out of use",
    RECKON: "工作日历更新，期限重新计算。the calendar changed: the deadline was reckoned anew",
  },
);

export const CorrectionPartyWord = enumType("CorrectionParty", "办理方。A side of a correction.", {
  requester: "申请方。the requester",
  provider: "提供单位：数源部门。the provider: the source",
  authority: "同级数据主管部门。the data authority of the provider's level",
  hub: "平台。the hub itself",
});

export const CorrectionOutcomeWord = enumType("CorrectionOutcome", "结果。How it ended.", {
  AS_PROPOSED: "按建议更正。corrected as proposed",
  OTHERWISE: "另行更正。corrected otherwise",
  REJECTED: "不予更正。rejected",
});
