// Starts the console.
import "./page.css";
import { createRoot } from "react-dom/client";
import { language, say } from "../../session/language";
import { openSession } from "../../session/session";
import { App } from "./app";

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
document.title = say("社区信息共享平台", "Community Hub");

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App />);
void openSession();
