import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError, messageOf } from "../../harness/errors.ts";
import { readRows } from "../../harness/report/rows-file.ts";
import type { TableInput } from "../../harness/report/table-input.ts";

/**
 * The facts of a finished run.
 *
 * @param run its directory, or its rows.json.
 * @throws {InputError} where there is none, or one that cannot be read.
 */
export async function readRun(
  run: string,
): Promise<{ readonly file: string; readonly input: TableInput }> {
  try {
    const file = (await stat(run)).isDirectory() ? join(run, "rows.json") : run;
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      throw missing(file, error);
    });
    return { file, input: readRows(text, file) };
  } catch (error) {
    throw error instanceof InputError ? error : missing(run, error);
  }
}

function missing(where: string, cause: unknown): InputError {
  return new InputError({
    where,
    problem: `cannot be read (${messageOf(cause)})`,
    fix: "Give the directory of a finished run, such as results/wtq-builtin.",
    cause,
  });
}
