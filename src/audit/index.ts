// What the other rooms take from access records.

export { type AccessLog, createAccessLog } from "./access-log";
export { AccessLogResolver, type AuditContext } from "./access-log-resolver";
export { lastUses } from "./grant-uses";
export { actOf, operator } from "./act";
export * from "./chain";
export * from "./record";
export * from "./recorder";
export { recordWithin } from "./store";
