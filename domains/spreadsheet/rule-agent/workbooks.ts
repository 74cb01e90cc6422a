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
import { cellName } from "../grading/columns.ts";
import { habits } from "./habits.ts";
import { workbookProblem } from "./problem.ts";
import {
  isWorkbookTask,
  printAnswer,
  printSheet,
  readTask,
  rowsIn,
  seenSheets,
  type TaskText,
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

function recall(seen: SeenTrajectory): Recalled {
  const task = readTask(seen.task);
  return {
    problem: workbookProblem(task, seenSheets(task, seen.observed)),
    answered: answeredIn(task, seen),
  };
}

/** What the agent read back of its answer, as items of a trace. */
function answeredIn({ answer }: TaskText, { observed }: SeenTrajectory): readonly string[] {
  if (answer === undefined) return [];
  const check = printAnswer(answer);
  const rows = rowsIn(observed.findLast(({ command }) => command === check)?.text ?? "");
  return rows.flatMap((row, down) =>
    row.flatMap((value, right) => {
      const place = cellName(answer.firstRow + down, answer.firstColumn + right);
      return value === "" ? [] : [`${answer.sheet}!${place} = ${value}`];
    }),
  );
}

function study({ task: text, observed }: Desk): Studied {
  const task = readTask(text);
  const next = task.sheets
    .map(printSheet)
    .find((command) => !observed.some((one) => one.command === command));
  return { problem: workbookProblem(task, seenSheets(task, observed)), next };
}
