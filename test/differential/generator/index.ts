/** What the differential test takes from the generator. */
export * from "./cases";
export { Choose } from "./choose";
export { questionOf, type Walk, walkOf } from "./questions";
export { grantOf } from "./rights";
export { Tally } from "./tally";
