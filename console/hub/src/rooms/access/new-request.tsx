// A request from a ready-made id or from the very question that lacks data, with the five things that Article 20 wants told.
import { Alert, Button, Form, Input, Segmented, Select } from "antd";
import { useRef, useState } from "react";
import { nameOf, say } from "../../../../session/language";
import { useMe } from "../../me";
import { Page, Part } from "../../parts/page";
import { to } from "../../router";
import { Problem } from "../../states";
import { levelWord, wayWord } from "../../words";
import { dayStart, useAct } from "./act";
import { useNames } from "./names";
import { Tabs } from "./tabs";

const FILE = /* GraphQL */ `
  mutation FileRequest(
    $missing: [String!], $operation: String, $level: AccessLevel, $territory: String, $purpose: String!
    $legalBasis: String!, $scenario: String!, $scope: String!, $way: AccessRequestWay!, $until: DateTime!, $once: String
  ) {
    requestAccess(
      missing: $missing, operation: $operation, level: $level, territory: $territory, purpose: $purpose
      legalBasis: $legalBasis, scenario: $scenario, scope: $scope, way: $way, until: $until, idempotencyKey: $once
    ) { id providerName class }
  }
`;

interface Filed {
  requestAccess: { id: string; providerName: string; class: string }[];
}

interface Values {
  missing?: string;
  operation?: string;
  level?: string;
  territory?: string;
  purpose: string;
  legalBasis: string;
  scenario: string;
  scope: string;
  way: string;
  until: string;
}

type Source = "missing" | "operation";

const required = [{ required: true, message: say("请填写", "Required") }];

function What({ source }: { source: Source }) {
  return (
    <>
      {source === "missing" ? (
        <Form.Item
          name="missing"
          label={say("申请标识，每行一个", "Ready-made ids, one on each line")}
          extra={say(
            "应答或者错误里的 extensions.apply，如 volunteer.phone:FULL@140105000000",
            "extensions.apply of an answer or error, e.g. volunteer.phone:FULL@140105000000",
          )}
          rules={required}
        >
          <Input.TextArea rows={2} />
        </Form.Item>
      ) : (
        <Form.Item
          name="operation"
          label={say("查询", "The question")}
          extra={say(
            "平台按所填目的推算缺什么，就申请什么。",
            "The hub works out what it lacks under the purpose below, and asks for that.",
          )}
          rules={required}
        >
          <Input.TextArea rows={5} spellCheck={false} />
        </Form.Item>
      )}
      <div className="hub-pair">
        <Form.Item name="level" label={say("级别（不填即所需的）", "Level (empty: what is needed)")}>
          <Select
            allowClear
            options={["AGGREGATE", "MASKED", "FULL"].map((one) => ({ value: one, label: levelWord(one) }))}
          />
        </Form.Item>
        <Form.Item
          name="territory"
          label={say("属地代码（不填即所问的）", "Territory code (empty: as asked)")}
        >
          <Input />
        </Form.Item>
      </div>
    </>
  );
}

function Why() {
  const { purposes } = useNames();
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
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}

function Done({ filed }: { filed: Filed["requestAccess"] }) {
  return (
    <Part id="filed" title={say("已提出", "Filed")}>
      <Alert
        type="success"
        showIcon
        role="status"
        title={say(`已提出 ${filed.length} 份申请`, `${filed.length} request(s) filed`)}
        description={say(
          "每个提供单位、每种共享属性一份。下一步由本部门负责人审批。",
          "One for each provider and class. Next your own head approves.",
        )}
      />
      <ul className="hub-plain">
        {filed.map(({ id, providerName }) => (
          <li key={id}>
            <a href={to(["access", "requests", id])}>{say(`向${providerName}`, `To ${providerName}`)}</a>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function NewRequest({ query }: { query: URLSearchParams }) {
  const me = useMe();
  const acting = useAct<Filed>();
  const [source, setSource] = useState<Source>(query.has("operation") ? "operation" : "missing");
  // The same form sent twice is one filing; after a refusal it is another.
  const once = useRef(crypto.randomUUID());
  const file = async ({ missing, operation, until, ...rest }: Values) => {
    const ids = missing
      ?.split(/\n/)
      .map((id) => id.trim())
      .filter(Boolean);
    const what = source === "missing" ? { missing: ids } : { operation };
    const asked = { ...rest, ...what, territory: rest.territory?.trim() || null };
    const kept = await acting.take(FILE, { ...asked, until: dayStart(until), once: once.current });
    if (!kept) once.current = crypto.randomUUID();
  };
  const first = {
    missing: query.get("missing") ?? "",
    operation: query.get("operation") ?? "",
    way: "API",
    ...(me.purpose && { purpose: me.purpose }),
  };
  return (
    <Page
      title={say("提出共享申请", "File a request")}
      sub={say("政务数据共享条例第二十条。", "Regulation on Government Data Sharing, Art. 20.")}
      back={{ href: to(["access", "requests"]), text: say("全部申请", "All requests") }}
    >
      <Tabs open="requests" />
      {acting.done ? (
        <Done filed={acting.done.requestAccess} />
      ) : (
        <Part id="new" title={say("申请什么、为什么", "What, and why")}>
          <Segmented<Source>
            aria-label={say("从何而来", "From")}
            value={source}
            onChange={setSource}
            options={[
              { value: "missing", label: say("现成的申请标识", "A ready-made id") },
              { value: "operation", label: say("一个查询", "A question") },
            ]}
          />
          <Form<Values> layout="vertical" initialValues={first} onFinish={file} requiredMark="optional">
            <What source={source} />
            <Why />
            {acting.fault && <Problem fault={acting.fault} />}
            <Button type="primary" htmlType="submit" loading={acting.busy}>
              {say("提出申请", "File the request")}
            </Button>
          </Form>
        </Part>
      )}
    </Page>
  );
}
