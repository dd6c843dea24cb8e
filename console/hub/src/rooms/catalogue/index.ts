// The catalogue: every dataset and report, what is in it, what I may see of it, and how to ask for more.
import { DatabaseOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const catalogue: Room = {
  path: "catalogue",
  zh: "目录",
  en: "Catalogue",
  icon: DatabaseOutlined,
  page: lazy(() => import("./catalogue")),
};
