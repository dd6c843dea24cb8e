// Who read my data: accesses, newest first, with filters by dataset, department and time.
import { Button, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { Page, Part } from "../../parts/page";
import { moment, number } from "../../parts/time";
import { note, to } from "../../router";
import { Empty, Shown } from "../../states";
import { levelWord } from "../../words";
import { type Names, useDepartments, useNames } from "../access/names";
import { Chain } from "./chain";
import { KIND_CODES, kindOfAccess, outcomeWord } from "./words";

const ACCESSES = /* GraphQL */ `
  query Accesses($first: Int, $where: AccessLogWhere) {
    accessLog(first: $first, where: $where) {
      totalCount
      nodes {
        id requestId at department app purpose kind outcome code rows suppressed
        datasets { dataset fields { field level } }
      }
    }
  }
`;

interface Access {
  id: string;
  requestId: string;
  at: string;
  department: string;
  app: string | null;
  purpose: string | null;
  kind: string | null;
  outcome: string;
  code: string | null;
  rows: number;
  suppressed: number;
  datasets: { dataset: string; fields: { field: string; level: string }[] }[];
}

const FILTERS = ["dataset", "department", "from", "until", "kind", "outcome", "row"] as const;
type Filters = Record<(typeof FILTERS)[number], string>;

const instant = (day: string, days = 0) =>
  new Date(new Date(`${day}T00:00:00+08:00`).getTime() + days * 86_400_000).toISOString();

/** The last day of the filter is included; `until` of the log is not. */
function whereOf(filters: Filters): Record<string, string> {
  const { from, until, ...others } = filters;
  const times = {
    ...(from && { from: instant(from) }),
    ...(until && { until: instant(until, 1) }),
  };
  return { ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== "")), ...times };
}

/** The highest level at which fields of a dataset were used. */
function used({ fields }: Access["datasets"][number]): string {
  const levels = new Set(fields.map(({ level }) => level));
  return levelWord(["FULL", "MASKED", "AGGREGATE"].find((level) => levels.has(level)) ?? "NONE");
}

function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label>
      {text}
      {children}
    </label>
  );
}

function FilterBar({ filters, names }: { filters: Filters; names: Names }) {
  const [typed, setTyped] = useState({ department: filters.department, row: filters.row });
  const keep = (change: Partial<Filters>) => note({ ...filters, ...change });
  const box = (key: "department" | "row", placeholder: string) => ({
    value: typed[key],
    placeholder,
    allowClear: true,
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [key]: target.value }),
    onBlur: () => keep({ [key]: typed[key].trim() }),
    onPressEnter: () => keep({ [key]: typed[key].trim() }),
  });
  const day = (key: "from" | "until") => ({
    type: "date",
    value: filters[key],
    onChange: ({ target }: { target: { value: string } }) => keep({ [key]: target.value }),
  });
  const all = { value: "", label: say("全部", "All") };
  return (
    <search className="hub-log-filters">
      <Labelled text={say("数据集", "Dataset")}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          value={filters.dataset}
          onChange={(dataset) => keep({ dataset })}
          options={[all, ...names.datasets.map(({ name, text }) => ({ value: name, label: text }))]}
        />
      </Labelled>
      <Labelled text={say("部门代码", "Department's code")}>
        <Input {...box("department", "finance@140100000000")} />
      </Labelled>
      <Labelled text={say("起", "From")}>
        <Input {...day("from")} />
      </Labelled>
      <Labelled text={say("至", "To")}>
        <Input {...day("until")} />
      </Labelled>
      <Labelled text={say("类别", "Kind")}>
        <Select
          value={filters.kind}
          onChange={(kind) => keep({ kind })}
          options={[all, ...KIND_CODES.map((code) => ({ value: code, label: kindOfAccess(code) }))]}
        />
      </Labelled>
      <Labelled text={say("结果", "Outcome")}>
        <Select
          value={filters.outcome}
          onChange={(outcome) => keep({ outcome })}
          options={[
            all,
            ...["ANSWERED", "REFUSED"].map((code) => ({ value: code, label: outcomeWord(code) })),
          ]}
        />
      </Labelled>
      <Labelled text={say("一条记录的标识", "Id of one row")}>
        <Input {...box("row", "volunteer:0195…")} />
      </Labelled>
    </search>
  );
}

