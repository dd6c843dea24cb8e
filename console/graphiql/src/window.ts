// Whether the window is too narrow for a panel beside the editor.

/** The same width as in page.css. */
export function isNarrow(): boolean {
  return matchMedia("(max-width: 800px)").matches;
}
