// The acts that are open to me on a grant, each with what the law wants said for it (政务数据共享条例 第二十七条).
import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import type { Variables } from "../../ask";
import { Part } from "../../parts/page";
import { Empty, Problem } from "../../states";
import { LEVEL_ORDER, levelWord } from "../../words";
import { clockTime, dayStart, useAct } from "./act";
import type { Grant } from "./grant-facts";
import type { Names } from "./names";
import { grantActWord } from "./words";

const BY_REASON = (door: string) =>
  `mutation Act($id: String!, $reason: String!) { ${door}(id: $id, reason: $reason) { id state } }`;

const MUTATIONS: Readonly<Record<string, string>> = {
  SUSPEND: BY_REASON("suspendGrant"),
  RESUME: BY_REASON("resumeGrant"),
  RELINQUISH: BY_REASON("relinquishGrant"),
  NARROW: /* GraphQL */ `
    mutation Narrow(
      $id: String!, $reason: String!, $negotiation: GrantNegotiationInput!
      $fields: [String!], $level: AccessLevel, $territory: String, $until: DateTime
    ) {
      narrowGrant(
        id: $id, reason: $reason, negotiation: $negotiation
        fields: $fields, level: $level, territory: $territory, until: $until
      ) { id state }
    }
  `,
  REVOKE: /* GraphQL */ `
    mutation Revoke($id: String!, $reason: String!, $negotiation: GrantNegotiationInput) {
      revokeGrant(id: $id, reason: $reason, negotiation: $negotiation) { id state }
    }
  `,
  DISPOSE: /* GraphQL */ `
    mutation Dispose($id: String!, $disposal: GrantDisposalInput!) {
      reportDisposal(id: $id, disposal: $disposal) { id state }
    }
  `,
};

interface Values {
  reason?: string;
  at?: string;
  record?: string;
  what?: string;
  how?: string;
  by?: string;
  fields?: string[];
  level?: string;
  territory?: string;
  until?: string;
}

/** What is left empty stays as it is. */
function variablesOf(act: string, id: string, values: Values): Variables {
  const at = values.at ? clockTime(values.at) : "";
  if (act === "DISPOSE") {
    const { what, how, by } = values;
    return { id, disposal: { what, how, by, at } };
  }
  const negotiation = values.at || values.record ? { at, record: values.record ?? "" } : null;
  const { reason = "", fields, level, territory, until } = values;
  if (act === "REVOKE") return { id, reason, negotiation };
  if (act !== "NARROW") return { id, reason };
  return {
    id,
    reason,
    negotiation,
    fields: fields && fields.length > 0 ? fields : null,
    level: level ?? null,
    territory: territory?.trim() || null,
    until: until ? dayStart(until) : null,
  };
}

const required = [{ required: true, message: say("请填写", "Required") }];

function Narrower({ one, names }: { one: Grant; names: Names }) {
  const all = names.datasets.find(({ name }) => name === one.dataset)?.fields ?? [];
  const kept = one.fields.length > 0 ? all.filter(({ name }) => one.fields.includes(name)) : all;
  const order: readonly string[] = LEVEL_ORDER;
  const lower = order.slice(1, order.indexOf(one.level) + 1);
  return (
    <>
      <Form.Item name="fields" label={say("保留的数据项（不填不变）", "Fields that stay (empty: all)")}>
        <Select mode="multiple" options={kept.map(({ name, text }) => ({ value: name, label: text }))} />
      </Form.Item>
      <div className="hub-pair">
        <Form.Item name="level" label={say("级别（不填不变）", "Level (empty: as it is)")}>
          <Select allowClear options={lower.map((level) => ({ value: level, label: levelWord(level) }))} />
        </Form.Item>
        <Form.Item name="territory" label={say("属地代码（不填不变）", "Territory code (empty: as it is)")}>
          <Input placeholder={one.territory} />
        </Form.Item>
      </div>
      <Form.Item name="until" label={say("提前至（不含；不填不变）", "An earlier end (empty: as it is)")}>
        <Input type="date" />
      </Form.Item>
    </>
  );
}

