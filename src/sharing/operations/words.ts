/** Enums of registered operations with the words that people read beside their values. */
import { enumType } from "../../read";

export const OPERATION_STATES = ["REGISTERED", "APPROVED", "REFUSED", "RETIRED"] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export const OPERATION_ACTS = ["REGISTER", "APPROVE", "REFUSE", "RETIRE"] as const;
export type OperationAct = (typeof OPERATION_ACTS)[number];

export const OperationStateWord = enumType(
  "AppOperationState",
  "登记操作的状态。Where an operation stands.",
  {
    REGISTERED: "已登记，待本部门共享工作机构负责人审批。registered, waits for its department's head",
    APPROVED: "已批准，应用可运行。approved: its app may run it",
    REFUSED: "未批准。not approved",
    RETIRED: "已停用。retired",
  },
);

export const OperationActWord = enumType("AppOperationAct", "办理的步骤。A step that is taken.", {
  REGISTER: "登记。registered by its department",
  APPROVE: "批准。approved by the head",
  REFUSE: "不批准，说明理由。not approved, with the reason",
  RETIRE: "停用，说明理由。retired, with the reason",
});
