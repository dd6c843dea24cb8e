// One grant: what it opens, its acts, and those that are open to me.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { lastDay, moment } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { dutyWord, levelWord } from "../../words";
import { Fact } from "./fact";
import { GrantActs } from "./grant-acts";
import { GRANT, type Grant } from "./grant-facts";
import { Term } from "./grants";
import { type Names, useDepartments, useNames } from "./names";
import { StateMark } from "./tabs";
import { grantActWord, grantStateWord, partyWord } from "./words";

function Facts({ one, names, named }: { one: Grant; names: Names; named(code: string): string }) {
  return (
    <dl className="hub-facts">
      <Fact name={say("状态", "State")}>
        <StateMark state={one.state} word={grantStateWord(one.state)} />
      </Fact>
      <Fact name={say("期限", "Term")}>
        <Term {...one} />
      </Fact>
      <Fact name={say("获授权部门", "Grantee")}>{named(one.department)}</Fact>
      <Fact name={say("提供单位", "Provider")}>{named(one.provider)}</Fact>
      <Fact name={say("数据集", "Dataset")}>
        <a href={to(["catalogue", one.dataset])}>{names.dataset(one.dataset)}</a>
      </Fact>
      <Fact name={say("数据项", "Fields")}>{names.fields(one.dataset, one.fields)}</Fact>
      <Fact name={say("级别", "Level")}>
        <LevelMark level={one.level} />
      </Fact>
      <Fact name={say("属地", "Territory")}>{one.territoryName}</Fact>
      <Fact name={say("使用目的", "Purpose")}>{names.purpose(one.purpose)}</Fact>
      <Fact name={say("依据", "Legal basis")}>{one.legalBasis}</Fact>
      <Fact name={say("最近使用", "Last used")}>
        {one.lastUsedAt ? moment(one.lastUsedAt) : say("没有使用过", "never used")}
      </Fact>
      {one.request && (
        <Fact name={say("所依申请", "It came from")}>
          <a href={to(["access", "requests", one.request])}>{say("共享申请", "a request")}</a>
        </Fact>
      )}
    </dl>
  );
}

function Act({
  act,
  one,
  names,
  named,
}: {
  act: Grant["acts"][number];
  one: Grant;
  names: Names;
  named(code: string): string;
}) {
  const { former, disposal, negotiation } = act;
  return (
    <li>
      <strong>{grantActWord(act.act)}</strong>
      <p className="hub-quiet">
        {moment(act.at)} · {partyWord(act.party)} {named(act.department)} · {dutyWord(act.duty)} · {act.actor}
        {act.authority && say(` · 向${named(act.authority)}备案`, ` · filed with ${named(act.authority)}`)}
      </p>
      {act.reason && <p className="hub-said">{act.reason}</p>}
      {negotiation && (
        <p>
          {say("协商：", "Negotiation: ")}
          {moment(negotiation.at)}，{negotiation.record}
        </p>
      )}
      {disposal && (
        <p>
          {say("处置：", "Disposal: ")}
          {[disposal.what, disposal.how, disposal.by, moment(disposal.at)].join(" · ")}
        </p>
      )}
      {act.act === "NARROW" && (
        <p className="hub-quiet">
          {say("此前：", "before: ")}
          {names.fields(one.dataset, former.fields)} · {levelWord(former.level)} · {former.territory} ·{" "}
          {lastDay(former.until)}
        </p>
      )}
    </li>
  );
}

function Told({ one, again }: { one: Grant; again(): void }) {
  const names = useNames();
  const sides = one.acts.flatMap(({ department, authority }) => [department, authority ?? department]);
  const named = useDepartments([one.department, one.provider, ...sides]);
  return (
    <div className="hub-told">
      <Facts one={one} names={names} named={named} />
      <GrantActs one={one} names={names} again={again} />
      <Part
        id="course"
        title={say("管理记录", "Its acts")}
        sub={say("只增不改。", "Only added to, never changed.")}
      >
        {one.acts.length === 0 ? (
          <Empty>{say("授权以来没有变化。", "Nothing has changed since it was granted.")}</Empty>
        ) : (
          <ol className="hub-course">
            {one.acts.map((act) => (
              <Act key={act.seq} act={act} one={one} names={names} named={named} />
            ))}
          </ol>
        )}
      </Part>
    </div>
  );
}

export function GrantPage({ id }: { id: string }) {
  const asked = useAsk<{ grant: Grant | null }>(GRANT, { id });
  return (
    <Page
      title={say("共享授权", "Grant")}
      sub={<code>{id}</code>}
      back={{ href: to(["access", "grants"]), text: say("全部授权", "All grants") }}
      actions={<GraphqlLink question={GRANT} variables={{ id }} />}
    >
      <Shown asked={asked}>
        {({ grant }) =>
          grant ? (
            <Told one={grant} again={asked.again} />
          ) : (
            <Empty>
              {say(
                "没有这项授权，或者它与本部门无关。",
                "There is no such grant, or your department has no part in it.",
              )}
            </Empty>
          )
        }
      </Shown>
    </Page>
  );
}