function Negotiation({ optional }: { optional: boolean }) {
  const rules = optional ? [] : required;
  return (
    <div className="hub-pair">
      <Form.Item name="at" label={say("协商时间（北京时间）", "Negotiated at (Beijing)")} rules={rules}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="record" label={say("协商情况和结果", "What came of it")} rules={rules}>
        <Input />
      </Form.Item>
    </div>
  );
}

function Disposal() {
  return (
    <>
      <Form.Item
        name="what"
        label={say("处置了什么（没有留存的如实说明）", "What was disposed of (or that nothing was kept)")}
        rules={required}
      >
        <Input />
      </Form.Item>
      <Form.Item name="how" label={say("如何处置", "How")} rules={required}>
        <Input />
      </Form.Item>
      <div className="hub-pair">
        <Form.Item name="at" label={say("处置时间（北京时间）", "When (Beijing)")} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="by" label={say("负责的岗位或者账号", "Who answers for it")} rules={required}>
          <Input />
        </Form.Item>
      </div>
    </>
  );
}

function ActForm({
  one,
  act,
  names,
  taken,
}: {
  one: Grant;
  act: string;
  names: Names;
  taken(act: string): void;
}) {
  const acting = useAct();
  const send = async (values: Values) => {
    if (await acting.take(MUTATIONS[act] ?? "", variablesOf(act, one.id, values))) taken(act);
  };
  return (
    <Form<Values> className="hub-act" layout="vertical" onFinish={send} requiredMark={false}>
      <h3>{grantActWord(act)}</h3>
      {act === "NARROW" && <Narrower one={one} names={names} />}
      {act === "DISPOSE" ? (
        <Disposal />
      ) : (
        <Form.Item name="reason" label={say("理由", "Reason")}>
          <Input.TextArea rows={2} />
        </Form.Item>
      )}
      {["NARROW", "REVOKE"].includes(act) && (
        <Negotiation optional={act === "REVOKE" && one.state === "SUSPENDED"} />
      )}
      {acting.fault && <Problem fault={acting.fault} />}
      <Form.Item>
        <Button
          type="primary"
          htmlType="submit"
          loading={acting.busy}
          danger={["SUSPEND", "REVOKE", "RELINQUISH"].includes(act)}
        >
          {say("确认：", "Confirm: ")}
          {grantActWord(act)}
        </Button>
      </Form.Item>
    </Form>
  );
}

export function GrantActs({ one, names, again }: { one: Grant; names: Names; again(): void }) {
  const [act, choose] = useState<string>();
  const [taken, setTaken] = useState<string>();
  const open = act !== undefined && one.openActs.includes(act) ? act : undefined;
  const done = (name: string) => {
    setTaken(name);
    choose(undefined);
    again();
  };
  return (
    <Part
      id="acts"
      title={say("可办的步骤", "Acts open to you")}
      sub={say(
        "每一步在下一次应答即生效。扩大范围须重新申请。",
        "Each holds in the very next answer. What would be wider is requested anew.",
      )}
    >
      {taken && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say(`已办：${grantActWord(taken)}`, `Done: ${grantActWord(taken)}`)}
        />
      )}
      {one.openActs.length === 0 ? (
        <Empty>{say("现在没有当前身份可办的步骤。", "No act is open to you now.")}</Empty>
      ) : (
        <div className="hub-actions">
          {one.openActs.map((name) => (
            <Button
              key={name}
              data-act={name}
              aria-expanded={name === open}
              type={name === open ? "primary" : "default"}
              onClick={() => choose(name === open ? undefined : name)}
            >
              {grantActWord(name)}
            </Button>
          ))}
        </div>
      )}
      {open && <ActForm key={open} one={one} act={open} names={names} taken={done} />}
    </Part>
  );
}
