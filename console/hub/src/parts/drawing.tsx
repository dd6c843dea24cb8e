// Draws a chart with ECharts; loaded only where a page has one. The tooltip is drawn too: markup with styles is forbidden.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useDark } from "../look";
import type { ChartProps, Figure } from "./chart";
import { number } from "./time";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const LIGHT = ["#0b57a4", "#c05717", "#1a7f37", "#7b3fb5", "#8a6100", "#57606a"];
const DARK = ["#6aa8f5", "#f0995a", "#6fdd8b", "#c59bf2", "#f0c264", "#a9b3bd"];

const drawn = (figure: Figure) => (typeof figure === "number" ? figure : null);

function optionOf({ kind, labels, series }: ChartProps, dark: boolean) {
  const ink = dark ? "#e6e9ec" : "#1b1f24";
  const line = dark ? "#353c44" : "#d8dee4";
  const many = labels.length > 6 || labels.some((label) => label.length > 8);
  return {
    animation: false,
    color: dark ? DARK : LIGHT,
    textStyle: { color: ink, fontFamily: "inherit" },
    grid: { left: 12, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: { show: series.length > 1, top: 0, type: "scroll", textStyle: { color: ink } },
    tooltip: {
      renderMode: "richText",
      trigger: "axis",
      valueFormatter: (value: unknown) => (typeof value === "number" ? number(value) : "—"),
    },
    xAxis: {
      type: "category",
      data: labels,
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: ink, interval: 0, rotate: many ? 40 : 0, width: 110, overflow: "truncate" },
    },
    yAxis: { type: "value", axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
    series: series.map(({ name, figures }) => ({
      name,
      type: kind,
      data: figures.map(drawn),
      barMaxWidth: 36,
      connectNulls: false,
    })),
  };
}

export default function Drawing(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const dark = useDark();
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current);
    chart.setOption(optionOf(props, dark));
    const { open } = props;
    if (open) chart.on("click", ({ dataIndex }) => dataIndex !== undefined && open(dataIndex));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [props, dark]);
  return <div ref={place} className="hub-chart" role="img" aria-label={props.title} />;
}
