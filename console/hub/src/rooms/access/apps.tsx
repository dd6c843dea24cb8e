// Apps of my department: the operations that they may run, each with what it touches; how their keys are had.
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { Page, Part } from "../../parts/page";
import { day, moment, number } from "../../parts/time";
import { Empty, Problem, Shown } from "../../states";
import { useAct } from "./act";
import { type Names, useNames } from "./names";
import { RegisterForm } from "./register-form";
import { StateMark, Tabs } from "./tabs";
import { operationActWord, operationStateWord } from "./words";

const OPERATIONS = /* GraphQL */ `
  query Operations {
    operations {
      id app department name version state description purpose document documentId registeredAt
      requestsPerDay rowsPerDay
      usedToday { requests rows }
      summary { cost datasets doors personal fields { dataset field } }
      transitions { seq act actor at reason }
    }
  }
`;

interface Operation {
  id: string;
  app: string;
  department: string;
  name: string;
  version: number;
  state: string;
  description: string;
  purpose: string | null;
  document: string;
  documentId: string;
  registeredAt: string;
  requestsPerDay: number;
  rowsPerDay: number;
  usedToday: { requests: number; rows: number };
  summary: {
    cost: number;
    datasets: string[];
    doors: string[];
    personal: boolean;
    fields: { dataset: string; field: string }[];
  };
  transitions: { seq: number; act: string; actor: string; at: string; reason: string | null }[];
}

const APPROVE = "mutation Approve($id: String!) { approveOperation(id: $id) { id state } }";
const REFUSE =
  "mutation Refuse($id: String!, $reason: String!) { refuseOperation(id: $id, reason: $reason) { id state } }";
const RETIRE =
  "mutation Retire($id: String!, $reason: String!) { retireOperation(id: $id, reason: $reason) { id state } }";

const MUTATIONS: Readonly<Record<string, string>> = { APPROVE, REFUSE, RETIRE };

function useOpenActs({ department, state }: Operation): string[] {
  const me = useMe();
  const own = me.department.code === department;
  const heads = own && me.duties.includes("approve") && state === "REGISTERED";
  const retires = (own || me.duties.includes("security")) && ["REGISTERED", "APPROVED"].includes(state);
  return [...(heads ? ["APPROVE", "REFUSE"] : []), ...(retires ? ["RETIRE"] : [])];
}

function Acts({ one, again }: { one: Operation; again(): void }) {
  const acts = useOpenActs(one);
  const acting = useAct();
  const [act, choose] = useState<string>();
  const take = async (name: string, reason?: string) => {
    if (!(await acting.take(MUTATIONS[name] ?? "", { id: one.id, reason }))) return;
    choose(undefined);
    again();
  };
  if (acts.length === 0) return null;
  return (
    <>
      <div className="hub-actions">
        {acts.map((name) => (
          <Button
            key={name}
            size="small"
            loading={acting.busy}
            onClick={() => (name === "APPROVE" ? void take(name) : choose(name))}
          >
            {operationActWord(name)}
          </Button>
        ))}
      </div>
      {act && (
        <Form<{ reason?: string }>
          className="hub-act"
          layout="vertical"
          onFinish={({ reason = "" }) => void take(act, reason)}
        >
          <Form.Item name="reason" label={say("理由", "Reason")}>
            <Input.TextArea rows={2} />
          </Form.Item>
          <Form.Item>
            <Button htmlType="submit" danger loading={acting.busy}>
              {say("确认：", "Confirm: ")}
              {operationActWord(act)}
            </Button>
          </Form.Item>
        </Form>
      )}
      {acting.fault && <Problem fault={acting.fault} />}
    </>
  );
}

function touched(one: Operation, names: Names): string {
  const { datasets, fields, doors } = one.summary;
  const told = datasets.map((dataset) => {
    const own = fields.filter((field) => field.dataset === dataset).map(({ field }) => field);
    return `${names.dataset(dataset)}${say("：", ": ")}${own.map((f) => names.field(dataset, f)).join(say("、", ", "))}`;
  });
  return [...told, ...doors].join(say("；", "; "));
}

