// The room of the access log: who read my data, and whether the log is whole.
import { FileSearchOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const log: Room = {
  path: "log",
  zh: "访问记录",
  en: "Log",
  icon: FileSearchOutlined,
  page: lazy(() => import("./log")),
};
