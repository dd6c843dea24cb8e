// Questions of one's own: ready-made ones, and the way to GraphiQL.
import { CodeOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { Room } from "../../room";

export const questions: Room = {
  path: "questions",
  zh: "提问",
  en: "Questions",
  icon: CodeOutlined,
  page: lazy(() => import("./questions")),
};
