// The room of sharing: requests on their clocks, grants, apps and their operations, the matrix of rights.
import { AuditOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const access: Room = {
  path: "access",
  zh: "共享",
  en: "Access",
  icon: AuditOutlined,
  page: lazy(() => import("./access")),
};
