// Registers an operation for an app of my department; the hub works out what it touches, its head approves.
import { Alert, Button, Form, Input, InputNumber, Select } from "antd";
import { nameOf, say } from "../../../../session/language";
import { Part } from "../../parts/page";
import { Problem } from "../../states";
import { useAct } from "./act";
import type { Names } from "./names";
import { operationStateWord } from "./words";

const REGISTER = /* GraphQL */ `
  mutation Register(
    $app: String!, $name: String!, $description: String!, $document: String!, $examples: [String!]
    $purpose: String, $requestsPerDay: Int!, $rowsPerDay: Int!
  ) {
    registerOperation(
      app: $app, name: $name, description: $description, document: $document, examples: $examples
      purpose: $purpose, requestsPerDay: $requestsPerDay, rowsPerDay: $rowsPerDay
    ) { name version state }
  }
`;

interface Values {
  app: string;
  name: string;
  description: string;
  document: string;
  examples?: string;
  purpose?: string;
  requestsPerDay: number;
  rowsPerDay: number;
}

interface Registered {
  registerOperation: { name: string; version: number; state: string };
}

const required = [{ required: true, message: say("请填写", "Required") }];

function What({ names }: { names: Names }) {
  return (
    <>
      <div className="hub-pair">
        <Form.Item name="app" label={say("应用名（同其密钥）", "App, as its key names it")} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="name" label={say("登记名", "Name of the operation")} rules={required}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item
        name="description"
        label={say("用途说明，审批人据此判断", "What it is for, as its approver reads it")}
        rules={required}
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="document"
        label={say("GraphQL 文档，含一个查询", "The document, one query")}
        rules={required}
      >
        <Input.TextArea rows={6} spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="examples"
        label={say("变量的示例，每行一组 JSON", "Examples of variables, one JSON on each line")}
      >
        <Input.TextArea rows={2} spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={say("使用目的（不填只用常设权限）", "Purpose (empty: standing rights alone)")}
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={names.purposes.map((one) => ({ value: one.code, label: nameOf(one) }))}
        />
      </Form.Item>
    </>
  );
}

export function RegisterForm({ names, registered }: { names: Names; registered(): void }) {
  const acting = useAct<Registered>();
  const send = async ({ examples, purpose, ...rest }: Values) => {
    const lines = examples?.split("\n").filter((line) => line.trim() !== "");
    const asked = { ...rest, purpose: purpose ?? null, examples: lines?.length ? lines : null };
    if (await acting.take(REGISTER, asked)) registered();
  };
  const done = acting.done?.registerOperation;
  return (
    <Part id="register" title={say("登记操作", "Register an operation")}>
      <Form<Values>
        layout="vertical"
        onFinish={send}
        requiredMark="optional"
        initialValues={{ requestsPerDay: 1000, rowsPerDay: 100000 }}
      >
        <What names={names} />
        <div className="hub-pair">
          <Form.Item name="requestsPerDay" label={say("每日请求数上限", "Requests a day")} rules={required}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
          <Form.Item name="rowsPerDay" label={say("每日行数上限", "Rows a day")} rules={required}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
        </div>
        {acting.fault && <Problem fault={acting.fault} />}
        {done && !acting.fault && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={`${done.name} · ${say(`第 ${done.version} 版`, `version ${done.version}`)} · ${operationStateWord(done.state)}`}
          />
        )}
        <Button type="primary" htmlType="submit" loading={acting.busy}>
          {say("登记", "Register")}
        </Button>
      </Form>
    </Part>
  );
}
