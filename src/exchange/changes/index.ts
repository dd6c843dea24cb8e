/** What the server takes from the feed of changes. */
export type { ChangesContext } from "./context";
export { ChangesResolver } from "./doors";
export { type ChangeRow, createFeed, type Feed, type FeedParts } from "./feed";
export { type Following, follow, type Live } from "./follow";
export { type Keeping, keepJournal } from "./keeping";
export { ChangedResolver } from "./subscription-door";
export { createWatch, type Watch } from "./watch";
