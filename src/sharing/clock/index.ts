/** What requests and the command line take from clocks. */
export * from "./calendar";
export { type CalendarDay, type CalendarImport, readCalendarFile, storeCalendar } from "./calendar-file";
export * from "./deadlines";
export { readCalendar, readRules } from "./store";
