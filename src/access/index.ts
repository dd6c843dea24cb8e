/** What the other rooms take from decisions. */
export * from "./bounds";
export * from "./decide";
export * from "./decision";
export * from "./derive";
