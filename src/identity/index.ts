/** What the other rooms take from identities. */
export * from "./demo-issuer";
export * from "./entities";
export * from "./identity";
export * from "./rights";
export * from "./rights-store";
