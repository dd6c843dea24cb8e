/** Enums of the rights desk with the words that people read beside their values. */
import { enumType } from "../../read";

export const RightsCaseKind = enumType(
  "RightsCaseKind",
  "个人所行使的权利（个人信息保护法 第四十四条至第五十条；B-39）。The right that a person exercises.",
  {
    ACCESS: "查阅。to see what is held",
    COPY: "复制。to get a copy of it",
    CORRECT: "更正、补充。to have it corrected",
    ERASE: "删除（第四十七条；B-40）。to have what is held erased",
    WITHDRAW_CONSENT: "撤回同意，受理即生效（B-35）。to withdraw consent; in force as soon as it is opened",
  },
);

export const RightsAsker = enumType("RightsAsker", "提出人。Who stands at the desk.", {
  PERSON: "本人。the person",
  GUARDIAN: "监护人（B-38）。the guardian",
  HEIR: "继承人（B-39）。an heir",
});

export const RightsCaseState = enumType("RightsCaseState", "事项的状态。Where a case stands.", {
  OPEN: "已受理，待决定。opened, to be decided",
  FULFILLED: "已办结。fulfilled",
  FROZEN:
    "已冻结：依法不能删除，只存储、不作他用（第四十七条）。frozen: the law demands keeping, to no use but storage",
  REFUSED: "已拒绝，已说明理由（B-39）。refused, with the reason",
  TAKEN_BACK: "提出人收回。taken back by who asked",
});

const ACTS = {
  FULFIL: "同意办理。fulfil it",
  FREEZE: "冻结，须说明依据（仅限删除）。freeze instead of erasing; needs the basis as its reason",
  REFUSE: "拒绝，须说明理由（B-39）。refuse it; needs a reason",
  TAKE_BACK: "提出人收回。the person takes it back",
};

export const RightsCaseActWord = enumType("RightsCaseAct", "办理步骤。A step of a case.", ACTS);

export const RightsCaseTransitionActWord = enumType(
  "RightsCaseTransitionAct",
  "已办步骤。A step that was taken.",
  {
    OPEN: "受理。opened",
    ...ACTS,
  },
);
