/** What the other rooms take from identities. */
export * from "./identity";
export * from "./rights";
