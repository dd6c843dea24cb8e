// The panel of ready-made questions, grouped by who would ask them.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { nameOf, say } from "../../session/language";
import { chooseDepartment, chooseRole, session } from "../../session/session";
import { EXAMPLES, type Example, USERS } from "./examples";
import { isNarrow } from "./window";

function useOpenExample(): (example: Example) => void {
  const { addTab, setVisiblePlugin } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return (example) => {
    chooseDepartment(example.department, example.purpose ?? "");
    chooseRole(example.head ? "head" : "staff");
    addTab();
    queryEditor?.setValue(`# ${nameOf(example)}\n${example.query.trim()}\n`);
    variableEditor?.setValue(
      example.variables === undefined ? "" : JSON.stringify(example.variables, null, 2),
    );
    if (isNarrow()) setVisiblePlugin(null);
  };
}

function ExampleCard({ example, open }: { example: Example; open(example: Example): void }) {
  const state = session.use();
  const department = state.identities.find((one) => one.code === example.department);
  const purpose = department?.purposes.find((one) => one.code === example.purpose);
  return (
    <li>
      <button
        type="button"
        className="hub-card hub-example"
        data-example={example.id}
        onClick={() => open(example)}
      >
        <strong>{nameOf(example)}</strong>
        <span>
          {department === undefined ? example.department : nameOf(department)}
          {purpose !== undefined && ` · ${nameOf(purpose)}`}
        </span>
      </button>
    </li>
  );
}

export function ExamplePanel() {
  const open = useOpenExample();
  return (
    <section className="hub-panel" aria-label={say("示例问题", "Examples")}>
      <h2>{say("示例问题", "Examples")}</h2>
      <p>
        {say(
          "点一下即在新标签页打开，并换到提问的部门；再换一个部门运行，答案随权限而变。",
          "A click opens the question in a new tab and selects its department. Run it as another department: the answer follows its rights.",
        )}
      </p>
      {USERS.map((user) => (
        <div key={user.code}>
          <h3>{nameOf(user)}</h3>
          <ul className="hub-cards">
            {EXAMPLES.filter((example) => example.user === user.code).map((example) => (
              <ExampleCard key={example.id} example={example} open={open} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
