/** What may happen to a division or a community in time. */
import { defineEnum } from "../../declare";

export const ChangeKind = defineEnum(
  "ChangeKind",
  { zh: "变更类型", en: "Kind of change of a division", article: "第十二条" },
  { ESTABLISH: "设立", ADJUST: "调整", DISSOLVE: "撤销", MERGE: "合并", RENAME: "更名" },
);
