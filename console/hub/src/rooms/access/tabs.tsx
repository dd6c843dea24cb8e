// The parts of this room, each with an address of its own, and marks of states.
import { say } from "../../../../session/language";
import { to } from "../../router";
import { toneOf } from "./words";

const TABS = [
  { path: "requests", zh: "共享申请", en: "Requests" },
  { path: "grants", zh: "共享授权", en: "Grants" },
  { path: "apps", zh: "应用", en: "Apps" },
  { path: "matrix", zh: "权限矩阵", en: "Matrix" },
] as const;

export type Tab = (typeof TABS)[number]["path"];

export function Tabs({ open }: { open: Tab }) {
  return (
    <nav className="hub-tabs" aria-label={say("共享", "Access")}>
      {TABS.map(({ path, zh, en }) => (
        <a key={path} href={to(["access", path])} {...(path === open ? { "aria-current": "page" } : {})}>
          {say(zh, en)}
        </a>
      ))}
    </nav>
  );
}

export function StateMark({ state, word }: { state: string; word: string }) {
  return (
    <span className="hub-mark" data-tone={toneOf(state)}>
      {word}
    </span>
  );
}
