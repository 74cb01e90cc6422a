import type { AgentTurn, RoleTurn } from "../../../harness/contracts/index.ts";
import {
  bash,
  because,
  say,
  shellWord,
  solve,
  submit,
} from "../../../harness/models/rule-based/kit.ts";
import { questionOf, sourceOf, tableProblem } from "./problem.ts";
import { firstLook, type Source, shownTable, viewOf } from "./table-reading.ts";

/** After so many shell commands it answers with what it has. */
const patience = 14;

/** Reads the table, unless it stands in the message, answers, submits. */
export function play(turn: AgentTurn): RoleTurn {
  const { task, observed, habits } = turn;
  const source = sourceOf(task);
  const shown = shownTable(task);
  if (shown !== undefined) return answerFrom(turn, shown, source);
  const number = observed.length;
  const wantsAll = habits.has("whole-table");
  if (number === 0)
    return say("I look at the table first.", [bash(firstLook(source, wantsAll), "c0-0")]);
  const looked = observed[0]?.command === firstLook(source, true);
  const view = viewOf(observed, source, looked || wantsAll);
  if (view.next !== undefined && number < patience && wantsAll) {
    return say("There is more of the table to read.", [bash(view.next, `c${number}-0`)]);
  }
  return answerFrom(turn, view.csv, source);
}

function answerFrom({ task, habits, observed }: AgentTurn, csv: string, source: Source): RoleTurn {
  const question = questionOf(task) ?? task.split("\n")[0] ?? "";
  const { items, used } = solve(tableProblem(question, csv, source), habits);
  const answer = items.length > 0 ? items : ["unknown"];
  const number = observed.length;
  const done = (command: string) => observed.some((one) => one.command === command);
  const reason = because(used, "I read it off the table.");
  if (source.workbook !== undefined) {
    const write = `sheet write answer.xlsx ${answer.map((item, at) => `A${at + 1} ${shellWord(item)}`).join(" ")}`;
    if (!done(write) && number < patience) return say(reason, [bash(write, `c${number}-0`)]);
    return say("The answer is in the workbook.", [submit("done", number)]);
  }
  return say(reason, [submit(answer.join("\n"), number)]);
}
