/** The ways of Art. 34 in which a service may be supplied by others than the government itself. */
import { defineEnum } from "../../declare";

export const SupplyMode = defineEnum(
  "SupplyMode",
  { zh: "服务供给方式", en: "Way in which a service is supplied", article: "第三十四条" },
  {
    PUBLIC_BUILT_PRIVATE_RUN: "公建民营",
    PRIVATE_RUN_PUBLIC_AIDED: "民办公助",
    GOVERNMENT_PURCHASE: "政府购买服务",
    PPP: "政府和社会资本合作",
    RESIDENT_VOLUNTEERING: "居民志愿服务",
    DONATION: "社会捐赠捐助",
  },
);
