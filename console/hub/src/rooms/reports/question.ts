// The questions of a report's page, made of what the hub says of the report: no report is known by name.
import type { Report } from "./described";
import { type Measure, YEAR } from "./measures";
import { type below, wayTo } from "./territory";

export interface Asked {
  within: string;
  /** Year of a column or of the whole report; empty: all. */
  year: string;
  /** Day as of which the figures are asked for as well; empty: today's alone. */
  past: string;
}

export interface Way {
  /** The report's rows say which year they are of. */
  yearColumn: boolean;
}

type Lower = ReturnType<typeof below>;

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

export const keyOf = (level: Lower) => `territory${capital(level)}`;

function conditions(
  measure: Measure | undefined,
  asked: Asked,
  way: Way,
  more: readonly string[] = [],
): string {
  const all = [
    `territory: { within: "${asked.within}" }`,
    ...(way.yearColumn && asked.year ? [`${YEAR}: { eq: ${Number(asked.year)} }`] : []),
    ...(measure?.whole === "where" ? [`${measure.id}: { eq: true }`] : []),
    ...more,
  ];
  return `{ ${all.join(", ")} }`;
}

/** As of the end of that day. */
const instant = (day: string) => `${day}T23:59:59+08:00`;

function timeOf(report: Report, { year }: Asked, past: string): string {
  const parts = [
    ...(report.byYear && year ? [`year: ${Number(year)}`] : []),
    ...(past ? [`asOf: "${instant(past)}"`] : []),
  ];
  return parts.map((part) => `, ${part}`).join("");
}

export const selected = ({ id, whole }: Measure) =>
  whole === "count" || whole === "where" ? "" : ` ${whole} { ${id} }`;

function aggregate(alias: string, report: Report, group: string, inside: string, ends: string): string {
  return `  ${alias}: ${report.query}Aggregate(${group}${inside}) {
    groups { ${ends} suppressed }
    coverage { territory name counted withheld }
  }`;
}

/** Figures of the places below the one that is open, of the whole of it, and what the places are called. */
export function mapQuestion(report: Report, measure: Measure, asked: Asked, way: Way, lower: Lower): string {
  const where = conditions(measure, asked, way);
  const group = `groupBy: [TERRITORY_${lower.toUpperCase()}], first: 1000, where: `;
  const key = `key { ${keyOf(lower)} } count${selected(measure)}`;
  const place = `scheme: { eq: STATISTICS }, `;
  const past = asked.past
    ? [aggregate("past", report, group, where + timeOf(report, asked, asked.past), key)]
    : [];
  return `query ${capital(report.id)}On${capital(lower)} {
${[
  aggregate("now", report, group, where + timeOf(report, asked, ""), key),
  ...past,
  aggregate("whole", report, "where: ", where + timeOf(report, asked, ""), `count${selected(measure)}`),
  `  places: divisions(first: 1000, where: { ${place}level: { eq: ${lower.toUpperCase()} }, territory: { within: "${asked.within}" } }) {
    nodes { code name }
  }`,
  `  way: divisions(first: 10, where: { ${place}code: { in: [${wayTo(asked.within)
    .map((code) => `"${code}"`)
    .join(", ")}] } }) {
    nodes { code name }
  }`,
].join("\n")}
}`;
}

/** One figure a year for the place that is open. */
export function yearsQuestion(
  report: Report,
  measure: Measure,
  asked: Asked,
  way: Way,
  years: readonly number[],
): string {
  const all = { ...asked, year: "", past: "" };
  const where = conditions(measure, all, way);
  const body = way.yearColumn
    ? aggregate(
        "years",
        report,
        "groupBy: [YEAR], first: 100, where: ",
        where,
        `key { year } count${selected(measure)}`,
      )
    : years
        .map((year) =>
          aggregate(`y${year}`, report, "where: ", `${where}, year: ${year}`, `count${selected(measure)}`),
        )
        .join("\n");
  return `query ${capital(report.id)}ByYear {\n${body}\n}`;
}

export const ROWS = 50;

export function rowsQuestion(
  report: Report,
  names: readonly string[],
  asked: Asked,
  way: Way,
  few: boolean,
): string {
  const where = conditions(undefined, asked, way) + timeOf(report, asked, "");
  return `query ${capital(report.id)}Rows {
  rows: ${report.query}(${few ? `first: ${ROWS}, ` : ""}where: ${where}) {${few ? "\n    totalCount" : ""}
    nodes {
      ${names.join("\n      ")}
    }
  }
}`;
}
