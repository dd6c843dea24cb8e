/** What the server takes from the feed of changes. */
export type { ChangesContext } from "./context";
export { ChangesResolver } from "./doors";
export { createFeed, type Feed, type FeedParts } from "./feed";
