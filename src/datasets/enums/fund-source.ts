/** FundSource: the sources of money that Art. 41 to 45 name. */
import { defineEnum } from "../../declare";

export const FundSource = defineEnum(
  "FundSource",
  { zh: "资金来源", en: "Where money for community governance comes from", article: "第四十四条" },
  {
    FISCAL: "财政预算",
    PURCHASE: "政府购买服务",
    DIRECT: "直接拨付",
    ENTRUSTED: "委托事项经费",
    DONATION: "慈善捐赠",
    FOUNDATION: "社区基金会",
    SOCIAL_CAPITAL: "社会资本",
    COLLECTIVE: "集体经济",
    SPECIAL: "专项资金",
  },
);
