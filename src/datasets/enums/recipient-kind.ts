/** RecipientKind: groups that a service is for, so that no recipient is named. */
import { defineEnum } from "../../declare";

export const RecipientKind = defineEnum(
  "RecipientKind",
  { zh: "服务对象类别", en: "Whom a service is for; never a name", article: "第三十八条" },
  {
    RESIDENTS: "一般居民",
    ELDERLY: "老年人",
    MINORS: "未成年人",
    DISABLED: "残疾人",
    HARDSHIP: "困难家庭",
    FLOATING: "流动人口",
    PUBLIC_SPACE: "公共环境和秩序",
  },
);
