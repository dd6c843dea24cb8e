/** FiscalLevel: whose budget a sum belongs to. */
import { defineEnum } from "../../declare";

export const FiscalLevel = defineEnum(
  "FiscalLevel",
  { zh: "财政级次", en: "Level of government whose budget pays", article: "第四十一条" },
  {
    CITY: "市级",
    COUNTY: "县（市、区）级",
  },
);
