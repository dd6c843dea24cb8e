/** What the other rooms take from supervision. */
export { SharingPerformanceResolver } from "./doors";
export { GROUPS as FIGURE_GROUPS, WHOLE as WHOLE_PERFORMANCE } from "./figures";
export { type Performance, readPerformance } from "./performance";
export { sightOfOperator } from "./sight";
export { createSupervision, type Supervision } from "./supervision";
export { missedTable, performanceTable } from "./table";
