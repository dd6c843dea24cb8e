/** ConsentState: whether a person, or a guardian, consents to sharing. */
import { defineEnum } from "../../declare";

export const ConsentState = defineEnum(
  "ConsentState",
  {
    zh: "同意状态",
    en: "State of a person's consent; it is withdrawn as easily as given",
    article: "个人信息保护法 第十四条至第十六条；B-35",
  },
  {
    GRANTED: "已同意",
    WITHDRAWN: "已撤回",
    NONE: "未征得",
  },
);
