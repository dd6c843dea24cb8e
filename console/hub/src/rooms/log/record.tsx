// The records of one request: fields, levels, territories, grants; account and document for auditors alone.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { moment, number } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { Fact } from "../access/fact";
import { type Names, useDepartments, useNames } from "../access/names";
import { kindOfAccess, outcomeWord } from "./words";

const RECORD = /* GraphQL */ `
  query Record($requestId: String) {
    accessLog(where: { requestId: $requestId }, first: 100) {
      nodes {
        id requestId at subject department app purpose kind registered operation documentHash
        rows suppressed cost milliseconds outcome code grants
        datasets { dataset fields { field level territories } }
      }
    }
  }
`;

interface Recorded {
  id: string;
  requestId: string;
  at: string;
  subject: string | null;
  department: string;
  app: string | null;
  purpose: string | null;
  kind: string | null;
  registered: string | null;
  operation: string | null;
  documentHash: string | null;
  rows: number;
  suppressed: number;
  cost: number;
  milliseconds: number;
  outcome: string;
  code: string | null;
  grants: string[];
  datasets: { dataset: string; fields: { field: string; level: string; territories: string[] }[] }[];
}

function Used({ one, names }: { one: Recorded; names: Names }) {
  if (one.datasets.length === 0) return <Empty>{say("没有读取数据集。", "It read no dataset.")}</Empty>;
  return (
    <table className="hub-table hub-fields">
      <thead>
        <tr>
          <th scope="col">{say("数据项", "Field")}</th>
          <th scope="col">{say("级别", "Level")}</th>
          <th scope="col">{say("属地代码", "Territories")}</th>
        </tr>
      </thead>
      <tbody>
        {one.datasets.flatMap(({ dataset, fields }) =>
          fields.map(({ field, level, territories }) => (
            <tr key={`${dataset}.${field}.${level}`}>
              <th scope="row">
                {names.dataset(dataset)} · {names.field(dataset, field)}
              </th>
              <td>
                <LevelMark level={level} />
              </td>
              <td>
                <code>{territories.join(" ")}</code>
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function Told({ one, names, named }: { one: Recorded; names: Names; named(code: string): string }) {
  const forAuditors = say("仅审计职责可见", "for the audit duty alone");
  return (
    <Part id={`record-${one.id}`} title={`${moment(one.at)} · ${named(one.department)}`}>
      <dl className="hub-facts">
        <Fact name={say("账号", "Account")}>
          {one.subject ?? <span className="hub-quiet">{forAuditors}</span>}
        </Fact>
        {one.app && <Fact name={say("应用", "App")}>{one.app}</Fact>}
        <Fact name={say("使用目的", "Purpose")}>{names.purpose(one.purpose)}</Fact>
        <Fact name={say("类别", "Kind")}>{kindOfAccess(one.kind)}</Fact>
        <Fact name={say("结果", "Outcome")}>
          {outcomeWord(one.outcome)} {one.code && <code>{one.code}</code>}
        </Fact>
        <Fact name={say("返回", "Answered")}>
          {say(
            `${number(one.rows)} 行，隐去 ${number(one.suppressed)} 格`,
            `${number(one.rows)} rows, ${number(one.suppressed)} cells suppressed`,
          )}
        </Fact>
        <Fact name={say("成本、耗时", "Cost, time")}>
          {number(one.cost)} · {number(one.milliseconds)} ms
        </Fact>
        <Fact name={say("操作", "Operation")}>
          {one.registered ?? one.operation ?? "—"}
          {one.documentHash && (
            <>
              <br />
              <code>{one.documentHash}</code>
            </>
          )}
        </Fact>
        {one.grants.length > 0 && (
          <Fact name={say("所依据的授权", "Grants it rested on")}>
            {one.grants.map((id) => (
              <a key={id} href={to(["access", "grants", id])}>
                <code>{id}</code>{" "}
              </a>
            ))}
          </Fact>
        )}
      </dl>
      <Used one={one} names={names} />
    </Part>
  );
}

export function RecordPage({ requestId }: { requestId: string }) {
  const names = useNames();
  const asked = useAsk<{ accessLog: { nodes: Recorded[] } }>(RECORD, { requestId });
  const nodes = asked.answer?.data.accessLog?.nodes ?? [];
  const named = useDepartments(nodes.map(({ department }) => department));
  return (
    <Page
      title={say("一次访问", "One access")}
      sub={<code>{requestId}</code>}
      back={{ href: to(["log"]), text: say("访问记录", "Access log") }}
      actions={<GraphqlLink question={RECORD} variables={{ requestId }} />}
    >
      <Shown asked={asked} rows={8}>
        {(data) =>
          data.accessLog.nodes.length === 0 ? (
            <Empty>
              {say("没有这条记录，或者不归您查看。", "There is no such record, or it is not yours to see.")}
            </Empty>
          ) : (
            <div className="hub-told">
              {data.accessLog.nodes.map((one) => (
                <Told key={one.id} one={one} names={names} named={named} />
              ))}
            </div>
          )
        }
      </Shown>
    </Page>
  );
}
