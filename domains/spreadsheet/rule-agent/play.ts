import type { AgentTurn, RoleTurn } from "../../../harness/contracts/index.ts";
import {
  bash,
  because,
  say,
  shellWord,
  solve,
  submit,
} from "../../../harness/models/rule-based/kit.ts";
import { workbookProblem } from "./problem.ts";
import { cellName, readTask, type TaskText } from "./task-text.ts";
import { firstLooks, printSheet, seenSheets } from "./workbook-reading.ts";

/** Looks at the sheets, does the work, reads the answer back, submits. */
export function play({ task: text, observed, habits }: AgentTurn): RoleTurn {
  const task = readTask(text);
  const wantsAll = habits.has("whole-sheet");
  const done = (command: string) => observed.some((one) => one.command === command);
  const looked = task.sheets.some(
    (name) => done(printSheet(name, true)) || done(printSheet(name, false)),
  );
  if (!looked && task.sheets.length > 0)
    return say(
      "I look at the sheets first.",
      firstLooks(task, wantsAll).map((command, at) => bash(command, `c0-${at}`)),
    );
  const number = observed.length;
  const { command, used } = solve(workbookProblem(task, seenSheets(task, observed)), habits);
  if (command !== undefined && !done(command))
    return say(because(used, "I do it as it is asked."), [bash(command, `c${number}-0`)]);
  const check = checkOf(task);
  if (check !== undefined && !done(check))
    return say("I read the answer back.", [bash(check, `c${number}-0`)]);
  return say("The workbook is finished.", [submit("done", number)]);
}

/** The command that prints the cells of the answer; analysts read what was answered from it. */
export function checkOf({ answer, sheets }: TaskText): string | undefined {
  if (answer === undefined) return undefined;
  const from = cellName(answer.firstRow, answer.firstColumn);
  const to = cellName(answer.lastRow, answer.lastColumn);
  const sheet = shellWord(answer.sheet ?? sheets[0] ?? "");
  return `sheet read output.xlsx --sheet ${sheet} ${from}:${to}`;
}
