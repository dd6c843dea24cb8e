// The page: the hub's bar, and GraphiQL below it with the hub's panels.
import type { GraphiQLPlugin } from "@graphiql/react";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { useMemo } from "react";
import { say } from "../../session/language";
import { session } from "../../session/session";
import { AccessPanel } from "./access-panel";
import { AnswerBar } from "./answer-bar";
import { ask } from "./ask";
import { EditorManners } from "./editor-manners";
import { ExamplePanel } from "./example-panel";
import { HandedQuestion } from "./handed-question";
import { AccessIcon, ExampleIcon } from "./icons";
import { TopBar } from "./top-bar";
import { WELCOME } from "./welcome";
import { isNarrow } from "./window";

const EXAMPLE_PLUGIN: GraphiQLPlugin = {
  title: say("示例问题", "Examples"),
  icon: ExampleIcon,
  content: ExamplePanel,
};

const ACCESS_PLUGIN: GraphiQLPlugin = {
  title: say("权限", "Access"),
  icon: AccessIcon,
  content: AccessPanel,
};

const PLUGINS = [EXAMPLE_PLUGIN, ACCESS_PLUGIN, HISTORY_PLUGIN];

/** On a phone a panel covers the editor, so none is open at first. */
const FIRST_PLUGIN = isNarrow() ? undefined : EXAMPLE_PLUGIN;

function fetcherFor(_token: string) {
  return (...args: Parameters<typeof ask>) => ask(...args);
}

export function App() {
  const { demo, token } = session.use();
  // GraphiQL asks for the schema again whenever its fetcher is another: once for each token.
  const fetcher = useMemo(() => fetcherFor(token), [token]);
  return (
    <>
      <TopBar />
      {demo !== undefined && (
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          visiblePlugin={FIRST_PLUGIN}
          defaultQuery={WELCOME}
          defaultEditorToolsVisibility={isNarrow() ? false : "variables"}
          shouldPersistHeaders
          inputValueDeprecation
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
          <GraphiQL.Footer>
            <AnswerBar accessTitle={ACCESS_PLUGIN.title} />
          </GraphiQL.Footer>
          <EditorManners />
          <HandedQuestion />
        </GraphiQL>
      )}
    </>
  );
}
