// What the other rooms take from access records.

export { AccessLogResolver } from "./access-log-resolver";
export * from "./record";
export * from "./recorder";
