import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The paper's tables as they were copied from it independently, or undefined where they are not there. */
export function copiedTables(): string | undefined {
  const file = resolve(process.env["T2S_PAPER_DIR"] ?? "../shared/paper", "tables.json");
  return existsSync(file) ? file : undefined;
}
