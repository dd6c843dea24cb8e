// The panels beside the editors: opening one, and reading the documentation from its top.
import { word } from "./words";

/** GraphiQL's own action does not bring back a pane that was folded away; the button in the sidebar does. */
export function openPanel(title: string): void {
  const label = word(`Show ${title}`);
  const buttons = document.querySelectorAll<HTMLButtonElement>(".graphiql-sidebar button[data-index]");
  [...buttons].find((button) => button.getAttribute("aria-label") === label)?.click();
}

/** A page of the documentation would otherwise open as far down as the link to it was. */
export function startDocsAtTop(): void {
  const onClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element) || target.closest(".graphiql-doc-explorer a") === null) return;
    const panel = target.closest(".graphiql-plugin");
    requestAnimationFrame(() => panel?.scrollTo({ top: 0 }));
  };
  // On the way down: once React has answered the click, the link is no longer on the page.
  document.addEventListener("click", onClick, { capture: true });
}
