/** What the other rooms take from declarations. */
export * from "./catalogue";
export { type Check, checks, masked } from "./check";
export {
  catalogueOf,
  classOf,
  columnsOf,
  Dataset,
  type DatasetClass,
  datasetOf,
  Findings,
  outputTypeOf,
  Report,
} from "./dataset";
export * from "./describe";
export { checkCatalogue, testedFields } from "./gaps";
export * from "./kinds";
export { Node } from "./node";
export * from "./person";
export { DatasetRow } from "./row";
export { rowTestHolds } from "./row-test";
export * from "./scalars";
export * from "./territory";
export * from "./words";
