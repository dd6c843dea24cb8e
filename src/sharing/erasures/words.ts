/** Enums of erasures with the words that people read beside their values. */
import { enumType } from "../../read";

export const ErasureStateWord = enumType("ErasureState", "删除或者冻结的状态。Where an erasure stands.", {
  ERASED: "已删除；同一人不得再登记。erased; its person is not to be recorded again",
  FROZEN: "已冻结，只存储、不作他用（个人信息保护法 第四十七条）。frozen, to no use but storage",
  RELEASED: "已解除冻结，恢复使用。released, in use again",
  LIFTED: "已删除，同一人可以重新登记。erased; its person may be recorded again",
});

const DECIDED = {
  ERASE: "删除已冻结的内容，不可恢复。erases what was frozen, for good",
  RELEASE: "解除冻结，恢复使用，须说明理由。puts what was frozen back into use; needs a reason",
  LIFT: "有新的同意或者法定依据，准予重新登记，须说明理由。lets the person be recorded again; needs a reason",
};

export const ErasureActWord = enumType("ErasureAct", "此后可办的步骤。A step that can be taken.", DECIDED);

export const ErasureStepActWord = enumType("ErasureStepAct", "已办步骤。A step that was taken.", {
  ...DECIDED,
  ERASE: "删除。erased",
  FREEZE: "冻结。frozen",
});

export const ErasureCauseWord = enumType("ErasureCause", "起因。What led to it.", {
  RIGHTS_CASE: "个人申请（第四十七条）。a case of the rights desk",
  RETENTION: "保存期限届满（第十九条）。a retention rule",
});
