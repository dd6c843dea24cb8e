/** What the other rooms take from corrections. */
export { type Corrections, createCorrections } from "./corrections";
export { reckonCorrections } from "./deciding";
export { CorrectionResolver } from "./doors";
export type { CorrectionContext } from "./seeing";
export { createSettle } from "./settling";
export { spelled } from "./values";
