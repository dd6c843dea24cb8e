// Opens one of the panels beside the editors.
import { word } from "./words";

/** GraphiQL's own action does not bring back a pane that was folded away; the button in the sidebar does. */
export function openPanel(title: string): void {
  const label = word(`Show ${title}`);
  const buttons = document.querySelectorAll<HTMLButtonElement>(".graphiql-sidebar button[data-index]");
  [...buttons].find((button) => button.getAttribute("aria-label") === label)?.click();
}
