// The list of grants: who holds what of whom, until when, whether it is used, and which wait for me.
import { Button, Segmented } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { day, lastDay } from "../../parts/time";
import { note, to } from "../../router";
import { Empty, Shown } from "../../states";
import { type Names, useDepartments, useNames } from "./names";
import { StateMark, Tabs } from "./tabs";
import { grantActWord, grantStateWord } from "./words";

const GRANTS = /* GraphQL */ `
  query Grants($first: Int, $waiting: Boolean, $expiring: Int, $unused: Int, $state: [GrantState!]) {
    grants(first: $first, waitingForMe: $waiting, expiringWithin: $expiring, unusedFor: $unused, state: $state) {
      totalCount
      nodes {
        id dataset fields level territoryName department provider purpose state until daysLeft lastUsedAt openActs
      }
    }
  }
`;

interface Listed {
  id: string;
  dataset: string;
  fields: string[];
  level: string;
  territoryName: string;
  department: string;
  provider: string;
  purpose: string;
  state: string;
  until: string | null;
  daysLeft: number | null;
  lastUsedAt: string | null;
  openActs: string[];
}

const ENDED = ["EXPIRED", "REVOKED", "RELINQUISHED", "RECODED", "DISPOSED"];

const CHOICES = [
  { value: "", zh: "未结束的", en: "Standing", ask: {} },
  { value: "waiting", zh: "待我办理", en: "Waits for me", ask: { waiting: true } },
  { value: "expiring", zh: "30 天内到期", en: "Ends in 30 days", ask: { expiring: 30 } },
  { value: "unused", zh: "90 天未用", en: "Unused for 90 days", ask: { unused: 90 } },
  { value: "ended", zh: "已结束", en: "Ended", ask: { state: ENDED } },
] as const;

export function Term({ until, daysLeft }: { until: string | null; daysLeft: number | null }) {
  if (until === null) return <>{say("无期限", "without an end")}</>;
  return (
    <>
      {say("至 ", "until ")}
      {lastDay(until)}
      {daysLeft !== null && say(`，剩 ${daysLeft} 天`, `, ${daysLeft} days left`)}
    </>
  );
}

function Line({ one, names, named }: { one: Listed; names: Names; named(code: string): string }) {
  return (
    <li data-grant={one.id}>
      <div>
        <a href={to(["access", "grants", one.id])}>
          {named(one.department)} ← {names.dataset(one.dataset)}
        </a>
        <p>{names.fields(one.dataset, one.fields)}</p>
        <p>
          <LevelMark level={one.level} /> · {one.territoryName} · {names.purpose(one.purpose)}
        </p>
        <p className="hub-quiet">
          {say("提供单位：", "provider: ")}
          {named(one.provider)}
        </p>
      </div>
      <div className="hub-case-end">
        <StateMark state={one.state} word={grantStateWord(one.state)} />
        <span className="hub-quiet">
          <Term {...one} />
        </span>
        <span className="hub-quiet">
          {one.lastUsedAt
            ? say(`最近使用 ${day(one.lastUsedAt)}`, `last used ${day(one.lastUsedAt)}`)
            : say("没有使用过", "never used")}
        </span>
        {one.openActs.length > 0 && (
          <span className="hub-quiet">
            {say("可办：", "open to you: ")}
            {one.openActs.map(grantActWord).join(say("、", ", "))}
          </span>
        )}
      </div>
    </li>
  );
}

function Lines({ nodes, names }: { nodes: readonly Listed[]; names: Names }) {
  const named = useDepartments(nodes.flatMap(({ department, provider }) => [department, provider]));
  return (
    <ul className="hub-cases">
      {nodes.map((one) => (
        <Line key={one.id} one={one} names={names} named={named} />
      ))}
    </ul>
  );
}

export function GrantList({ query }: { query: URLSearchParams }) {
  const [first, setFirst] = useState(20);
  const names = useNames();
  const shown = query.get("show") ?? "";
  const variables = { first, ...CHOICES.find(({ value }) => value === shown)?.ask };
  const asked = useAsk<{ grants: { totalCount: number; nodes: Listed[] } }>(GRANTS, variables);
  return (
    <Page
      title={say("共享授权", "Grants")}
      sub={say(
        "政务数据共享条例第二十五条、第二十七条、第二十九条：谁凭什么看什么，到哪一天。",
        "Who holds what, on which ground, until when.",
      )}
      actions={<GraphqlLink question={GRANTS} variables={variables} />}
    >
      <Tabs open="grants" />
      <Part id="grants" title={say("授权", "Grants")}>
        <div className="hub-scroll">
          <Segmented
            aria-label={say("筛选", "Show")}
            value={shown}
            onChange={(show: string) => note({ show })}
            options={CHOICES.map(({ value, zh, en }) => ({ value, label: say(zh, en) }))}
          />
        </div>
        <Shown asked={asked}>
          {({ grants: { totalCount, nodes } }) =>
            nodes.length === 0 ? (
              <Empty>
                {say(
                  "没有这样的授权。授权由共享申请产生。",
                  "There is no such grant. Grants come from requests for access.",
                )}
              </Empty>
            ) : (
              <>
                <p className="hub-quiet" role="status">
                  {say(`共 ${totalCount} 项`, `${totalCount} found`)}
                </p>
                <Lines nodes={nodes} names={names} />
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
