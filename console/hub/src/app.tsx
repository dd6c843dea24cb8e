// The console: language and look for the component library, the session, and the frame with its room.
import { ConfigProvider, App as Library } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { language } from "../../session/language";
import { session } from "../../session/session";
import { useAsk } from "./ask";
import { Frame } from "./frame/frame";
import { SignIn } from "./frame/sign-in";
import { themeOf, useDark } from "./look";
import { ME, type Me, MeContext } from "./me";
import { Loading, Problem } from "./states";

const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** Who asks must be known first; a hub that knows nobody asks for a token. */
function Entrance() {
  const { demo, token } = session.use();
  const asked = useAsk<{ me: Me }>(demo === undefined ? null : ME);
  if (asked.fault?.code === "UNAUTHENTICATED")
    return <SignIn refused={token === "" ? undefined : asked.fault} />;
  if (asked.fault) {
    return (
      <main className="hub-alone">
        <Problem fault={asked.fault} again={asked.again} />
      </main>
    );
  }
  if (!asked.answer) {
    return (
      <main className="hub-alone">
        <Loading />
      </main>
    );
  }
  return (
    <MeContext value={asked.answer.data.me}>
      <Frame />
    </MeContext>
  );
}

export function App() {
  const dark = useDark();
  useEffect(() => {
    document.documentElement.dataset.look = dark ? "dark" : "light";
  }, [dark]);
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={themeOf(dark)}
      csp={{ nonce: NONCE }}
      button={{ autoInsertSpace: false }}
    >
      <Library className="hub-app">
        <Entrance />
      </Library>
    </ConfigProvider>
  );
}
