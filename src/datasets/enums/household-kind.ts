/** The kinds of household counts: three bureaus count three different things, so a number always names its kind. */
import { defineEnum } from "../../declare";

export const HouseholdKind = defineEnum(
  "HouseholdKind",
  { zh: "户数口径", en: "What was counted as a household", article: "第十七条" },
  {
    REGISTERED: "户籍户（公安）",
    FAMILY: "家庭户（统计）",
    PLANNED: "规划户数（住建）",
    COMMITTEE: "居（村）民委员会入户登记",
  },
);
