// A report of a period: one of its figures in a chart, and all of them in a table.
import { Select } from "antd";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { Chart, FigureCell } from "../../parts/chart";
import { GraphqlLink } from "../../parts/graphql-link";
import { Part } from "../../parts/page";
import { note } from "../../router";
import { Empty, Shown } from "../../states";
import { DayChoice } from "./day-choice";
import type { Column, Report } from "./described";

interface Paged {
  report: { totalCount: number; hasNextPage: boolean; rows: (string | null)[][] };
}

const PERIOD = /* GraphQL */ `
  query ReportOfPeriod($id: String!, $from: Date, $until: Date) {
    report(id: $id, from: $from, until: $until, first: 1000) {
      totalCount hasNextPage rows
    }
  }
`;

const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? "");

function periodOf(query: URLSearchParams) {
  const [from, until] = [query.get("from"), query.get("until")];
  const today = new Date();
  return {
    from: isDay(from) ? from : `${today.getFullYear()}-01-01`,
    until: isDay(until) ? until : `${today.getFullYear() + 1}-01-01`,
  };
}

/** Columns that hold figures in some row; the others say whose row it is. */
function figuresOf(report: Report, rows: readonly (string | null)[][]): number[] {
  return report.columns
    .map((_, index) => index)
    .filter((index) => report.columns[index]?.name.includes(".") || isFigure(rows, index));
}

function isFigure(rows: readonly (string | null)[][], index: number): boolean {
  const values = rows.flatMap((row) => row[index] ?? []);
  return values.length > 0 && values.every((value) => /^-?\d+(\.\d+)?$/.test(value) && value.length < 12);
}

const figure = (value: string | null | undefined) =>
  value === null || value === undefined ? null : Number(value);

const title = (column: Column | undefined) => (column ? say(column.zh, column.en) : "");

function Whole({ report, rows, figures }: { report: Report; rows: (string | null)[][]; figures: number[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="hub-scroll hub-report-rows" aria-label={say("全部数字", "All figures")} tabIndex={0}>
      <table className="hub-table">
        <thead>
          <tr>
            {report.columns.map((column) => (
              <th key={column.name} scope="col">
                {title(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slice(0, 2).join()}>
              {row.map((value, index) => (
                <td key={report.columns[index]?.name} className={figures.includes(index) ? "hub-number" : ""}>
                  {figures.includes(index) ? <FigureCell figure={figure(value)} /> : (value ?? "—")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Period({ report, query }: { report: Report; query: URLSearchParams }) {
  const period = periodOf(query);
  const variables = { id: report.id, ...period };
  const asked = useAsk<Paged>(PERIOD, variables);
  const rows = asked.answer?.data.report?.rows ?? [];
  const figures = figuresOf(report, rows);
  const named = figures.find((index) => report.columns[index]?.name === query.get("measure"));
  const chosen = named ?? figures[0];
  const measure = chosen === undefined ? undefined : report.columns[chosen];
  const keep = (change: Record<string, string>) =>
    note({ ...period, ...(measure && { measure: measure.name }), ...change });
  const who = figures[0] ? Array.from({ length: figures[0] }, (_, index) => index) : [];
  return (
    <Part
      id="figures"
      title={say("图和表", "Figures")}
      actions={<GraphqlLink question={PERIOD} variables={variables} />}
    >
      <search className="hub-controls">
        {measure && (
          <Select
            aria-label={say("指标", "Figure")}
            className="hub-measure"
            value={measure.name}
            onChange={(name) => keep({ measure: name })}
            options={figures.map((index) => ({
              value: report.columns[index]?.name,
              label: title(report.columns[index]),
            }))}
          />
        )}
        <DayChoice label={say("自", "From")} value={period.from} choose={(from) => keep({ from })} />
        <DayChoice
          label={say("至（不含）", "until before")}
          value={period.until}
          choose={(until) => keep({ until })}
        />
      </search>
      <Shown asked={asked} rows={8}>
        {({ report: paged }) =>
          paged.rows.length === 0 || chosen === undefined ? (
            <Empty>
              {say("期内没有办理事项。换一个期间。", "Nothing happened in the period. Try another one.")}
            </Empty>
          ) : (
            <>
              <Chart
                title={title(measure)}
                kind="bar"
                labelHead={say("单位", "Department")}
                labels={paged.rows.map((row) => who.map((index) => row[index]).join(" "))}
                series={[{ name: title(measure), figures: paged.rows.map((row) => figure(row[chosen])) }]}
              />
              <details>
                <summary>{say("全部数字", "All figures")}</summary>
                <Whole report={report} rows={paged.rows} figures={figures} />
              </details>
            </>
          )
        }
      </Shown>
    </Part>
  );
}
