// A chart with its table: both are made of the same columns and rows, so that they cannot tell different figures.
import { Segmented } from "antd";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { say } from "../../../session/language";
import { Loading } from "../states";
import { Suppressed, Withheld } from "./marks";
import { number } from "./time";

/** A figure, or why there is none. Neither is ever drawn or told as 0. */
export type Figure = number | null | "suppressed" | "withheld";

export interface Series {
  name: string;
  unit?: string;
  figures: readonly Figure[];
}

export interface ChartProps {
  /** What the chart tells, for those who hear it. */
  title: string;
  kind: "bar" | "line";
  /** What is along the axis: names of districts, years. */
  labels: readonly string[];
  series: readonly Series[];
  /** First column of the table. */
  labelHead: string;
  /** Called with the place in `labels` that was clicked; the table then offers the same as buttons. */
  open?: (index: number) => void;
}

const Drawing = lazy(() => import("./drawing"));

export function FigureCell({ figure, unit }: { figure: Figure; unit?: string }): ReactNode {
  if (figure === "suppressed") return <Suppressed />;
  if (figure === "withheld") return <Withheld />;
  if (figure === null) return <span className="hub-quiet">—</span>;
  return unit ? `${number(figure)} ${unit}` : number(figure);
}

function ChartTable({ title, labels, series, labelHead, open }: ChartProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="hub-scroll" aria-label={title} tabIndex={0}>
      <table className="hub-table">
        <thead>
          <tr>
            <th scope="col">{labelHead}</th>
            {series.map(({ name, unit }) => (
              <th key={name} scope="col" className="hub-number">
                {unit ? `${name}（${unit}）` : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">
                {open ? (
                  <button type="button" className="hub-link" onClick={() => open(index)}>
                    {label}
                  </button>
                ) : (
                  label
                )}
              </th>
              {series.map(({ name, figures }) => (
                <td key={name} className="hub-number">
                  <FigureCell figure={figures[index] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type View = "chart" | "table" | "both";

export function Chart(props: ChartProps) {
  const [view, setView] = useState<View>("both");
  return (
    <div className="hub-chart-frame">
      <Segmented<View>
        size="small"
        value={view}
        onChange={setView}
        aria-label={say("显示方式", "View")}
        options={[
          { value: "both", label: say("图和表", "Both") },
          { value: "chart", label: say("图", "Chart") },
          { value: "table", label: say("表", "Table") },
        ]}
      />
      {view !== "table" && (
        <Suspense fallback={<Loading />}>
          <Drawing {...props} />
        </Suspense>
      )}
      {view !== "chart" && <ChartTable {...props} />}
    </div>
  );
}
