// Reads the files of public facts that the seeds start from.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: "city" | "district" | "street" | "community";
  readonly parent_code: string;
}

/** A build holds no data files: beside the compiled seeds there are none, they lie in the sources. */
export function dataFile(name: string): string {
  const beside = path.join(__dirname, "data", name);
  return existsSync(beside) ? beside : path.resolve(__dirname, "..", "..", "seeds", "data", name);
}

/** All divisions of Taiyuan in the scheme of statistics, edition 2023. */
export function readDivisions(): Division[] {
  return parse(readFileSync(dataFile("taiyuan-divisions.csv")), { columns: true, bom: true });
}
