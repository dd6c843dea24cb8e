/** The formats in which rows leave as a file: the one list, for the hub and for the pages that offer them. */
export interface FileType {
  /** Media type of the Accept header. */
  readonly type: string;
  readonly extension: string;
  readonly label: string;
}

export const CSV: FileType = { type: "text/csv", extension: "csv", label: "CSV" };
export const NDJSON: FileType = { type: "application/x-ndjson", extension: "ndjson", label: "NDJSON" };
export const XLSX: FileType = {
  type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  extension: "xlsx",
  label: "Excel",
};
export const PARQUET: FileType = {
  type: "application/vnd.apache.parquet",
  extension: "parquet",
  label: "Parquet",
};

export const FILE_TYPES: readonly FileType[] = [XLSX, CSV, NDJSON, PARQUET];
