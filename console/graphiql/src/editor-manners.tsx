// What the editors must unlearn for Chinese text.
import { useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

/** Monaco frames full-width punctuation as if somebody had smuggled it in. */
const MANNERS = { unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true } };

export function EditorManners() {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, responseEditor }) => [
    queryEditor,
    variableEditor,
    headerEditor,
    responseEditor,
  ]);
  useEffect(() => {
    for (const editor of editors) editor?.updateOptions(MANNERS);
  }, [editors]);
  return null;
}
