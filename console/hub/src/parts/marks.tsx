// Small marks with a colour and a word: level, sharing class, class of personal data, withheld, suppressed.
import { say } from "../../../session/language";
import { classWord, levelWord, personalWord } from "../words";

function Mark({ tone, children, title }: { tone: string; children: string; title?: string }) {
  return (
    <span className="hub-mark" data-tone={tone} title={title}>
      {children}
    </span>
  );
}

export function LevelMark({ level }: { level: string }) {
  return <Mark tone={`level-${level}`}>{levelWord(level)}</Mark>;
}

/** A report's fields have no class of their own. */
export function ClassMark({ code }: { code: string | null }) {
  if (code === null) return <Mark tone="plain">{say("由输入推出", "from its inputs")}</Mark>;
  return <Mark tone={`class-${code}`}>{classWord(code)}</Mark>;
}

/** Nothing where the field says nothing about a person. */
export function PersonalMark({ code }: { code: string }) {
  return code === "NONE" ? null : <Mark tone={`personal-${code}`}>{personalWord(code)}</Mark>;
}

export function Overdue() {
  return <Mark tone="bad">{say("逾期", "overdue")}</Mark>;
}

/** In the place of a value that is there, but not for this reader. */
export function Withheld() {
  return (
    <Mark
      tone="withheld"
      title={say("有此数据，本部门未获授权", "There is a value; it is not shared with you")}
    >
      {say("未授权", "withheld")}
    </Mark>
  );
}

/** In the place of a figure over so few rows that it would tell of single ones. Never 0. */
export function Suppressed() {
  return (
    <Mark
      tone="withheld"
      title={say("涉及的记录太少，不予显示；不是 0", "Too few rows stand behind it to be shown; it is not 0")}
    >
      {say("隐去", "suppressed")}
    </Mark>
  );
}
