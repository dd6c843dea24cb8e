// The list of requests: where each stands, whose it is, how long there is, and which wait for me.
import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { Overdue } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { day, daysUntil, lastDay } from "../../parts/time";
import { note, to } from "../../router";
import { Empty, Shown } from "../../states";
import { levelWord } from "../../words";
import { type Names, useNames } from "./names";
import { StateMark, Tabs } from "./tabs";
import { requestActWord, requestStateWord } from "./words";

const REQUESTS = /* GraphQL */ `
  query Requests($first: Int, $waiting: Boolean, $overdue: Boolean) {
    accessRequests(first: $first, waitingForMe: $waiting, overdue: $overdue) {
      totalCount
      nodes {
        id requesterName providerName state filedAt due overdue acts purpose
        deadline { paused }
        items { dataset fields level territoryName }
      }
    }
  }
`;

interface Listed {
  id: string;
  requesterName: string;
  providerName: string;
  state: string;
  filedAt: string;
  due: string | null;
  overdue: boolean;
  acts: string[];
  purpose: string;
  deadline: { paused: boolean } | null;
  items: { dataset: string; fields: string[]; level: string; territoryName: string }[];
}

export interface Deadlined {
  due: string | null;
  overdue: boolean;
  deadline: { paused: boolean } | null;
}

/** The last day, and how long there is; nothing where no clock runs. */
export function Clock({ due, overdue, deadline }: Deadlined) {
  if (deadline?.paused) return <span className="hub-quiet">{say("期限中止", "the clock stands still")}</span>;
  if (due === null) return null;
  return (
    <span>
      {overdue && <Overdue />}{" "}
      <span className="hub-quiet">
        {say(`${lastDay(due)} 前答复，${daysUntil(due)}`, `last day ${lastDay(due)}, ${daysUntil(due)}`)}
      </span>
    </span>
  );
}

function Line({ one, names }: { one: Listed; names: Names }) {
  return (
    <li data-request={one.id}>
      <div>
        <a href={to(["access", "requests", one.id])}>
          {say(
            `${one.requesterName} 向 ${one.providerName}`,
            `${one.requesterName} asks ${one.providerName}`,
          )}
        </a>
        {one.items.map((item) => (
          <p key={`${item.dataset}${item.level}${item.territoryName}${item.fields}`}>
            {names.dataset(item.dataset)}：{names.fields(item.dataset, item.fields)} · {levelWord(item.level)}{" "}
            · {item.territoryName}
          </p>
        ))}
        <p className="hub-quiet">
          {names.purpose(one.purpose)} · {say("提出于 ", "filed ")}
          {day(one.filedAt)}
        </p>
      </div>
      <div className="hub-case-end">
        <StateMark state={one.state} word={requestStateWord(one.state)} />
        <Clock {...one} />
        {one.acts.length > 0 && (
          <span className="hub-quiet">
            {say("可办：", "open to you: ")}
            {one.acts.map(requestActWord).join(say("、", ", "))}
          </span>
        )}
      </div>
    </li>
  );
}

const CHOICES = [
  { value: "", zh: "全部", en: "All" },
  { value: "waiting", zh: "待我办理", en: "Waits for me" },
  { value: "overdue", zh: "逾期", en: "Overdue" },
] as const;

const EMPTY: Readonly<Record<string, readonly [string, string]>> = {
  "": [
    "还没有共享申请。可以从目录或者一个查询提出。",
    "There is no request yet. File one from a question or from the catalogue.",
  ],
  waiting: ["没有待本人办理的申请。", "No request waits for you."],
  overdue: ["没有逾期的申请。", "No request is overdue."],
};

export function RequestList({ query }: { query: URLSearchParams }) {
  const [first, setFirst] = useState(20);
  const names = useNames();
  const shown = query.get("show") ?? "";
  const variables = {
    first,
    waiting: shown === "waiting" ? true : null,
    overdue: shown === "overdue" ? true : null,
  };
  const asked = useAsk<{ accessRequests: { totalCount: number; nodes: Listed[] } }>(REQUESTS, variables);
  return (
    <Page
      title={say("共享申请", "Requests for access")}
      sub={say(
        "政务数据共享条例第二十至二十二条、第二十八条：谁提出、谁答复、到哪一天。",
        "Who asks, who answers, and until when.",
      )}
      actions={
        <>
          <Button type="primary" icon={<PlusOutlined aria-hidden />} href={to(["access", "new"])}>
            {say("提出申请", "New request")}
          </Button>
          <GraphqlLink question={REQUESTS} variables={variables} />
        </>
      }
    >
      <Tabs open="requests" />
      <Part id="requests" title={say("申请", "Requests")}>
        <Segmented
          aria-label={say("筛选", "Show")}
          value={shown}
          onChange={(show) => note({ show })}
          options={CHOICES.map(({ value, zh, en }) => ({ value, label: say(zh, en) }))}
        />
        <Shown asked={asked}>
          {({ accessRequests: { totalCount, nodes } }) =>
            nodes.length === 0 ? (
              <Empty>{say(...(EMPTY[shown] ?? EMPTY[""] ?? ["", ""]))}</Empty>
            ) : (
              <>
                <p className="hub-quiet" role="status">
                  {say(`共 ${totalCount} 件`, `${totalCount} found`)}
                </p>
                <ul className="hub-cases">
                  {nodes.map((one) => (
                    <Line key={one.id} one={one} names={names} />
                  ))}
                </ul>
                {totalCount > nodes.length && (
                  <Button onClick={() => setFirst(Math.min(first + 40, 1000))}>{say("更多", "More")}</Button>
                )}
              </>
            )
          }
        </Shown>
      </Part>
    </Page>
  );
}