function Line({ one, names, again }: { one: Operation; names: Names; again(): void }) {
  return (
    <li data-operation={one.name}>
      <div className="hub-gains">
        <p>
          <strong>{one.app}</strong> · {one.name} · {say(`第 ${one.version} 版`, `version ${one.version}`)}
        </p>
        <p>{one.description}</p>
        <p className="hub-quiet">
          {touched(one, names)}
          {one.summary.personal && say("；含个人信息", "; personal data")} · {names.purpose(one.purpose)}
        </p>
        <details>
          <summary>{say("文档和办理记录", "Document and course")}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <pre className="hub-document" tabIndex={0}>
            {one.document}
          </pre>
          <p>
            <code>{one.documentId}</code>
          </p>
          <ol className="hub-course">
            {one.transitions.map((step) => (
              <li key={step.seq}>
                <strong>{operationActWord(step.act)}</strong>{" "}
                <span className="hub-quiet">
                  {moment(step.at)} · {step.actor}
                </span>
                {step.reason && <p className="hub-said">{step.reason}</p>}
              </li>
            ))}
          </ol>
        </details>
        <Acts one={one} again={again} />
      </div>
      <div className="hub-case-end">
        <StateMark state={one.state} word={operationStateWord(one.state)} />
        <span className="hub-quiet">
          {say(
            `今日 ${number(one.usedToday.requests)} / ${number(one.requestsPerDay)} 次`,
            `today ${number(one.usedToday.requests)} of ${number(one.requestsPerDay)} requests`,
          )}
        </span>
        <span className="hub-quiet">
          {say(
            `${number(one.usedToday.rows)} / ${number(one.rowsPerDay)} 行`,
            `${number(one.usedToday.rows)} of ${number(one.rowsPerDay)} rows`,
          )}
        </span>
        <span className="hub-quiet">{day(one.registeredAt)}</span>
      </div>
    </li>
  );
}

function Keys() {
  return (
    <Part
      id="keys"
      title={say("应用密钥", "App keys")}
      sub={say(
        "密钥限定一个应用、一个部门、一个目的和期限，只显示一次，平台只存散列。",
        "A key is for one app, department, purpose and time; it is shown once and kept hashed.",
      )}
    >
      <p>
        {say(
          "密钥由平台运维人员签发、更换、作废，不经网页：",
          "Operators of the hub issue, rotate and revoke keys, not this page: ",
        )}
        <code>hub keys issue --app … --department … --purpose … --days …</code>
        {say("、", ", ")}
        <code>hub keys rotate</code>
        {say("、", ", ")}
        <code>hub keys revoke</code>
      </p>
    </Part>
  );
}

export function Apps() {
  const names = useNames();
  const asked = useAsk<{ operations: Operation[] }>(OPERATIONS);
  const [registers, register] = useState(false);
  return (
    <Page
      title={say("应用和登记操作", "Apps and their operations")}
      sub={say(
        "生产环境中，应用只能运行本部门负责人批准的操作。",
        "In production an app runs what its department's head has approved, and nothing else.",
      )}
      actions={
        <>
          <Button type="primary" aria-expanded={registers} onClick={() => register(!registers)}>
            {say("登记操作", "Register an operation")}
          </Button>
          <GraphqlLink question={OPERATIONS} />
        </>
      }
    >
      <Tabs open="apps" />
      {registers && <RegisterForm names={names} registered={asked.again} />}
      <Part id="operations" title={say("登记操作", "Operations")}>
        <Shown asked={asked}>
          {({ operations }) =>
            operations.length === 0 ? (
              <Empty>
                {say(
                  "还没有登记操作。登记后由本部门负责人审批。",
                  "No operation is registered yet. Register one; your head approves it.",
                )}
              </Empty>
            ) : (
              <ul className="hub-cases">
                {operations.map((one) => (
                  <Line key={one.id} one={one} names={names} again={asked.again} />
                ))}
              </ul>
            )
          }
        </Shown>
      </Part>
      <Keys />
    </Page>
  );
}
