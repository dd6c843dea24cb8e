/** What the other rooms take from writing. */
export * from "./check";
export * from "./erasing";
export type { LookUps, StoredRow } from "./look-ups";
export { createLookUps, type PlannedParts } from "./planned-look-ups";
export { type Problem, refuse } from "./problem";
export * from "./right";
export type { Query, Settle, SettledRow, Settlement } from "./settle";
export { storedOf } from "./stored";
export { mutationsOf, type WriteContext } from "./surface";
export { checkValue, type Value, type Values } from "./value";
export * from "./writer";
