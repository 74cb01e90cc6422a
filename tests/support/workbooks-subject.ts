import { spreadsheet } from "../../domains/spreadsheet/domain.ts";
import { workbookProblem } from "../../domains/spreadsheet/rule-agent/problem.ts";
import {
  printSheet,
  readTask,
  seenSheets,
} from "../../domains/spreadsheet/rule-agent/task-text.ts";
import type {
  Domain,
  Grade,
  Problem,
  Sandbox,
  SandboxProvider,
  Task,
} from "../../harness/contracts/index.ts";

/** A task of the sample, as somebody sees it who printed every sheet of its workbook. */
export interface SeenTask {
  readonly task: Task;
  readonly problem: Problem;
  /** The reference as text. */
  readonly reference: string;
}

/** The tasks of a split of the sample. */
export async function seenTasks(sandboxes: SandboxProvider, split: string): Promise<SeenTask[]> {
  const tasks = await (await spreadsheet.open(undefined)).load(split, {});
  return Promise.all(
    tasks.map(async (task) => {
      const message = readTask(spreadsheet.prompt(task, {}));
      const sandbox = await sandboxes.open(await spreadsheet.files(task, {}), spreadsheet.commands);
      const observed = [];
      for (const command of message.sheets.map(printSheet))
        observed.push({ command, text: (await sandbox.exec(command)).stdout });
      await sandbox.close();
      const problem = workbookProblem(message, seenSheets(message, observed));
      return { task, problem, reference: spreadsheet.reveal(task).text };
    }),
  );
}

/** Runs a command on a task's input in a sandbox of its own, and grades what it left. */
export async function gradeOfCommand(
  sandboxes: SandboxProvider,
  task: Task,
  command: string,
  domain: Domain = spreadsheet,
): Promise<Grade> {
  const sandbox: Sandbox = await sandboxes.open(await domain.files(task, {}), domain.commands);
  try {
    await sandbox.exec(command);
    return domain.grade(task, await domain.collect(task, "done", sandbox, {}));
  } finally {
    await sandbox.close();
  }
}
