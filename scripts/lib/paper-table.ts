import { readFileSync } from "node:fs";
import path from "node:path";
import { type PaperTable, readPaperTable } from "../../harness/report/paper/figures.ts";
import { root, shown } from "./places.ts";

/**
 * A table of the paper, from the figures that come with the project.
 *
 * @param table such as `table1`.
 * @throws {InputError} for a table that is not there.
 */
export function paperTable(table: string): PaperTable {
  const file = path.join(root, "configs", "paper", "figures.json");
  return readPaperTable(readFileSync(file, "utf8"), shown(file), table);
}
