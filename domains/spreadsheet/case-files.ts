import { basename } from "node:path";
import { InputError } from "../../harness/errors.ts";
import type { DatasetRow } from "./rows.ts";
import type { Source } from "./source.ts";

/** The two workbooks of a test case, as paths in the source. */
export interface CaseFiles {
  readonly input: string;
  readonly golden: string;
}

const inputName = /^(\d+)_.*_(?:input|init)\.xlsx$/i;
const goldenName = /^(\d+)_.*_(?:answer|golden)\.xlsx$/i;
const loneInputs = ["initial.xlsx", "input.xlsx"];
const loneGoldens = ["golden.xlsx", "answer.xlsx"];

/** Finds the test cases of a task, in their order. */
export interface CaseFinder {
  /** @throws {InputError} naming the folder or the file that is missing. */
  casesOf(row: DatasetRow): readonly CaseFiles[];
}

/**
 * Indexes the workbooks of a source by folder.
 *
 * Numbered files pair by their number, whatever id stands in the name (task 42930 has a golden of
 * "43930"); some tasks have one `initial.xlsx` and one `golden.xlsx` instead.
 */
export function caseFinder(source: Source): CaseFinder {
  const folders = new Map<string, string[]>();
  for (const path of source.files.keys()) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    const paths = folders.get(folder) ?? [];
    paths.push(path);
    folders.set(folder, paths);
  }
  return {
    casesOf(row) {
      const candidates = [row.path, `spreadsheet/${row.path}`, `spreadsheet/${row.id}`, row.id];
      const folder = candidates.find((candidate) => folders.has(candidate));
      if (folder === undefined)
        throw missingFile(row, source, `${row.path}/`, "the folder of its workbooks is missing");
      const paths = (folders.get(folder) ?? []).toSorted();
      const cases = pairs(paths, row, source);
      if (cases.length > 0) return cases;
      const input = paths.find((path) => loneInputs.includes(basename(path)));
      const golden = paths.find((path) => loneGoldens.includes(basename(path)));
      if (input !== undefined && golden !== undefined) return [{ input, golden }];
      const absent = input === undefined ? "input" : "golden";
      throw missingFile(row, source, `${folder}/`, `it has no ${absent} workbook`);
    },
  };
}

function pairs(paths: readonly string[], row: DatasetRow, source: Source): readonly CaseFiles[] {
  const numbered = (pattern: RegExp) => {
    const byNumber = new Map<number, string>();
    for (const path of paths) {
      const number = pattern.exec(basename(path))?.[1];
      if (number === undefined) continue;
      const other = byNumber.get(Number(number));
      // Of two files with one number, the one that bears the task's id is its own.
      if (other === undefined || basename(path).includes(`_${row.id}_`))
        byNumber.set(Number(number), path);
    }
    return byNumber;
  };
  const inputs = numbered(inputName);
  const goldens = numbered(goldenName);
  const numbers = [...new Set([...inputs.keys(), ...goldens.keys()])].sort((a, b) => a - b);
  return numbers.map((number) => {
    const input = inputs.get(number);
    const golden = goldens.get(number);
    if (input !== undefined && golden !== undefined) return { input, golden };
    const present = input ?? golden ?? "";
    const absent = input === undefined ? "input" : "golden";
    throw missingFile(row, source, present, `case ${number} has no ${absent} workbook beside it`);
  });
}

function missingFile(row: DatasetRow, source: Source, path: string, problem: string): InputError {
  return new InputError({
    where: row.where,
    field: "spreadsheet_path",
    problem: `${problem} (${source.path}: ${path})`,
    fix: "Copy the data set again, or fetch it with `npm run data -- fetch spreadsheet`.",
  });
}
