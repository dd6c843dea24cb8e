/** PayeeKind: who receives public money; a natural person's name is closed. */
import { defineEnum } from "../../declare";

export const PayeeKind = defineEnum(
  "PayeeKind",
  { zh: "收款方类别", en: "Kind of payee", article: "第四十三条" },
  {
    COMMITTEE: "居（村）民委员会",
    STREET: "街道办事处、乡（镇）人民政府",
    DEPARTMENT: "政府部门",
    SOCIAL_ORGANIZATION: "社会组织",
    PUBLIC_INSTITUTION: "事业单位",
    ENTERPRISE: "企业",
    PERSON: "个人",
  },
);
