/** Rows as a workbook. */
export { xlsx } from "./workbook";
