// Conditions of use, links to other datasets, and the versions of the entry.
import { say } from "../../../../session/language";
import { ClassMark } from "../../parts/marks";
import { Part } from "../../parts/page";
import { day } from "../../parts/time";
import { to } from "../../router";
import { Empty } from "../../states";
import type { Entry } from "./entry";

export function Conditions({ entry }: { entry: Entry }) {
  if (entry.from !== null) return null;
  return (
    <Part
      id="conditions"
      title={say("使用条件", "Conditions of use")}
      sub={say("申请只按这里写明的条件评判（第十五条）。", "A request is judged by these alone (Art. 15).")}
    >
      <ul className="hub-plain">
        {entry.conditions.map((condition) => (
          <li key={condition.class}>
            <ClassMark code={condition.class} /> {say(condition.zh, condition.en)}
            {condition.criteria.length > 0 && (
              <ul>
                {condition.criteria.map((criterion) => (
                  <li key={criterion.code}>{say(criterion.zh, criterion.en)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Links({ entry }: { entry: Entry }) {
  if (entry.links.length === 0) return null;
  return (
    <Part id="links" title={say("关联", "Links")}>
      <ul className="hub-chips">
        {entry.links.map((link) => (
          <li key={link.name}>
            <a href={to(["catalogue", link.target])}>{say(link.zh, link.en)}</a>{" "}
            <span className="hub-quiet">{link.many ? say("多条", "many") : say("一条", "one")}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Versions({ entry }: { entry: Entry }) {
  if (entry.from !== null) return null;
  return (
    <Part id="versions" title={say("目录版本", "Versions of the entry")}>
      {entry.unpublished.length > 0 && (
        <div className="hub-note">
          <strong>{say("尚未发布的变更", "Changed, not yet published")}</strong>
          <ul>
            {entry.unpublished.map(({ zh, en }) => (
              <li key={zh}>{say(zh, en)}</li>
            ))}
          </ul>
        </div>
      )}
      {entry.versions.length === 0 ? (
        <Empty>{say("尚未发布过。", "Nothing has been published yet.")}</Empty>
      ) : (
        <ol className="hub-news" reversed>
          {entry.versions.map((version) => (
            <li key={version.number}>
              {say(`第 ${version.number} 版`, `Version ${version.number}`)}
              <span className="hub-quiet">
                {day(version.publishedAt)} ·{" "}
                {version.differences.map(({ zh, en }) => say(zh, en)).join(say("；", "; ")) ||
                  say("首次发布", "first")}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}
