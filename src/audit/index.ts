// What the other rooms take from access records.
export * from "./record";
export * from "./recorder";
