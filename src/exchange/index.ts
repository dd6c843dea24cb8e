/** What the server takes from exchange. */
export * from "./changes";
export { FORMATS, formatOf } from "./file";
export type { FileOptions, Format } from "./format";
export * from "./webhooks";
