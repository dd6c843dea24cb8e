/** What the server takes from exchange. */
export * from "./changes";
export { type AskedFormat, FORMATS, formatOf } from "./file";
export type { FileOptions, Format } from "./format";
export * from "./stamp";
export * from "./webhooks";
