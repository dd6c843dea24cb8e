// The words of the access log in both languages.
import { say } from "../../../../session/language";

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  QUESTION: ["查询", "question"],
  EXPORT: ["导出文件", "file"],
  REPORT: ["报表", "report"],
  WRITE: ["登记、修改", "write"],
  IMPORT: ["导入", "import"],
  ACT: ["共享办理", "act of sharing"],
  COMMAND: ["运维命令", "operator's command"],
};

export const KIND_CODES = Object.keys(KINDS);

export function kindOfAccess(code: string | null): string {
  const known = code === null ? undefined : KINDS[code];
  return known ? say(known[0], known[1]) : (code ?? say("未读先拒", "refused unread"));
}

export const outcomeWord = (code: string) =>
  code === "ANSWERED" ? say("已应答", "answered") : say("已拒绝", "refused");
