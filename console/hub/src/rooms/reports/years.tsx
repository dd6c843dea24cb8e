// The years of a report side by side, for the place that is open.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { Chart } from "../../parts/chart";
import { GraphqlLink } from "../../parts/graphql-link";
import { Part } from "../../parts/page";
import { Empty, Shown } from "../../states";
import type { Report } from "./described";
import { figureOf, type Grouped } from "./figures";
import type { Measure } from "./measures";
import { type Asked, type Way, yearsQuestion } from "./question";

const LOOKED_BACK = 5;

/** This year and those before it. */
export function recentYears(now = new Date()): number[] {
  return Array.from({ length: LOOKED_BACK }, (_, back) => now.getFullYear() - LOOKED_BACK + 1 + back);
}

interface Answered {
  years?: Grouped | null;
  [year: `y${number}`]: Grouped | null;
}

function ofYears(data: Answered, measure: Measure, place: string, way: Way) {
  if (!way.yearColumn)
    return recentYears().map((year) => {
      const grouped = data[`y${year}`];
      return { year: String(year), figure: figureOf(measure, grouped?.groups[0], grouped, place) };
    });
  return (data.years?.groups ?? [])
    .map((group) => ({
      year: String(group.key?.year ?? "—"),
      figure: figureOf(measure, group, data.years, place),
    }))
    .sort((a, b) => a.year.localeCompare(b.year));
}

export function Years({
  report,
  measure,
  asked,
  way,
}: {
  report: Report;
  measure: Measure;
  asked: Asked;
  way: Way;
}) {
  const question = yearsQuestion(report, measure, asked, way, recentYears());
  const answered = useAsk<Answered>(question);
  return (
    <Part
      id="years"
      title={say("历年比较", "Years compared")}
      sub={measure.title}
      actions={<GraphqlLink question={question} />}
    >
      <Shown asked={answered}>
        {(data) => {
          const years = ofYears(data, measure, asked.within, way);
          if (years.length === 0) return <Empty>{say("没有可见的年度。", "No year is visible.")}</Empty>;
          return (
            <Chart
              title={`${measure.title} · ${say("历年", "by year")}`}
              // A line needs two years.
              kind={years.length > 1 ? "line" : "bar"}
              labelHead={say("年度", "Year")}
              labels={years.map(({ year }) => year)}
              series={[
                {
                  name: measure.title,
                  ...(measure.unit && { unit: measure.unit }),
                  figures: years.map(({ figure }) => figure),
                },
              ]}
            />
          );
        }}
      </Shown>
    </Part>
  );
}
