import type { AgentTurn, RoleTurn } from "../../../harness/contracts/index.ts";
import { bash, because, say, solve, submit } from "../../../harness/models/rule-based/kit.ts";
import { mathProblem, problemIn } from "./problem.ts";

/** Reasons, computes the answer once more in the shell where it has that habit, submits. */
export function play({ task, observed, habits }: AgentTurn): RoleTurn {
  const { items, used, command } = solve(mathProblem(problemIn(task)), habits);
  const [answer] = items;
  const number = observed.length;
  if (answer === undefined)
    return say("I have not met a problem of this kind.", [submit("unknown", number)]);
  const isChecked = observed.some((one) => one.command === command);
  if (habits.has("substitute-back") && command !== undefined && !isChecked)
    return say(`It seems to be ${answer}. I go through the numbers once more.`, [
      bash(command, `c${number}-0`),
    ]);
  return say(because(used, "I went through it step by step."), [submit(answer, number)]);
}
