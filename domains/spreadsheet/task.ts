import { z } from "zod";
import type { Task } from "../../harness/contracts/index.ts";

/** A workbook of a test case; the path is relative to `dataset.json`. */
const caseFile = z.object({ path: z.string(), sha256: z.string() });

/** What a task of this domain holds; both halves are JSON, as the harness keys tasks by them. */
const taskSchema = z.object({
  id: z.string(),
  input: z.object({
    instruction: z.string(),
    type: z.string(),
    /** As in the data set, oddities and all. */
    answerPosition: z.string(),
    /** The sheet of a position that names none, where the data set says one. */
    answerSheet: z.string().nullable(),
    /** Input workbooks, one a case; the agent sees the first. */
    workbooks: z.tuple([caseFile], caseFile),
  }),
  reference: z.object({
    /** Expected workbooks, in the order of the cases. */
    goldens: z.tuple([caseFile], caseFile),
    /** Why upstream leaves the task out, where it does. */
    exclude: z.string().nullable(),
  }),
});

export type CaseFile = z.infer<typeof caseFile>;
export type SpreadsheetTask = z.infer<typeof taskSchema>;

/** A task of the harness as one of this domain. */
export function spreadsheetTask(task: Task): SpreadsheetTask {
  const parsed = taskSchema.safeParse(task);
  if (!parsed.success) throw new Error(`${task.id} is no task of this domain`);
  return parsed.data;
}
