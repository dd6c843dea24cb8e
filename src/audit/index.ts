// What the other rooms take from access records.

export { type AccessLog, createAccessLog } from "./access-log";
export { AccessLogResolver, type AuditContext } from "./access-log-resolver";
export { actOf, operator } from "./act";
export * from "./chain";
export { footprintOf } from "./footprint";
export { lastUses, usedSince } from "./grant-uses";
export * from "./record";
export * from "./recorder";
export { recordOnce, recordWithin } from "./store";
