/** What the other rooms take from importing. */

export { createImports, type ImportOptions, type Imports, type ImportsParts } from "./imports";
export * from "./job";
export { reasonsOf, writeRefused } from "./refused-file";
export type { ImportParts, ImportRequest } from "./request";
export { IMPORT_SCHEMES, type ImportScheme } from "./scheme";
export { ENCODINGS, type Encoding, inspectFile, type SourceFile } from "./source-file";
export { type RunningImport, startImport } from "./start";
export { type ImportContext, importsOf } from "./surface";
