// A question that a page of the console hands over behind # of the address: opened in a tab of its own.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";

interface Handed {
  query: string;
  variables: Record<string, unknown>;
}

/** The packed text is base64url of JSON; whatever is not is no question. */
function handedIn(hash: string): Handed | undefined {
  const packed = /^#open=([\w-]+)$/.exec(hash)?.[1];
  if (packed === undefined) return undefined;
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const { query, variables } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Handed>;
    return typeof query === "string" ? { query, variables: variables ?? {} } : undefined;
  } catch {
    return undefined;
  }
}

export function HandedQuestion() {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const handed = useRef(handedIn(location.hash));
  useEffect(() => {
    const { current } = handed;
    if (!current || !queryEditor || !variableEditor) return;
    handed.current = undefined;
    // Opened once: a reload of the page must not open it again.
    history.replaceState(null, "", location.pathname);
    addTab();
    queryEditor.setValue(`${current.query.trim()}\n`);
    const given = Object.keys(current.variables).length > 0;
    variableEditor.setValue(given ? JSON.stringify(current.variables, null, 2) : "");
  }, [addTab, queryEditor, variableEditor]);
  return null;
}
