/** What the other rooms take from corrections. */
export { type Corrections, createCorrections } from "./corrections";
export { reckonCorrections } from "./deciding";
export { CorrectionResolver } from "./doors";
export { createSettle } from "./settling";
