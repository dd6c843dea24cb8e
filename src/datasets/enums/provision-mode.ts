/** How a community comes by a facility: the ways of Art. 16 and, for old areas, those of Art. 17 paragraph 3. */
import { defineEnum } from "../../declare";

export const ProvisionMode = defineEnum(
  "ProvisionMode",
  { zh: "设施提供方式", en: "Way in which a facility was provided", article: "第十六条、第十七条" },
  {
    NEW_BUILD: "新建",
    RECONSTRUCTION: "改建",
    EXPANSION: "扩建",
    PURCHASE: "购买",
    LEASE: "租赁",
    PROJECT_ANCILLARY: "项目配套",
    INTEGRATED_SHARING: "整合共享",
    SWAP: "置换",
    BORROWING: "借用",
  },
);
