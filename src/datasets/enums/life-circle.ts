/** The seven kinds of facilities of daily life that Art. 13 asks for within reach. */
import { defineEnum } from "../../declare";

export const LifeCircleKind = defineEnum(
  "LifeCircleKind",
  { zh: "生活服务圈设施", en: "Kinds of the life-circle of daily services", article: "第十三条" },
  {
    ELDERLY_CARE: "养老",
    CHILDCARE: "托幼",
    MEALS: "配餐",
    MEDICAL: "医疗",
    SHOPPING: "购物",
    CULTURE_SPORT: "文体",
    POLICING: "警务",
  },
);
