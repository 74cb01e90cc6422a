import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The directory of real data, where SpreadsheetBench-Verified is in it. */
export function realSpreadsheets(): string | undefined {
  const directory = resolve(process.env["T2S_DATA_DIR"] ?? "../shared/data");
  return existsSync(resolve(directory, "spreadsheetbench-verified-400")) ? directory : undefined;
}
