// What changed: entries of the catalogue that were published last, and grants that end soon.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { Part } from "../../parts/page";
import { day } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { shortTitle, useTitles } from "../../titles";

interface Update {
  id: string;
  dataset: string;
  providerName: string;
  publishedAt: string;
  number: number;
  differences: { zh: string; en: string }[];
}

interface Ending {
  id: string;
  dataset: string;
  daysLeft: number | null;
  purpose: string;
}

interface Changes {
  catalogueUpdates: { nodes: Update[] };
  grants: { nodes: Ending[] };
}

const CHANGED = /* GraphQL */ `
  query Changed {
    catalogueUpdates(state: [PUBLISHED], first: 6) {
      nodes { id dataset providerName publishedAt number differences { zh en } }
    }
    grants(expiringWithin: 60, first: 6) { nodes { id dataset daysLeft purpose } }
  }
`;

function what(update: Update): string {
  const [first] = update.differences;
  if (first === undefined) return say(`第 ${update.number} 版`, `version ${update.number}`);
  const more = update.differences.length - 1;
  return say(first.zh, first.en) + (more > 0 ? say(`，另有 ${more} 处`, ` and ${more} more`) : "");
}

function List({ data }: { data: Changes }) {
  const titles = useTitles();
  const nameOf = (dataset: string) => shortTitle(titles, dataset);
  if (data.catalogueUpdates.nodes.length === 0 && data.grants.nodes.length === 0)
    return <Empty>{say("近来没有变化。", "Nothing changed of late.")}</Empty>;
  return (
    <ul className="hub-news">
      {data.grants.nodes.map((grant) => (
        <li key={grant.id}>
          <a href={to(["catalogue", grant.dataset])}>{nameOf(grant.dataset)}</a>
          <span className="hub-quiet">
            {say(`授权还有 ${grant.daysLeft} 天到期`, `grant ends in ${grant.daysLeft} days`)}
          </span>
        </li>
      ))}
      {data.catalogueUpdates.nodes.map((update) => (
        <li key={update.id}>
          <a href={to(["catalogue", update.dataset])}>{nameOf(update.dataset)}</a>
          <span className="hub-quiet">
            {day(update.publishedAt)} · {update.providerName} · {what(update)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Changed() {
  const asked = useAsk<Changes>(CHANGED);
  return (
    <Part
      id="changed"
      title={say("最近变化", "What changed")}
      sub={say("新发布的目录、将到期的授权", "Entries published last, grants that end soon")}
    >
      <Shown asked={asked}>{(data) => <List data={data} />}</Shown>
    </Part>
  );
}
