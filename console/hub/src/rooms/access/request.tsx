// One request: what is asked for and why, its clock, what granting it would open, the steps open to me, and its course.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { ClassMark, LevelMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { day, lastDay, moment } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { dutyWord, wayWord } from "../../words";
import { Fact } from "./fact";
import { type Names, useDepartments, useNames } from "./names";
import { RequestActs } from "./request-acts";
import { REQUEST, type Request } from "./request-facts";
import { Clock } from "./requests";
import { Simulation } from "./simulation";
import { StateMark } from "./tabs";
import { partyWord, requestActWord, requestStateWord } from "./words";

function Facts({ one, names }: { one: Request; names: Names }) {
  return (
    <dl className="hub-facts">
      <Fact name={say("状态", "State")}>
        <StateMark state={one.state} word={requestStateWord(one.state)} /> <Clock {...one} />
      </Fact>
      <Fact name={say("期限", "Term")}>
        {one.deadline
          ? say(
              `${one.deadline.workingDays} 个工作日（${one.deadline.article}）`,
              `${one.deadline.workingDays} working days (${one.deadline.article})`,
            )
          : "—"}
        {one.deadline?.calendarKnown === false && (
          <p className="hub-quiet">
            {say("放假通知尚未录入，只按周末推算", "no notice of holidays yet: weekends alone are off")}
          </p>
        )}
      </Fact>
      <Fact name={say("共享属性", "Class")}>
        <ClassMark code={one.class} />
      </Fact>
      <Fact name={say("使用目的", "Purpose")}>{names.purpose(one.purpose)}</Fact>
      <Fact name={say("使用依据", "Legal basis")}>{one.legalBasis}</Fact>
      <Fact name={say("使用场景", "Scenario")}>{one.scenario}</Fact>
      <Fact name={say("使用范围", "Scope of use")}>{one.scope}</Fact>
      <Fact name={say("共享方式", "Way")}>{wayWord(one.way)}</Fact>
      <Fact name={say("使用至", "Until")}>{lastDay(one.until)}</Fact>
      {one.lapsesAt && (
        <Fact name={say("无人办理则终止于", "Lapses, if nobody acts")}>{moment(one.lapsesAt)}</Fact>
      )}
      {one.partOf && (
        <Fact name={say("出自", "Part of")}>
          <a href={to(["access", "requests", one.partOf])}>{say("原申请", "the first request")}</a>
        </Fact>
      )}
      {one.rest && (
        <Fact name={say("其余部分", "The rest")}>
          <a href={to(["access", "requests", one.rest])}>{say("另成一份的申请", "a request of its own")}</a>
        </Fact>
      )}
    </dl>
  );
}

function Items({ items, names }: { items: readonly Omit<Item, "territory">[]; names: Names }) {
  return (
    <table className="hub-table hub-fields">
      <thead>
        <tr>
          <th scope="col">{say("数据集", "Dataset")}</th>
          <th scope="col">{say("数据项", "Fields")}</th>
          <th scope="col">{say("级别", "Level")}</th>
          <th scope="col">{say("属地", "Territory")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.dataset}${item.level}${item.territoryName}${item.fields}`}>
            <th scope="row">
              <a href={to(["catalogue", item.dataset])}>{names.dataset(item.dataset)}</a>
            </th>
            <td>{names.fields(item.dataset, item.fields)}</td>
            <td>
              <LevelMark level={item.level} />
            </td>
            <td>{item.territoryName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Item = Request["items"][number];

function Granted({ one, names }: { one: Request; names: Names }) {
  if (one.granted.length === 0) return null;
  return (
    <Part id="granted" title={say("已同意的内容", "What was granted")}>
      <Items items={one.granted} names={names} />
      <p>
        {one.grants.map((id, index) => (
          <span key={id}>
            <a href={to(["access", "grants", id])}>{say(`授权 ${index + 1}`, `Grant ${index + 1}`)}</a>{" "}
          </span>
        ))}
      </p>
    </Part>
  );
}

function Course({ one }: { one: Request }) {
  const named = useDepartments(one.transitions.map(({ department }) => department));
  return (
    <Part
      id="course"
      title={say("办理记录", "Its course")}
      sub={say("只增不改。", "Only added to, never changed.")}
    >
      <ol className="hub-course">
        {one.transitions.map((step) => (
          <li key={step.seq}>
            <strong>{requestActWord(step.act)}</strong> → {requestStateWord(step.to)}
            <p className="hub-quiet">
              {moment(step.at)} · {partyWord(step.party)} {named(step.department)} · {dutyWord(step.duty)} ·{" "}
              {step.actor}
            </p>
            {step.reason && (
              <p className="hub-said">
                {step.reason}
                {step.criterion && <code> {step.criterion}</code>}
              </p>
            )}
            {step.due && (
              <p className="hub-quiet">
                {say("此后的最后一日：", "last day from then on: ")}
                {lastDay(step.due)}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
}

const DECIDING = ["GRANT", "GRANT_PART", "REFUSE"];

function Told({ one, again }: { one: Request; again(): void }) {
  const me = useMe();
  const names = useNames();
  const decides = one.acts.some((act) => DECIDING.includes(act));
  const asks = me.department.code === one.requester && one.granted.length === 0;
  return (
    <div className="hub-told">
      <Facts one={one} names={names} />
      <Part id="items" title={say("申请的内容", "What is asked for")}>
        <Items items={one.items} names={names} />
      </Part>
      {(decides || asks || me.duties.includes("security")) && one.granted.length === 0 && (
        <Simulation request={one.id} names={names} />
      )}
      <RequestActs one={one} names={names} again={again} />
      <Granted one={one} names={names} />
      <Course one={one} />
    </div>
  );
}

export function RequestPage({ id }: { id: string }) {
  const asked = useAsk<{ accessRequest: Request | null }>(REQUEST, { id });
  const one = asked.answer?.data.accessRequest;
  return (
    <Page
      title={
        one
          ? say(
              `${one.requesterName}向${one.providerName}的申请`,
              `${one.requesterName} asks ${one.providerName}`,
            )
          : say("共享申请", "Request for access")
      }
      sub={one && say(`提出于 ${day(one.filedAt)}`, `Filed ${day(one.filedAt)}`)}
      back={{ href: to(["access", "requests"]), text: say("全部申请", "All requests") }}
      actions={<GraphqlLink question={REQUEST} variables={{ id }} />}
    >
      <Shown asked={asked}>
        {({ accessRequest }) =>
          accessRequest ? (
            <Told one={accessRequest} again={asked.again} />
          ) : (
            <Empty>
              {say(
                "没有这份申请，或者它与本部门无关。",
                "There is no such request, or your department has no part in it.",
              )}
            </Empty>
          )
        }
      </Shown>
    </Page>
  );
}
