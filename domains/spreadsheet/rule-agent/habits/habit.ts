import type { Habit } from "../../../../harness/contracts/index.ts";
import type { Job } from "../worker.ts";

/** A habit of working on a workbook. Without `harmful` it is a good one, without `applies` any task may need it. */
export interface WorkbookHabit extends Omit<Habit, "harmful" | "applies"> {
  readonly harmful?: true;
  readonly applies?: RegExp;
  /** Whether it makes a difference to a job that looks at it; without this it always may. */
  readonly matters?: (job: Omit<Job, "has">) => boolean;
}

/** The cells of a column of a job, without headings. */
export function columnOf({ entries, columns }: Omit<Job, "has">, slot: string): readonly string[] {
  return entries.map((row) => row[(columns[slot] ?? 0) - 1] ?? "");
}
