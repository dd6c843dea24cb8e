// The reports across departments: what each answers, and its figures on a map, in a chart and in a table.
import { BarChartOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const reports: Room = {
  path: "reports",
  zh: "报表",
  en: "Reports",
  icon: BarChartOutlined,
  page: lazy(() => import("./reports")),
};
