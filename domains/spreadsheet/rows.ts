import { z } from "zod";
import { InputError } from "../../harness/errors.ts";
import { issueAt, parsedJson } from "../shared/cases.ts";

const noPath = (problem: { readonly input?: unknown }) =>
  `${JSON.stringify(problem.input)} is no path inside the data set`;

/** Ids and paths name folders in the data set, and must not lead out of it. */
function staysInside(path: string): boolean {
  return !path.split("/").includes("..") && !/^(?:\/|[A-Za-z]:)|[\\\0]/.test(path);
}

const optionalText = z.string().nullish();
const rowSchema = z.object({
  id: z
    .union([z.string().min(1), z.int().nonnegative()])
    .transform(String)
    .refine((id) => staysInside(id) && !id.includes("/"), { error: noPath }),
  instruction: z.string().trim().min(1),
  /** Folder of the workbooks, relative to `dataset.json`. */
  spreadsheet_path: z
    .string()
    .min(1)
    .refine(staysInside, { error: noPath })
    .transform((path) => path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "")),
  instruction_type: z.string().trim().min(1),
  answer_position: z.string().trim().min(1),
  answer_sheet: optionalText.transform((text) => text?.trim() || null),
  /** Why upstream asks to leave the task out, where it does. */
  exclude: optionalText.transform((text) => text?.trim() || null),
});

/** A task as it stands in `dataset.json`, with its file and index for messages. */
export type DatasetRow = Readonly<z.infer<typeof rowSchema>> & { readonly where: string };

const form =
  "A task has id, instruction, spreadsheet_path, instruction_type and answer_position, all as text (id may be a whole number); paths are relative to dataset.json, with forward slashes and without `..`.";

/**
 * Reads `dataset.json`.
 *
 * @param file where it is, for messages.
 * @throws {InputError} when it is no JSON, no list, or a row is not what it should be.
 */
export function readDatasetRows(text: string, file: string): readonly DatasetRow[] {
  const places = new Map<string, string>();
  return listOf(text, file).map((value, index) => {
    const where = `${file}[${index}]`;
    const parsed = rowSchema.safeParse(value);
    if (!parsed.success) throw issueAt(parsed.error, where, form);
    const { id } = parsed.data;
    const earlier = places.get(id);
    if (earlier !== undefined)
      throw new InputError({
        ...{ where, field: "id", problem: `${JSON.stringify(id)} was used before, at ${earlier}` },
        fix: "Give every task an id of its own.",
      });
    places.set(id, where);
    return { ...parsed.data, where };
  });
}

function listOf(text: string, where: string): readonly unknown[] {
  const value = parsedJson(text, where, "Copy it again if it was cut off, or mend it there.");
  if (Array.isArray(value) && value.length > 0) return value;
  const fix = "Write a JSON list with one object a task.";
  throw new InputError({ where, problem: "the file is no list of tasks", fix });
}
