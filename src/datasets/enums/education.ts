/** Education: the highest degree that a person holds or a post asks for. */
import { defineEnum } from "../../declare";

export const Education = defineEnum(
  "Education",
  { zh: "学历", en: "Highest education" },
  {
    JUNIOR_SECONDARY: "初中及以下",
    SENIOR_SECONDARY: "高中（中专）",
    JUNIOR_COLLEGE: "大学专科",
    BACHELOR: "大学本科",
    POSTGRADUATE: "研究生",
  },
);
