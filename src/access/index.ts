/** What the other rooms take from decisions. */
export * from "./decide";
export * from "./decision";
export * from "./derive";
