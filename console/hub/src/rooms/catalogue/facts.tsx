// The facts of a dataset: steward, article, how often it is updated, and when its newest row was changed.
import type { ReactNode } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { day, moment, number } from "../../parts/time";
import { to } from "../../router";
import { frequencyWord, wayWord } from "../../words";
import type { Entry } from "./entry";

interface Newest {
  rows: { totalCount: number; nodes: { changedAt: string | null }[] };
}

/** A report's rows have no change of their own, and a linked source tells none. */
function newestOf(entry: Entry): string | null {
  if (entry.from !== null || entry.linked !== null) return null;
  return `query Newest { rows: ${entry.plural}(first: 1, orderBy: [{ field: CHANGED_AT, direction: DESC }]) { totalCount nodes { changedAt } } }`;
}

function Freshness({ entry }: { entry: Entry }) {
  const asked = useAsk<Newest>(newestOf(entry));
  const { answer, asking } = asked;
  if (asking) return say("正在读取…", "Loading…");
  const rows = answer?.data.rows;
  if (!rows || rows.nodes.length === 0) return say("本部门没有可见的记录", "No row is visible to you");
  const count = number(rows.totalCount);
  return say(
    `${moment(rows.nodes[0]?.changedAt)}（可见 ${count} 行）`,
    `${moment(rows.nodes[0]?.changedAt)} (${count} rows visible)`,
  );
}

export function Facts({ entry }: { entry: Entry }) {
  const { version } = entry;
  const facts: [string, string, ReactNode][] = [
    ["提供单位", "Steward", entry.provider.zh],
    ["依据条文", "Article", entry.article ?? "—"],
    ["主题", "Theme", entry.grading.theme],
    ["更新频率", "Updated", version ? frequencyWord(version.content.frequency) : (entry.update ?? "—")],
    ["共享方式", "Ways", (version?.content.ways ?? entry.ways).map(wayWord).join(say("、", ", "))],
    ["业务主键", "Business key", entry.businessKey.join(", ")],
    ["处理个人信息的依据", "Lawful basis", entry.lawfulBasis],
    [
      "责任人",
      "Responsible",
      version &&
        `${version.content.responsible.name}，${version.content.responsible.post}，${version.content.responsible.contact}`,
    ],
    ["链接源", "Linked source", entry.linked],
    ["来自", "Rows of", entry.from && <a href={to(["catalogue", entry.from])}>{entry.from}</a>],
    [
      "已发布",
      "Published",
      version
        ? say(
            `第 ${version.number} 版，${day(version.publishedAt)}`,
            `version ${version.number}, ${day(version.publishedAt)}`,
          )
        : entry.from === null && say("尚未发布", "not yet"),
    ],
    ["最近变更", "Newest change", newestOf(entry) && <Freshness entry={entry} />],
  ];
  return (
    <dl className="hub-facts" data-part="facts">
      {facts
        .filter(([, , value]) => value)
        .map(([zh, en, value]) => (
          <div key={en}>
            <dt>{say(zh, en)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
