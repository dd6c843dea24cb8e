// What the other rooms take from the chain.
export { type Chain, type ChainParts, type ChainView, createChain, INTERVAL } from "./chain";
export type { Finding } from "./findings";
export { type Head, toldOf } from "./heads";
export { fileOf, type Place, urlOf } from "./publisher";
export { monthsBefore, retire } from "./retire";
export { lastSeal } from "./seal";
export { createSealer } from "./sealer";
export { type Verified, verify } from "./verify";
