// A request for access to fields of one dataset, as the law wants it told (政务数据共享条例 第二十条), and its outcome.
import { Alert, Button, Form, Input, Modal, Select } from "antd";
import { useRef, useState } from "react";
import { nameOf, say } from "../../../../session/language";
import { ask, Fault, useAsk } from "../../ask";
import { useMe } from "../../me";
import { Problem } from "../../states";
import { levelWord, wayWord } from "../../words";
import { type Entry, type FieldRight, lacking } from "./entry";

const CHOICES = /* GraphQL */ `
  query RequestChoices {
    purposes { code zh en legalBasis }
    divisions(where: { scheme: { eq: STATISTICS }, level: { in: [CITY, DISTRICT] } }, first: 100) {
      nodes { code name }
    }
  }
`;

const FILE = /* GraphQL */ `
  mutation File(
    $items: [AccessRequestItemInput!]!, $purpose: String!, $legalBasis: String!, $scenario: String!
    $scope: String!, $way: AccessRequestWay!, $until: DateTime!, $once: String!
  ) {
    requestAccess(
      items: $items, purpose: $purpose, legalBasis: $legalBasis, scenario: $scenario
      scope: $scope, way: $way, until: $until, idempotencyKey: $once
    ) { id providerName class items { fields territoryName level } }
  }
`;

interface Choices {
  purposes: { code: string; zh: string; en: string; legalBasis: string }[];
  divisions: { nodes: { code: string; name: string }[] };
}

interface Filed {
  requestAccess: { id: string; providerName: string }[];
}

interface Values {
  fields: string[];
  level: string;
  territory: string;
  purpose: string;
  legalBasis: string;
  scenario: string;
  scope: string;
  way: string;
  /** A day, yyyy-mm-dd. */
  until: string;
}

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

const required = [{ required: true, message: say("请填写", "Required") }];

function Done({ filed, close }: { filed: Filed["requestAccess"]; close(): void }) {
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        title={say(`已提出 ${filed.length} 份申请`, `${filed.length} request(s) filed`)}
        description={
          <>
            <p>{filed.map(({ providerName }) => providerName).join(say("、", ", "))}</p>
            <p>
              {say(
                "下一步：本部门共享工作机构负责人审批，之后提供单位在法定期限内答复。",
                "Next your head of sharing approves; then the provider answers within its time.",
              )}
            </p>
          </>
        }
      />
      <p>
        <Button type="primary" onClick={close}>
          {say("完成", "Done")}
        </Button>
      </p>
    </>
  );
}

function useFiling(entry: Entry) {
  const [filed, setFiled] = useState<Filed["requestAccess"]>();
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  // The same form sent twice is one filing.
  const once = useRef(crypto.randomUUID());
  const file = async ({ fields, level, territory, until, ...rest }: Values) => {
    setBusy(true);
    setFault(undefined);
    const items = [{ dataset: entry.name, fields, level, territory }];
    const end = `${until}T00:00:00+08:00`;
    try {
      const { data } = await ask<Filed>(FILE, { ...rest, items, until: end, once: once.current });
      setFiled(data.requestAccess);
    } catch (error) {
      once.current = crypto.randomUUID();
      if (error instanceof Fault) setFault(error);
      else throw error;
    } finally {
      setBusy(false);
    }
  };
  return { filed, fault, busy, file };
}

/** Choices of what is asked for: fields, level, territory. */
function What({
  entry,
  rights,
  places,
}: {
  entry: Entry;
  rights: readonly FieldRight[];
  places: Choices["divisions"]["nodes"];
}) {
  return (
    <>
      <Form.Item name="fields" label={say("数据项", "Fields")} rules={required}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={lacking(entry, rights).map((field) => ({
            value: field.name,
            label: say(field.zh, field.en),
          }))}
        />
      </Form.Item>
      <div className="hub-pair">
        <Form.Item name="level" label={say("级别", "Level")} rules={required}>
          <Select
            options={["AGGREGATE", "MASKED", "FULL"].map((one) => ({ value: one, label: levelWord(one) }))}
          />
        </Form.Item>
        <Form.Item name="territory" label={say("属地", "Territory")} rules={required}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={places.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
      </div>
    </>
  );
}

/** The five things that Article 20 wants told. */
function Why({ purposes }: { purposes: Choices["purposes"] }) {
  return (
    <>
      <Form.Item name="purpose" label={say("使用目的", "Purpose")} rules={required}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={purposes.map((one) => ({ value: one.code, label: nameOf(one) }))}
        />
      </Form.Item>
      <Form.Item name="legalBasis" label={say("使用依据", "Legal basis")} rules={required}>
        <Input placeholder={say("法律法规名称和条文", "Law and article")} />
      </Form.Item>
      <Form.Item name="scenario" label={say("使用场景", "Scenario")} rules={required}>
        <Input.TextArea rows={3} />
      </Form.Item>
      <Form.Item name="scope" label={say("使用范围", "Scope of use")} rules={required}>
        <Input placeholder={say("哪些科室、哪些人使用", "Which offices and people use it")} />
      </Form.Item>
      <div className="hub-pair">
        <Form.Item name="way" label={say("共享方式", "Way")} rules={required}>
          <Select options={["API", "BATCH", "FILE"].map((one) => ({ value: one, label: wayWord(one) }))} />
        </Form.Item>
        <Form.Item name="until" label={say("使用至（不含）", "Until (not included)")} rules={required}>
          <Input type="date" min={TOMORROW} />
        </Form.Item>
      </div>
    </>
  );
}

export default function RequestForm({
  entry,
  rights,
  fields,
  close,
}: {
  entry: Entry;
  rights: readonly FieldRight[];
  fields: readonly string[];
  close(): void;
}) {
  const me = useMe();
  const { answer, fault: choicesFault } = useAsk<Choices>(CHOICES);
  const { filed, fault, busy, file } = useFiling(entry);
  const first = {
    fields: [...fields],
    level: "FULL",
    territory: me.department.territory,
    way: "API",
    ...(me.purpose && { purpose: me.purpose }),
  };
  const places = answer?.data.divisions.nodes ?? [];
  const home = { code: me.department.territory, name: say("本部门属地", "Your own territory") };
  const known = places.some(({ code }) => code === home.code) ? places : [home, ...places];
  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      width={640}
      title={say(`申请共享：${entry.title}`, `Request access: ${entry.en}`)}
    >
      {filed ? (
        <Done filed={filed} close={close} />
      ) : (
        <Form<Values> layout="vertical" initialValues={first} onFinish={file} requiredMark="optional">
          <What entry={entry} rights={rights} places={known} />
          <Why purposes={answer?.data.purposes ?? []} />
          {choicesFault && <Problem fault={choicesFault} />}
          {fault && <Problem fault={fault} />}
          <Button type="primary" htmlType="submit" loading={busy}>
            {say("提出申请", "File the request")}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
