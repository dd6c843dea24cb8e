/** What the server takes from exchange. */
export { type FileOptions, FORMATS, type Format, formatOf } from "./file";
