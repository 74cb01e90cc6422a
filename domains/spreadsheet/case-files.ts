import { basename, dirname } from "node:path/posix";
import { InputError } from "../../harness/errors.ts";
import type { DatasetRow } from "./rows.ts";
import { fetchAgain, type SheetSource } from "./source.ts";

/** The two workbooks of a test case, as paths in the source. */
export interface CaseFiles {
  readonly input: string;
  readonly golden: string;
}

const inputName = /^(?:(\d+)_.*_(?:input|init)|initial|input)\.xlsx$/i;
const goldenName = /^(?:(\d+)_.*_(?:answer|golden)|golden|answer)\.xlsx$/i;

/**
 * Finds the test cases of tasks, in their order.
 *
 * Numbered files pair by their number, whatever id stands in the name (task 42930 has a golden of
 * "43930"); some tasks have one `initial.xlsx` and one `golden.xlsx` instead.
 *
 * @returns the cases of a row; it throws an InputError naming the folder or the file that is missing.
 */
export function caseFinder(source: SheetSource): (row: DatasetRow) => readonly CaseFiles[] {
  const folders = new Map<string, string[]>();
  for (const path of [...source.files.keys()].sort())
    folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), path]);
  return (row) => {
    const { id, spreadsheet_path: path } = row;
    const missing = (problem: string, place: string) =>
      new InputError({
        ...{ where: row.where, field: "spreadsheet_path", fix: fetchAgain },
        problem: `${problem} (${source.path}: ${place})`,
      });
    const folder = [path, `spreadsheet/${path}`, `spreadsheet/${id}`, id].find((it) =>
      folders.has(it),
    );
    if (folder === undefined) throw missing("the folder of its workbooks is missing", `${path}/`);
    const paths = folders.get(folder) ?? [];
    const inputs = byNumber(paths, inputName, id);
    const goldens = byNumber(paths, goldenName, id);
    const all = [...new Set([...inputs.keys(), ...goldens.keys()])].sort((a, b) => a - b);
    // Files without a number count where there are no others.
    const numbers = all[0] === lone ? all : all.filter((number) => number !== lone);
    if (numbers.length === 0) throw missing("it has no input workbook", `${folder}/`);
    return numbers.map((number) => {
      const [input, golden] = [inputs.get(number), goldens.get(number)];
      if (input !== undefined && golden !== undefined) return { input, golden };
      const which = number === lone ? "it" : `case ${number}`;
      const absent = input === undefined ? "input" : "golden";
      throw missing(`${which} has no ${absent} workbook`, input ?? golden ?? "");
    });
  };
}

/** Stands for the number of a file that has none. */
const lone = Number.POSITIVE_INFINITY;

function byNumber(paths: readonly string[], name: RegExp, id: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const path of paths) {
    const match = name.exec(basename(path));
    if (match === null) continue;
    const number = match[1] === undefined ? lone : Number(match[1]);
    // Of two files with one number, the one that bears the task's id is its own.
    if (!found.has(number) || basename(path).includes(`_${id}_`)) found.set(number, path);
  }
  return found;
}
