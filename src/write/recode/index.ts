/** What the other rooms take from re-coding. */
export { type Change, readChanges } from "./change";
export { type Recoded, type RecodedDataset, type RecodeParts, type RecodeRequest, recode } from "./recode";
