// The first room: what my department can see, what waits for me, what changed.
import { HomeOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const home: Room = {
  path: "",
  zh: "首页",
  en: "Home",
  icon: HomeOutlined,
  page: lazy(() => import("./home")),
};
