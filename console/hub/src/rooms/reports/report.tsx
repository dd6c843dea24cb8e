// One report: its figures by place and year, its rows, and what stands behind it.
import { Select } from "antd";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { Page } from "../../parts/page";
import { note, to } from "../../router";
import { Empty, Shown } from "../../states";
import { About } from "./about";
import { DayChoice } from "./day-choice";
import { DESCRIBED, type Described, type Field, nameOf, type Report } from "./described";
import { firstOf, hasYearColumn, type Measure, measuresOf } from "./measures";
import { Period } from "./period";
import { Places } from "./places";
import type { Asked } from "./question";
import { Rows } from "./rows";
import { isCode } from "./territory";
import { recentYears, Years } from "./years";

interface ControlsProps {
  report: Report;
  measures: readonly Measure[];
  measure: Measure;
  asked: Asked;
  timed: boolean;
}

function Controls({ report, measures, measure, asked, timed }: ControlsProps) {
  const keep = (change: Record<string, string>) =>
    note({ ...asked, year: asked.year || "all", measure: measure.id, ...change });
  const all = report.byYear ? say("历年合计", "all years together") : say("全部年度", "all years");
  return (
    <search className="hub-controls">
      <Select
        aria-label={say("指标", "Figure")}
        className="hub-measure"
        value={measure.id}
        onChange={(id) => keep({ measure: id })}
        options={measures.map(({ id, title, unit }) => ({
          value: id,
          label: unit ? `${title}（${unit}）` : title,
        }))}
      />
      {timed && (
        <Select
          aria-label={say("年度", "Year")}
          value={asked.year}
          onChange={(year) => keep({ year: year || "all" })}
          options={[
            { value: "", label: all },
            ...recentYears()
              .reverse()
              .map((year) => ({ value: String(year), label: say(`${year} 年`, String(year)) })),
          ]}
        />
      )}
      <DayChoice
        label={say("与过去比较：截至", "Compare with:")}
        value={asked.past}
        choose={(past) => keep({ past })}
        max={new Date().toISOString().slice(0, 10)}
      />
    </search>
  );
}

function askedOf(query: URLSearchParams, territory: string, usualYear: string): Asked {
  const [within, year, past] = [query.get("within") ?? "", query.get("year"), query.get("past") ?? ""];
  return {
    within: isCode(within) ? within : territory,
    year: year === "all" ? "" : /^\d{4}$/.test(year ?? "") ? (year ?? "") : usualYear,
    past: /^\d{4}-\d\d-\d\d$/.test(past) ? past : "",
  };
}

function Figures({
  report,
  fields,
  query,
}: {
  report: Report;
  fields: readonly Field[];
  query: URLSearchParams;
}) {
  const { department } = useMe();
  const way = { yearColumn: hasYearColumn(fields, report) };
  const measures = measuresOf(report, fields);
  const measure = measures.find(({ id }) => id === query.get("measure")) ?? firstOf(measures);
  // Rows of several years are not added up unless somebody wants it.
  const asked = askedOf(query, department.territory, way.yearColumn ? String(new Date().getFullYear()) : "");
  const timed = way.yearColumn || report.byYear;
  return (
    <>
      <Places
        report={report}
        measure={measure}
        asked={asked}
        way={way}
        controls={<Controls {...{ report, measures, measure, asked, timed }} />}
      />
      {timed && <Years report={report} measure={measure} asked={asked} way={way} />}
      <Rows report={report} fields={fields} asked={asked} way={way} />
    </>
  );
}

export function ReportPage({ id, query }: { id: string; query: URLSearchParams }) {
  const described = useAsk<Described>(DESCRIBED, { id });
  return (
    <Shown asked={described} rows={10}>
      {({ reports, catalogueEntry }) => {
        const report = reports.find((one) => one.id === id);
        if (!report)
          return (
            <Empty action={<a href={to(["reports"])}>{say("回到报表", "Back to the reports")}</a>}>
              {say(`没有报表 ${id}`, `There is no report ${id}`)}
            </Empty>
          );
        return (
          <Page
            back={{ href: to(["reports"]), text: say("报表", "Reports") }}
            title={`${report.no} ${nameOf(report)}`}
            sub={say(report.zh, report.en)}
          >
            {report.byPeriod || !catalogueEntry ? (
              <Period report={report} query={query} />
            ) : (
              <Figures report={report} fields={catalogueEntry.fields} query={query} />
            )}
            <About report={report} />
          </Page>
        );
      }}
    </Shown>
  );
}
