// Starts the page.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { language, say } from "./language";
import { startDocsAtTop } from "./panels";
import { openSession } from "./session";

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
document.title = say("社区信息共享平台 GraphiQL", "Community Hub GraphiQL");

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App />);
startDocsAtTop();
void openSession();
