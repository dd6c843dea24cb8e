// The line below an answer: what was left out, and the buttons that save it as a file.
import { useGraphiQL } from "@graphiql/react";
import { useState } from "react";
import { nameOf, say } from "../../session/language";
import { identityOf, session } from "../../session/session";
import { accessLines } from "./access";
import { type Answer, lastAnswer } from "./ask";
import { download, FILE_FORMATS, type FileFormat } from "./download";
import { openPanel } from "./panels";

function parsed(json: string | undefined): Record<string, unknown> {
  return json === undefined || json.trim() === "" ? {} : (JSON.parse(json) as Record<string, unknown>);
}

function useDownload() {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, operationName }) => ({
    queryEditor,
    variableEditor,
    headerEditor,
    operationName,
  }));
  return (format: FileFormat) => {
    const question = {
      query: editors.queryEditor?.getValue() ?? "",
      variables: parsed(editors.variableEditor?.getValue()),
      operationName: editors.operationName,
    };
    return download(question, parsed(editors.headerEditor?.getValue()), format);
  };
}

/** An answer stays on the page when another department is chosen: it then says whose it is. */
function Asker({ answer }: { answer: Answer }) {
  const current = identityOf(session.use());
  if (answer.asker === undefined) return null;
  const stale = current !== undefined && current.code !== answer.asker.code;
  return (
    <span className={stale ? "hub-stale" : undefined}>
      {nameOf(answer.asker)}
      {stale && say("的答案，换部门后还未运行", "'s answer; not yet run as the new department")}
    </span>
  );
}

function AccessSummary({ show }: { show(): void }) {
  const answer = lastAnswer.use();
  if (answer === undefined) return <span>{say("还没有运行查询", "Nothing asked yet")}</span>;
  const count = accessLines(answer.body).length;
  return (
    <>
      <Asker answer={answer} />
      <button type="button" className="hub-link" onClick={show}>
        {count === 0
          ? say("权限与成本", "Access and cost")
          : say(`${count} 个字段未完整给出，查看原因`, `${count} field(s) withheld or masked: why?`)}
      </button>
    </>
  );
}

export function AnswerBar({ accessTitle }: { accessTitle: string }) {
  const run = useDownload();
  const [notice, setNotice] = useState({ ok: true, text: "" });
  const [busy, setBusy] = useState(false);
  const start = async (format: FileFormat) => {
    setBusy(true);
    const done = await run(format).catch((error: unknown) => ({ ok: false, text: String(error) }));
    setNotice(done);
    setBusy(false);
  };
  return (
    <div className="hub-answer">
      <AccessSummary show={() => openPanel(accessTitle)} />
      <span className={notice.ok ? "hub-notice" : "hub-notice hub-refused"} role="status">
        {notice.text}
      </span>
      <span className="hub-files">
        {say("下载", "Download")}
        {FILE_FORMATS.map((format) => (
          <button
            key={format.label}
            type="button"
            className="hub-button"
            data-format={format.extension}
            disabled={busy}
            onClick={() => start(format)}
          >
            {format.label}
          </button>
        ))}
      </span>
    </div>
  );
}
