/** Enums of retention with the words that people read beside their values. */
import { enumType } from "../../read";

export const RetentionActWord = enumType(
  "RetentionAct",
  "保存期限届满后的处理（个人信息保护法 第十九条、第四十七条；B-40）。What happens to a row that is due.",
  {
    DELETE: "删除，历史版本一并删除。deleted with all its former versions",
    FREEZE: "冻结：只存储，不作其他处理。frozen: stored, and no other use",
  },
);

export const RetentionOrigin = enumType("RetentionOrigin", "由谁启动。What started a run.", {
  TIMER: "平台每日定时。the hub, once a day",
  COMMAND: "运维命令。a command of the operators",
});

export const RetentionHeldBy = enumType(
  "RetentionHeldBy",
  "到期而未处理的原因。Why a row that is due stays.",
  {
    CORRECTION: "有未结的校核。a correction is open",
    RIGHTS_CASE: "本人有未结的权利事项。a case of the person is open",
    HOLD: "因诉讼、检查等保留。a lawsuit or an inquiry holds it",
    RECORDS: "访问记录尚不能删除。months of access records cannot go yet",
  },
);
