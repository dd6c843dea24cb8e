/** Where a facility or a community stands in the terms of Art. 17: what decides which floor-area rule holds. */
import { defineEnum } from "../../declare";

export const AreaContext = defineEnum(
  "AreaContext",
  { zh: "区域类型", en: "Kind of area that decides which facility standard holds", article: "第十七条" },
  {
    NEW_RESIDENTIAL: "新建住宅小区",
    OLD_CITY_RENEWAL: "旧城连片改造居民区",
    OLD_TOWN: "老城区",
    BUILT_UP: "已建成居住区",
    RURAL: "农村社区",
  },
);