function Line({ one, names, named }: { one: Access; names: Names; named(code: string): string }) {
  return (
    <tr>
      <th scope="row">
        <a href={to(["log", one.requestId])}>{moment(one.at)}</a>
      </th>
      <td data-label={say("部门", "Department")}>
        {named(one.department)}
        {one.app && <span className="hub-quiet"> · {one.app}</span>}
        <span className="hub-quiet"> · {names.purpose(one.purpose)}</span>
      </td>
      <td data-label={say("用了什么", "What it used")}>
        {one.datasets.map((dataset) => (
          <p key={dataset.dataset}>
            {names.dataset(dataset.dataset)}{" "}
            <span className="hub-quiet">
              {say(
                `${dataset.fields.length} 项，${used(dataset)}`,
                `${dataset.fields.length} fields, ${used(dataset)}`,
              )}
            </span>
          </p>
        ))}
        {one.datasets.length === 0 && "—"}
      </td>
      <td data-label={say("类别", "Kind")}>{kindOfAccess(one.kind)}</td>
      <td data-label={say("结果", "Outcome")}>
        {one.outcome === "ANSWERED"
          ? say(`${number(one.rows)} 行`, `${number(one.rows)} rows`)
          : outcomeWord(one.outcome)}
        {one.code && <code> {one.code}</code>}
      </td>
    </tr>
  );
}

function Lines({ nodes, names }: { nodes: readonly Access[]; names: Names }) {
  const named = useDepartments(nodes.map(({ department }) => department));
  return (
    <table className="hub-table hub-fields">
      <thead>
        <tr>
          <th scope="col">{say("时间", "Time")}</th>
          <th scope="col">{say("谁，为何", "Who, and what for")}</th>
          <th scope="col">{say("用了什么", "What it used")}</th>
          <th scope="col">{say("类别", "Kind")}</th>
          <th scope="col">{say("结果", "Outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((one) => (
          <Line key={one.id} one={one} names={names} named={named} />
        ))}
      </tbody>
    </table>
  );
}

function Accesses({ filters, names }: { filters: Filters; names: Names }) {
  const [first, setFirst] = useState(20);
  const variables = { first, where: whereOf(filters) };
  const asked = useAsk<{ accessLog: { totalCount: number; nodes: Access[] } }>(ACCESSES, variables);
  return (
    <Part
      id="accesses"
      title={say("谁用了数据", "Who used data")}
      sub={say(
        "记录说明应答用了哪些数据项、什么级别、哪些属地；不留存应答里有哪几条记录。",
        "A record says which fields at which level and where; which rows an answer held is not kept.",
      )}
      actions={<GraphqlLink question={ACCESSES} variables={variables} />}
    >
      <FilterBar filters={filters} names={names} />
      <Shown asked={asked} rows={8}>
        {({ accessLog: { totalCount, nodes } }) =>
          nodes.length === 0 ? (
            <Empty>
              {Object.keys(variables.where).length > 0
                ? say("没有这样的访问记录。去掉一个条件再看。", "No such access. Take a filter away.")
                : say("还没有人用过本部门的数据。", "Nobody has used your data yet.")}
            </Empty>
          ) : (
            <>
              <p className="hub-quiet" role="status">
                {say(`共 ${number(totalCount)} 次`, `${number(totalCount)} accesses`)}
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
  );
}

export function AccessList({ query }: { query: URLSearchParams }) {
  const names = useNames();
  const filters = Object.fromEntries(FILTERS.map((key) => [key, query.get(key) ?? ""])) as Filters;
  return (
    <Page
      title={say("访问记录", "Access log")}
      sub={say(
        "数据管理员看本部门数据集被谁使用；审计职责看本部门，审计局、大数据局看本属地各部门。保存不少于三年。",
        "Stewards see who used their datasets; auditors their department, or all of their territory. Kept three years at least.",
      )}
    >
      <Chain />
      <Accesses filters={filters} names={names} />
    </Page>
  );
}
