// What stands behind a report: its inputs, coverage, formulas, and what it cannot say.
import { say } from "../../../../session/language";
import { Part } from "../../parts/page";
import { day } from "../../parts/time";
import { to } from "../../router";
import { useTitles } from "../../titles";
import { oneLanguage, type Report } from "./described";

function Inputs({ report }: { report: Report }) {
  const titles = useTitles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="hub-scroll" aria-label={say("来源", "Inputs")} tabIndex={0}>
      <table className="hub-table">
        <thead>
          <tr>
            <th scope="col">{say("数据集", "Dataset")}</th>
            <th scope="col">{say("数源部门", "Steward")}</th>
            <th scope="col">{say("更新周期", "Updated")}</th>
            <th scope="col">{say("最近变更", "Latest change")}</th>
          </tr>
        </thead>
        <tbody>
          {report.inputs.map((input) => {
            const title = titles.get(input.dataset);
            return (
              <tr key={input.dataset}>
                <th scope="row">
                  {title ? (
                    <a href={to(["catalogue", input.dataset])}>{say(title.title, title.en)}</a>
                  ) : (
                    input.zh
                  )}
                </th>
                <td>{title?.provider.zh ?? input.steward}</td>
                <td>{input.update ?? "—"}</td>
                <td>{input.changedOn ? day(input.changedOn) : say("无变更记录", "none on record")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Formulas({ report }: { report: Report }) {
  return (
    <details>
      <summary>
        {say(`各列的计算方法（${report.columns.length} 列）`, `Formulas of ${report.columns.length} columns`)}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="hub-scroll" aria-label={say("计算方法", "Formulas")} tabIndex={0}>
        <table className="hub-table">
          <thead>
            <tr>
              <th scope="col">{say("列", "Column")}</th>
              <th scope="col">{say("单位", "Unit")}</th>
              <th scope="col">{say("计算方法", "Formula")}</th>
              <th scope="col">{say("依据", "Article")}</th>
            </tr>
          </thead>
          <tbody>
            {report.columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">
                  {say(column.zh, column.en)}
                  <br />
                  <code>{column.name}</code>
                </th>
                <td>{column.unit ?? "—"}</td>
                <td>
                  <code className="hub-formula">{column.formula}</code>
                </td>
                <td>{column.article ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

export function About({ report }: { report: Report }) {
  return (
    <Part id="about" title={say("口径与来源", "What stands behind it")}>
      <dl className="hub-said">
        <dt>{say("依据", "Article")}</dt>
        <dd>{report.article ?? "—"}</dd>
        <dt>{say("范围与缺漏", "Coverage")}</dt>
        <dd>{oneLanguage(report.coverage)}</dd>
        <dt>{say("不能说明", "What it cannot say")}</dt>
        <dd>{oneLanguage(report.cannotSay)}</dd>
      </dl>
      <Inputs report={report} />
      <Formulas report={report} />
    </Part>
  );
}
