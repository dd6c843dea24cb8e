// Ready-made questions by who would ask them; each opens in GraphiQL, asked as the department that is signed in.
import { Button, Input } from "antd";
import { useState } from "react";
import { EXAMPLES, type Example, USERS } from "../../../../graphiql/src/examples";
import { nameOf, say } from "../../../../session/language";
import { useMe } from "../../me";
import { graphqlAddress } from "../../parts/graphql-link";
import { Page, Part } from "../../parts/page";
import { Empty } from "../../states";

function matches(example: Example, term: string): boolean {
  const text = `${example.zh} ${example.en} ${example.query}`.toLowerCase();
  return text.includes(term.trim().toLowerCase());
}

function ExampleLine({ example, own }: { example: Example; own: boolean }) {
  return (
    <li data-example={example.id}>
      <a href={graphqlAddress(example.query, example.variables)} target="_blank" rel="noopener opener">
        {nameOf(example)}
      </a>
      {own && <span className="hub-quiet">{say("为本部门准备", "made for your department")}</span>}
    </li>
  );
}

function Group({ user, examples }: { user: (typeof USERS)[number]; examples: readonly Example[] }) {
  const { department } = useMe();
  if (examples.length === 0) return null;
  return (
    <Part id={user.code} title={nameOf(user)}>
      <ul className="hub-news">
        {examples.map((example) => (
          <ExampleLine key={example.id} example={example} own={example.department === department.code} />
        ))}
      </ul>
    </Part>
  );
}

export default function Questions() {
  const [term, setTerm] = useState("");
  const found = EXAMPLES.filter((example) => matches(example, term));
  return (
    <Page
      title={say("提问", "Questions")}
      sub={say(
        "在 GraphiQL 中写、改、运行查询：左侧有文档，右侧说明哪些内容未给出、依据是什么、向谁申请，并可下载。以当前部门和使用目的提问。",
        "Write and run queries in GraphiQL: it documents every field, tells what was withheld, why, and how to request it, and saves answers as files. Asked as your department and for your purpose.",
      )}
      actions={
        <Button type="primary" href="/graphiql" target="_blank" rel="opener">
          {say("打开 GraphiQL", "Open GraphiQL")}
        </Button>
      }
    >
      <Input
        allowClear
        value={term}
        onChange={({ target }) => setTerm(target.value)}
        aria-label={say("搜索示例", "Search the examples")}
        placeholder={say("搜索示例", "Search the examples")}
      />
      {found.length === 0 && <Empty>{say("没有这样的示例。", "There is no such example.")}</Empty>}
      {USERS.map((user) => (
        <Group key={user.code} user={user} examples={found.filter((example) => example.user === user.code)} />
      ))}
    </Page>
  );
}
