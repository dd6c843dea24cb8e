/** What the other rooms take from identities. */
export * from "./app-keys";
export * from "./demo";
export * from "./demo-issuer";
export * from "./entities";
export * from "./identify";
export * from "./identity";
export { keyStands } from "./key-stands";
export { type Move, type Moved, moveRights } from "./moved-rights";
export { rightEnds } from "./right-ends";
export * from "./rights";
export * from "./rights-store";
export { type Claims, createTokenVerifier, type TokenOptions, type VerifyToken } from "./tokens";
