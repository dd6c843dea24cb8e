// Starts the page.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { language, say } from "../../session/language";
import { openSession } from "../../session/session";
import { App } from "./app";
import { startDocsAtTop } from "./panels";

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
document.title = say("社区信息共享平台 GraphiQL", "Community Hub GraphiQL");

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App />);
startDocsAtTop();
void openSession();
