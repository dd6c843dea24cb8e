/** Sex as the identity number tells it. */
import { defineEnum } from "../../declare";

export const Sex = defineEnum(
  "Sex",
  { zh: "性别", en: "Sex", article: "GB 11643-1999" },
  { FEMALE: "女", MALE: "男" },
);
