/** Rows as a Parquet file. */
export { parquet } from "./file";
