/** OrganizationTier: registered organizations are public, filed and guided ones are not. */
import { defineEnum } from "../../declare";

export const OrganizationTier = defineEnum(
  "OrganizationTier",
  {
    zh: "社区社会组织管理层级",
    en: "Tier at which an organization is registered, filed or guided",
    article: "第三十九条",
  },
  {
    REGISTERED: "民政部门登记",
    STREET_MANAGED: "街道（乡镇）备案管理",
    COMMITTEE_GUIDED: "居（村）民委员会指导",
  },
);
