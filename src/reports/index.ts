/** What the server takes from reports. */
export type { ReportContext } from "./context";
export { ReportResolver } from "./doors";
export { latestChanges } from "./freshness";
export { RuleResolver } from "./rules";
