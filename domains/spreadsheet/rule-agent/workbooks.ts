import type {
  AgentTurn,
  Desk,
  Recalled,
  RoleTurn,
  SeenTrajectory,
  Studied,
  Subject,
} from "../../../harness/contracts/index.ts";
import {
  bash,
  because,
  referenceItems,
  sameAnswer,
  say,
  solve,
  submit,
} from "../../../harness/models/rule-based/kit.ts";
import { habits } from "./habits.ts";
import { itemsIn, workbookProblem } from "./problem.ts";
import {
  isWorkbookTask,
  printAnswer,
  printSheet,
  readTask,
  rowsIn,
  seenSheets,
} from "./task-text.ts";

/** Workbooks that are to be changed as an instruction says. */
export const workbooks: Subject = {
  name: "workbooks",
  material: "the workbook",
  habits,
  knows: {
    small: ["asked-digits", "find-headings"],
    large: ["asked-digits", "find-headings", "limit-included", "plain-values"],
  },
  recognises: isWorkbookTask,
  play,
  recall,
  study,
  same: sameAnswer,
  agrees: (items, reference) => sameAnswer(items, referenceItems(reference)),
};

/** Looks at the sheets, does the work, reads the answer back, submits. */
function play({ task: text, observed, habits }: AgentTurn): RoleTurn {
  const task = readTask(text);
  const done = (command: string) => observed.some((one) => one.command === command);
  const looks = task.sheets.map(printSheet);
  if (looks.length > 0 && !looks.some(done))
    return say(
      "I look at the sheets first.",
      looks.map((command, at) => bash(command, `c0-${at}`)),
    );
  const number = observed.length;
  const { command, used } = solve(workbookProblem(task, seenSheets(task, observed)), habits);
  if (command !== undefined && !done(command))
    return say(because(used, "I do it as it is asked."), [bash(command, `c${number}-0`)]);
  const check = task.answer && printAnswer(task.answer);
  if (check !== undefined && !done(check))
    return say("I read the answer back.", [bash(check, `c${number}-0`)]);
  return say("The workbook is finished.", [submit("done", number)]);
}

/** What was answered is what the agent read back. */
function recall({ task: text, observed }: SeenTrajectory): Recalled {
  const task = readTask(text);
  const { answer } = task;
  const problem = workbookProblem(task, seenSheets(task, observed));
  if (answer === undefined) return { problem, answered: [] };
  const check = observed.findLast(({ command }) => command === printAnswer(answer));
  return { problem, answered: itemsIn(answer, rowsIn(check?.text ?? "")) };
}

function study({ task: text, observed }: Desk): Studied {
  const task = readTask(text);
  const next = task.sheets
    .map(printSheet)
    .find((command) => !observed.some((one) => one.command === command));
  return { problem: workbookProblem(task, seenSheets(task, observed)), next };
}
