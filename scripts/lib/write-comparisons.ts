import path from "node:path";
import { type Format, formats } from "../../harness/report/formats.ts";
import type { Table } from "../../harness/report/table.ts";
import type { TableInput } from "../../harness/report/table-input.ts";
import { hasTransfer } from "../../harness/report/transfer/transfer.ts";
import { replaceFile } from "./places.ts";

/**
 * Writes beside the tables of a run what compares it: the transfer matrix where authors and users were
 * crossed, and the paper's table where the study reproduces one.
 *
 * @param paper such as `table1`.
 * @returns the paper's table as it is shown on a terminal; empty where there is none.
 * @throws {InputError} where the study's names are not those of the paper's table.
 */
export async function writeComparisons(
  out: string,
  input: TableInput,
  table: Table,
  paper: string | undefined,
): Promise<string> {
  const where = path.join(out, "rows.json");
  if (hasTransfer(input)) {
    const { buildTransfer } = await import("../../harness/report/transfer/transfer.ts");
    const { renderTransfer } = await import("../../harness/report/transfer/transfer-text.ts");
    const transfer = buildTransfer([{ input, table, where }]);
    replaceFile(path.join(out, "transfer.md"), renderTransfer(transfer, "md"));
  }
  if (paper === undefined) return "";
  const { paperTable } = await import("./paper-table.ts");
  const { compareWithPaper } = await import("../../harness/report/paper/compare.ts");
  const { renderCompared } = await import("../../harness/report/paper/compared-text.ts");
  const comparison = compareWithPaper(paperTable(paper), input, table, where);
  const fileOf = (format: Format) => (format === "terminal" ? "paper.txt" : `paper.${format}`);
  for (const format of formats)
    replaceFile(path.join(out, fileOf(format)), renderCompared(comparison, format));
  return renderCompared(comparison, "terminal");
}
