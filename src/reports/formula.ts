/** The formula of a report's column in words that a reader can compute by. */
import { type Bound, type Computed, type DatasetEntry, isToday } from "../declare";

export function formulaOf(report: DatasetEntry, name: string, computed: Computed | undefined): string {
  if (report.findings) return "按规则，见 rules by the rule, see rules";
  if (!computed || computed.is === "own") return `${report.from}.${name}`;
  switch (computed.is) {
    case "ratio":
      return `${computed.of} ÷ ${computed.to}${computed.per === 1 ? "" : ` × ${computed.per}`}`;
    case "total":
      return totalOf(computed);
    case "test":
      return testOf(computed);
  }
  const where = computed.where ? ` where ${JSON.stringify(computed.where)}` : "";
  const times = computed.is === "sum" && computed.times ? ` × ${computed.times}` : "";
  const none = computed.is === "sum" && computed.none === 0 ? "，无记录计 0 or 0 without rows" : "";
  return computed.is === "count"
    ? `count(${computed.link}${where})`
    : `${computed.is}(${computed.link}.${computed.field}${times}${where})${none}`;
}

function totalOf({ of, least }: Computed & { is: "total" }): string {
  const parts = Object.entries(of).map(([name, times], i) => {
    const sign = times < 0 ? "− " : i > 0 ? "+ " : "";
    return `${sign}${Math.abs(times) === 1 ? "" : `${Math.abs(times)} × `}${name}`;
  });
  return least === undefined ? parts.join(" ") : `max(${least}, ${parts.join(" ")})`;
}

function testOf({ of, below, above }: Computed & { is: "test" }): string {
  const limit = (bound: Bound) =>
    isToday(bound) ? `今天 today${bound.today === 0 ? "" : ` ${bound.today} d`}` : String(bound);
  const tests = [
    ...(below === undefined ? [] : [`${of} < ${limit(below)}`]),
    ...(above === undefined ? [] : [`${of} > ${limit(above)}`]),
  ];
  return tests.join(" or ");
}
