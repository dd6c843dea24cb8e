/** What the other rooms take from supervision. */
export { SharingPerformanceResolver } from "./doors";
export { readPerformance } from "./performance";
export { sightOfOperator } from "./sight";
export { createSupervision, type Supervision } from "./supervision";
export { missedTable, performanceTable } from "./table";
