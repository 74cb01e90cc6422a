import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import {
  type WrittenCell,
  workbookFile,
} from "../../../domains/spreadsheet/rule-agent/generate/workbook-file.ts";

/** The bytes of a workbook with one sheet. */
export function workbook(rows: readonly (readonly WrittenCell[])[], sheet = "Sheet1"): Uint8Array {
  return workbookFile([{ name: sheet, rows }]);
}

/** A row of `dataset.json` about the task "1", with changes. */
export function datasetRow(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: "1",
    instruction: "Write 2 to B1.",
    spreadsheet_path: "spreadsheet/1",
    instruction_type: "Cell-Level Manipulation",
    answer_position: "B1",
    ...changes,
  };
}

/** The workbooks of the task "1": the answer is 2 in B1. */
export const oneTask: Readonly<Record<string, Uint8Array>> = {
  "spreadsheet/1/1_1_init.xlsx": workbook([[1]]),
  "spreadsheet/1/1_1_golden.xlsx": workbook([[1, 2]]),
};

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A directory with files; removed after the test. */
export function directoryOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const root = mkdtempSync(join(tmpdir(), "spreadsheets-"));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
