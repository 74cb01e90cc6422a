import { z } from "zod";
import { InputError, messageOf } from "../../harness/errors.ts";

/** A task as it stands in `dataset.json`. */
export interface DatasetRow {
  readonly id: string;
  readonly instruction: string;
  /** Folder of its workbooks, relative to `dataset.json`. */
  readonly path: string;
  readonly type: string;
  readonly answerPosition: string;
  readonly answerSheet: string | undefined;
  /** Why upstream asks to leave the task out, where it does. */
  readonly exclude: string | undefined;
  /** File and index, for messages. */
  readonly where: string;
}

const schema = z.object({
  id: z.union([z.string().min(1), z.int().nonnegative()]),
  instruction: z.string().trim().min(1),
  spreadsheet_path: z.string().min(1),
  instruction_type: z.string().trim().min(1),
  answer_position: z.string().trim().min(1),
  answer_sheet: z.string().nullish(),
  exclude: z.string().nullish(),
});

/**
 * Reads `dataset.json`.
 *
 * @param where the file, for messages.
 * @throws {InputError} when it is no JSON, no list, or a row is not what it should be.
 */
export function readRows(text: string, where: string): readonly DatasetRow[] {
  const list = listOf(text, where);
  const placeOf = new Map<string, string>();
  return list.map((value, index) => {
    const row = rowOf(value, `${where}[${index}]`);
    const earlier = placeOf.get(row.id);
    if (earlier !== undefined)
      throw new InputError({
        where: row.where,
        field: "id",
        problem: `${JSON.stringify(row.id)} was used before, at ${earlier}`,
        fix: "Give every task an id of its own.",
      });
    placeOf.set(row.id, row.where);
    return row;
  });
}

function listOf(text: string, where: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new InputError({
      where: `${where}${lineOf(text, messageOf(error))}`,
      problem: `the file is no JSON (${messageOf(error)})`,
      fix: "Copy it again if it was cut off, or mend it there.",
      cause: error,
    });
  }
  if (Array.isArray(value) && value.length > 0) return value;
  throw new InputError({
    where,
    problem: "the file is no list of tasks",
    fix: "Write a JSON list with one object a task.",
  });
}

/** The line that the parser's message points at, as `:LINE`, where it says one. */
function lineOf(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return `:${text.split("\n").length}`;
  return `:${text.slice(0, Number(position)).split("\n").length}`;
}

function rowOf(value: unknown, where: string): DatasetRow {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") ?? "";
    throw new InputError({
      where,
      ...(field === "" ? {} : { field }),
      problem: issue?.message ?? "this is no task",
      fix: "A task has id, instruction, spreadsheet_path, instruction_type and answer_position, all as text (id may be a whole number).",
    });
  }
  const row = parsed.data;
  const id = String(row.id);
  refuseTraversal(id, where, "id");
  refuseTraversal(row.spreadsheet_path, where, "spreadsheet_path");
  return {
    id,
    instruction: row.instruction,
    path: row.spreadsheet_path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, ""),
    type: row.instruction_type,
    answerPosition: row.answer_position,
    answerSheet: row.answer_sheet?.trim() || undefined,
    exclude: row.exclude?.trim() || undefined,
    where,
  };
}

/** Both name folders in the data set, and must not lead out of it. */
function refuseTraversal(path: string, where: string, field: string): void {
  const leaves = path.split(/[\\/]/).includes("..") || /^(?:[\\/]|[A-Za-z]:)/.test(path);
  const odd = path.includes("\\") || path.includes("\0") || (field === "id" && path.includes("/"));
  if (leaves || odd)
    throw new InputError({
      where,
      field,
      problem: `${JSON.stringify(path)} is no path inside the data set`,
      fix: "Write it relative to dataset.json, with forward slashes and without `..`.",
    });
}
