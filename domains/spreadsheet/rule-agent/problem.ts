import type { Problem } from "../../../harness/contracts/index.ts";
import { habits } from "./habits/all.ts";
import type { TaskText } from "./task-text.ts";
import { trace } from "./trace.ts";
import type { SeenSheet } from "./workbook-reading.ts";

/** A task with what was seen of its workbook. */
export function workbookProblem(task: TaskText, sheets: readonly SeenSheet[]): Problem {
  return {
    habits,
    key: JSON.stringify(["workbook", task, sheets]),
    question: task.instruction,
    isSeen: sheets.some(({ rows }) => rows.length > 0),
    trace(on) {
      const traced = trace(task, sheets, on);
      return { ...traced, command: () => asScript(traced.command(), task) };
    },
  };
}

/** A task that is repeated on other workbooks wants its command as a script. */
function asScript(command: string, { wantsScript }: TaskText): string {
  if (!wantsScript) return command;
  return `cat > solution.sh <<'END_OF_SCRIPT'\n${command}\nEND_OF_SCRIPT\nbash solution.sh`;
}
