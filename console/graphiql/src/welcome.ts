// What the first tab holds before anyone has typed.
import { say } from "../../session/language";

const QUERY = `
query Me {
  me {
    department { code name }
    duties
    purpose
    stewardOf
  }
}
`;

const ZH = `# 先在上方选择以哪个部门提问。
# 左侧“示例问题”里有现成的问题。
# Ctrl-Enter 运行，Ctrl-空格 提示字段。
${QUERY}`;

const EN = `# Choose above which department asks.
# "Examples" on the left has ready questions.
# Ctrl-Enter runs, Ctrl-Space suggests fields.
${QUERY}`;

export const WELCOME = say(ZH, EN);
