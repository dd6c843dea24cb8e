/** LawfulBasis: why personal data may be processed, stored with each collection. */
import { defineEnum } from "../../declare";

export const LawfulBasis = defineEnum(
  "LawfulBasis",
  {
    zh: "个人信息处理依据",
    en: "Lawful basis of processing personal data",
    article: "个人信息保护法 第十三条；B-34",
  },
  {
    CONSENT: "取得个人同意（第一项）",
    HUMAN_RESOURCES: "订立合同或者人力资源管理所必需（第二项）",
    STATUTORY_DUTY: "履行法定职责所必需（第三项）",
    EMERGENCY: "应对突发事件所必需（第四项）",
  },
);
