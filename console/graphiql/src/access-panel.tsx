// The panel that says in words what the last answer left out, why, and where to ask for more.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { nameOf, say } from "../../session/language";
import { choosePurpose, chooseRole, identityOf, session } from "../../session/session";
import { type AccessLine, accessLines, applyOf, costParts, readsDatasets } from "./access";
import { lastAnswer } from "./ask";
import { filing } from "./filing";
import { isNarrow } from "./window";

function Fact({ name, value }: { name: string; value: string }) {
  if (value === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function OpeningPurposes({ codes }: { codes: string[] }) {
  const { run } = useGraphiQLActions();
  const known = identityOf(session.use())?.purposes ?? [];
  if (codes.length === 0) return null;
  const ask = (code: string) => {
    choosePurpose(code);
    run();
  };
  return (
    <p>
      {say("声明使用目的再问一次，可看到更多：", "Ask again for a purpose that opens more: ")}
      {codes.map((code) => {
        const purpose = known.find((one) => one.code === code);
        return (
          <button key={code} type="button" className="hub-chip" onClick={() => ask(code)}>
            {purpose === undefined ? code : nameOf(purpose)}
          </button>
        );
      })}
    </p>
  );
}

/** A steward is told as a kind of department; the demo knows the name of the city's one. */
function useNames(): (told: string) => string {
  const { identities } = session.use();
  return (told) =>
    told.replace(/[a-z]+(-[a-z]+)*(@\d+)?$/, (code) => {
      const bureau = identities.find((one) => one.code === code || one.code.startsWith(`${code}@`));
      return bureau === undefined ? code : nameOf(bureau);
    });
}

function Line({ line }: { line: AccessLine }) {
  const named = useNames();
  return (
    <li className={line.closed ? "hub-card hub-closed" : "hub-card hub-partial"}>
      <h3>
        {line.name} <code>{[line.dataset, line.field].filter(Boolean).join(".")}</code>
      </h3>
      <dl>
        <Fact name={say("你能看到", "You see")} value={line.held} />
        <Fact name={say("本问需要", "Asked for")} value={line.needed} />
        <Fact name={say("共享类别", "Class")} value={line.sharingClass} />
        <Fact name={say("数源部门", "Steward")} value={named(line.steward)} />
        <Fact name={say("例外", "Except")} value={line.exceptWhere} />
        <Fact name={say("原因", "Reason")} value={line.reason} />
        <Fact
          name={say("单独申请", "To apply for it alone")}
          value={line.apply && `missing: "${line.apply}"`}
        />
      </dl>
      <OpeningPurposes codes={line.purposes} />
    </li>
  );
}

/** Opens the request for what the answer lacked, to be completed by whoever files it. */
function Apply({ id }: { id: string }) {
  const { addTab, setVisiblePlugin } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  if (id === "") return null;
  const open = () => {
    chooseRole("staff");
    addTab();
    queryEditor?.setValue(filing(id, session.get().purpose));
    variableEditor?.setValue("");
    if (isNarrow()) setVisiblePlugin(null);
  };
  return (
    <p>
      <button type="button" className="hub-button hub-apply" onClick={open}>
        {say("申请所缺的内容", "Request what was missing")}
      </button>
    </p>
  );
}

function Cost({ parts }: { parts: [string, string][] }) {
  if (parts.length === 0) return null;
  return (
    <p className="hub-cost">
      {say("成本", "Cost")}
      {parts.map(([name, value]) => (
        <span key={name}>
          {name} <b>{value}</b>
        </span>
      ))}
    </p>
  );
}

function verdict(lines: AccessLine[], refused: boolean, reads: boolean): string {
  if (lines.length > 0) {
    return say(`${lines.length} 个字段没有完整给出：`, `${lines.length} field(s) were not answered in full:`);
  }
  if (refused) return say("此问未被回答，原因见结果中的 errors。", "Not answered: see errors in the result.");
  if (!reads) return say("此操作没有读取数据集。", "This operation read no dataset.");
  return say("所问字段全部完整给出。", "Every field asked for was answered in full.");
}

function AccessContent() {
  const answer = lastAnswer.use();
  if (answer === undefined) {
    return (
      <p className="hub-empty">
        {say(
          "运行一个查询后，这里说明哪些字段没有完整给出、缺哪一级权限、由哪个部门负责、到哪里申请。",
          "Run a query: this panel then says which fields were withheld, which level is missing, who is steward and where to apply.",
        )}
      </p>
    );
  }
  const lines = accessLines(answer.body);
  const refused = answer.body.data === undefined || answer.body.data === null;
  return (
    <>
      <p>
        {answer.asker !== undefined && <b>{nameOf(answer.asker)} · </b>}
        {verdict(lines, refused, readsDatasets(answer.body))}
      </p>
      <Apply id={applyOf(answer.body)} />
      <Cost parts={costParts(answer.body)} />
      <ul className="hub-cards">
        {lines.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </ul>
    </>
  );
}

export function AccessPanel() {
  return (
    <section className="hub-panel" aria-label={say("权限", "Access")}>
      <h2>{say("权限", "Access")}</h2>
      <AccessContent />
    </section>
  );
}
