/** What the other rooms take from retention. */
export { RetentionResolver } from "./doors";
export { heldRows } from "./holds";
export { type DueOfRule, dueOfRules, standingRules } from "./overview";
export type { RetentionParts } from "./parts";
export { createRetention, type Retention } from "./retention";
export { readRuleFile } from "./rule-file";
export { alone, busy, runRetention } from "./running";
export { storeRules } from "./store";
