// The steps that are open to me on a request, each with what the law wants said for it.
import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { Part } from "../../parts/page";
import { Empty, Problem } from "../../states";
import { dayStart, useAct } from "./act";
import type { Names } from "./names";
import { PartFields, type PartValues, partItems } from "./part-fields";
import type { Request } from "./request-facts";
import { requestActWord } from "./words";

const DECIDE = /* GraphQL */ `
  mutation Decide(
    $id: String!, $act: AccessRequestAct!, $reason: String, $criterion: String, $part: AccessRequestPartInput
  ) {
    decideAccessRequest(id: $id, act: $act, reason: $reason, criterion: $criterion, part: $part) { id state rest }
  }
`;

const CRITERIA = /* GraphQL */ `
  query Criteria {
    catalogue { name conditions { class criteria { code zh en } } }
  }
`;

interface Criteria {
  catalogue: {
    name: string;
    conditions: { class: string; criteria: { code: string; zh: string; en: string }[] }[];
  }[];
}

const BY_CRITERION = ["REFUSE", "GRANT_PART"];
const WITH_REASON = [
  "DISAPPROVE",
  "ASK_SUPPLEMENT",
  "ASK_EXTENSION",
  "DECLINE_EXTENSION",
  "REFUSE",
  "GRANT_PART",
  "URGE",
];
const GRAVE = ["REFUSE", "DISAPPROVE", "WITHDRAW", "UPHOLD"];

function CriterionChoice({ one }: { one: Request }) {
  const asked = useAsk<Criteria>(CRITERIA);
  const wanted = new Set(one.items.map(({ dataset }) => dataset));
  const found = (asked.answer?.data.catalogue ?? [])
    .filter(({ name }) => wanted.has(name))
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => condition.class === one.class)
    .flatMap(({ criteria }) => criteria);
  const options = [...new Map(found.map((c) => [c.code, c])).values()];
  return (
    <Form.Item
      name="criterion"
      label={say("所依据的使用条件（目录载明）", "The catalogue's condition it rests on")}
    >
      <Select
        allowClear
        options={options.map(({ code, zh, en }) => ({ value: code, label: `${say(zh, en)} (${code})` }))}
      />
    </Form.Item>
  );
}

interface Values extends PartValues {
  reason?: string;
  criterion?: string;
}

function ActForm({
  one,
  act,
  names,
  taken,
}: {
  one: Request;
  act: string;
  names: Names;
  taken(state: string): void;
}) {
  const acting = useAct();
  const send = async (values: Values) => {
    const part =
      act === "GRANT_PART"
        ? { items: partItems(one, values), until: values.until ? dayStart(values.until) : null }
        : null;
    const { reason, criterion } = values;
    if (await acting.take(DECIDE, { id: one.id, act, reason, criterion, part })) taken(act);
  };
  return (
    <Form<Values> className="hub-act" layout="vertical" onFinish={send} requiredMark={false}>
      <h3>{requestActWord(act)}</h3>
      {act === "GRANT_PART" && <PartFields one={one} names={names} />}
      {BY_CRITERION.includes(act) && <CriterionChoice one={one} />}
      <Form.Item
        name="reason"
        label={
          WITH_REASON.includes(act) ? say("理由", "Reason") : say("说明（可不填）", "A word (may stay empty)")
        }
      >
        <Input.TextArea rows={3} />
      </Form.Item>
      {acting.fault && <Problem fault={acting.fault} />}
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={acting.busy} danger={GRAVE.includes(act)}>
          {say("确认：", "Confirm: ")}
          {requestActWord(act)}
        </Button>
      </Form.Item>
    </Form>
  );
}

export function RequestActs({ one, names, again }: { one: Request; names: Names; again(): void }) {
  const [act, choose] = useState<string>();
  const [taken, setTaken] = useState<string>();
  const open = act !== undefined && one.acts.includes(act) ? act : undefined;
  return (
    <Part id="acts" title={say("可办的步骤", "Steps open to you")}>
      {taken && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say(`已办：${requestActWord(taken)}`, `Done: ${requestActWord(taken)}`)}
        />
      )}
      {one.acts.length === 0 ? (
        <Empty>
          {say(
            "现在没有当前身份可办的步骤。审批和答复由负责人办理。",
            "No step is open to you now. Heads approve and decide.",
          )}
        </Empty>
      ) : (
        <div className="hub-actions">
          {one.acts.map((name) => (
            <Button
              key={name}
              data-act={name}
              aria-expanded={name === open}
              type={name === open ? "primary" : "default"}
              onClick={() => choose(name === open ? undefined : name)}
            >
              {requestActWord(name)}
            </Button>
          ))}
        </div>
      )}
      {open && (
        <ActForm
          key={open}
          one={one}
          act={open}
          names={names}
          taken={(done) => {
            setTaken(done);
            choose(undefined);
            again();
          }}
        />
      )}
    </Part>
  );
}
