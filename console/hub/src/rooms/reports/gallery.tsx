// All reports with their questions, in the order of their numbers.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { Page } from "../../parts/page";
import { day } from "../../parts/time";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { GALLERY, nameOf, type Report } from "./described";

function latest(report: Report): string | undefined {
  return report.inputs
    .flatMap(({ changedOn }) => (changedOn ? [changedOn] : []))
    .sort()
    .at(-1);
}

function Card({ report }: { report: Report }) {
  const changed = latest(report);
  return (
    <li className="hub-entry" data-report={report.id}>
      <p className="hub-report-no">{report.no}</p>
      <h2>
        <a href={to(["reports", report.id])}>{nameOf(report)}</a>
      </h2>
      <p>{say(report.zh, report.en)}</p>
      <p className="hub-quiet">
        {[
          report.article,
          say(`${report.inputs.length} 个来源`, `${report.inputs.length} inputs`),
          changed && say(`数据变更至 ${day(changed)}`, `data changed ${day(changed)}`),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </li>
  );
}

const place = ({ no }: Report) => Number(/\d+/.exec(no)?.[0] ?? 999);

export function Gallery() {
  const asked = useAsk<{ reports: Report[] }>(GALLERY);
  return (
    <Page
      title={say("报表", "Reports")}
      sub={say(
        "跨部门报表由各部门数据实时算出，按本部门对来源的权限显示。",
        "Computed from the departments' data when asked, as far as your rights to the inputs reach.",
      )}
      actions={<GraphqlLink question={GALLERY} />}
    >
      <Shown asked={asked} rows={8}>
        {({ reports }) =>
          reports.length === 0 ? (
            <Empty>
              {say(
                "平台没有报表，请与大数据部门联系。",
                "The hub has no report: ask the big-data department.",
              )}
            </Empty>
          ) : (
            <ul className="hub-entries hub-reports">
              {[...reports]
                .sort((a, b) => place(a) - place(b))
                .map((report) => (
                  <Card key={report.id} report={report} />
                ))}
            </ul>
          )
        }
      </Shown>
    </Page>
  );
}
