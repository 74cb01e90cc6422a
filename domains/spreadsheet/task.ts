import { z } from "zod";
import type { Task } from "../../harness/contracts/index.ts";

/** A workbook of a test case. */
export type CaseFile = {
  /** Relative to `dataset.json`. */
  readonly path: string;
  readonly sha256: string;
};

/** What a task of this domain holds; both halves are JSON, as the harness keys tasks by them. */
export type SpreadsheetTask = {
  readonly id: string;
  readonly input: {
    readonly instruction: string;
    readonly type: string;
    /** As in the data set, oddities and all. */
    readonly answerPosition: string;
    /** The sheet of a position that names none, where the data set says one. */
    readonly answerSheet: string | null;
    /** Input workbooks, one a case; the agent sees the first. */
    readonly workbooks: readonly CaseFile[];
  };
  readonly reference: {
    /** Expected workbooks, in the order of the cases. */
    readonly goldens: readonly CaseFile[];
    /** Why upstream leaves the task out, where it does. */
    readonly exclude: string | null;
  };
};

const caseFile = z.object({ path: z.string(), sha256: z.string() });
const schema = z.object({
  id: z.string(),
  input: z.object({
    instruction: z.string(),
    type: z.string(),
    answerPosition: z.string(),
    answerSheet: z.string().nullable(),
    workbooks: z.array(caseFile).min(1),
  }),
  reference: z.object({
    goldens: z.array(caseFile).min(1),
    exclude: z.string().nullable(),
  }),
});

/** A task of the harness as one of this domain. */
export function spreadsheetTask(task: Task): SpreadsheetTask {
  const parsed = schema.safeParse(task);
  if (!parsed.success) throw new Error(`${task.id} is no task of this domain`);
  return parsed.data;
}
