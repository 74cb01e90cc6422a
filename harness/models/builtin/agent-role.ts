import type { ModelRequest, Rng, ToolCall } from "../../contracts.ts";
import { type Observed, observations, systemText, taskText } from "./conversation.ts";
import { solve } from "./knowledge.ts";
import type { Mind, Role, RoleTurn } from "./mind.ts";
import { sizes } from "./sizes.ts";
import { habitsAfter, openFile, referencesIn, skillBody } from "./skill-reading.ts";
import { firstLook, type Source, viewOf } from "./table-reading.ts";

/** After so many shell commands it answers with what it has. */
const patience = 14;

/** The probability that a habit is forgotten in an episode, at temperature 1. */
const forgetting = 0.06;

/**
 * The part of the agent: reads the table and the files of the skill, answers, reads back, submits.
 *
 * @param temperature scales how often a habit is forgotten for an episode; at 0 none is.
 */
export function agentRole(temperature: number): Role {
  return (request, mind) => play(request, mind, temperature);
}

function play(request: ModelRequest, mind: Mind, temperature: number): RoleTurn {
  const task = taskText(request);
  const workbook = /`([\w.-]+\.xlsx)`/.exec(task)?.[1];
  const source: Source = { print: workbook === undefined ? "cat" : `sheet read ${workbook}` };
  const body = skillBody(systemText(request));
  const traits = sizes[mind.size];
  const observed = observations(request);
  const number = observed.length;

  if (number === 0) {
    const files = traits.followsReferences ? referencesIn(body) : [];
    const remembers = remembered(habitsAfter(mind.knows, body, [], traits), mind.rng, temperature);
    const commands = [firstLook(source, remembers.has("whole-table")), ...files.map(openFile)];
    return say(
      "I look at the table first.",
      commands.map((command, at) => bash(command, `c0-${at}`)),
    );
  }
  const habits = remembered(habitsAfter(mind.knows, body, observed, traits), mind.rng, temperature);
  const looked = observed[0]?.command === firstLook(source, true);
  const wantsAll = habits.has("whole-table");
  const view = viewOf(observed, source, looked || wantsAll);
  if (view.next !== undefined && number < patience && wantsAll) {
    return say("There is more of the table to read.", [bash(view.next, `c${number}-0`)]);
  }
  if (!looked && wantsAll && view.csv === "" && number >= patience)
    return answerFrom("", task, habits, observed, workbook);
  return answerFrom(view.csv, task, habits, observed, workbook);
}

function answerFrom(
  csv: string,
  task: string,
  habits: ReadonlySet<string>,
  observed: readonly Observed[],
  workbook: string | undefined,
): RoleTurn {
  const question = /^Question:\s*(.*)$/m.exec(task)?.[1] ?? task.split("\n")[0] ?? "";
  const { items, used } = solve(question, csv, habits);
  const answer = items.length > 0 ? items : ["unknown"];
  const number = observed.length;
  const done = (command: string) => observed.some((one) => one.command === command);
  const because =
    used.length > 0 ? `I keep in mind: ${used.join(", ")}.` : "I read it off the table.";
  if (workbook !== undefined) {
    const write = `sheet write answer.xlsx ${answer.map((item, at) => `A${at + 1} ${shellWord(item)}`).join(" ")}`;
    if (!done(write) && number < patience) return say(because, [bash(write, `c${number}-0`)]);
    const check = "sheet read answer.xlsx";
    if (habits.has("read-back") && !done(check) && number < patience)
      return say("I read the answer back.", [bash(check, `c${number}-0`)]);
    return say("The answer is in the workbook.", [submit("done", number)]);
  }
  const check = `grep -c -F -e ${shellWord(answer[0] ?? "")} table.csv`;
  if (habits.has("read-back") && !done(check) && number < patience) {
    return say(`The answer seems to be ${answer.join(", ")}. I read it back.`, [
      bash(check, `c${number}-0`),
    ]);
  }
  return say(because, [submit(answer.join("\n"), number)]);
}

/** The habits that are not forgotten in this episode; the draws are the same at every turn of it. */
function remembered(habits: ReadonlySet<string>, rng: Rng, temperature: number): Set<string> {
  const chance = forgetting * temperature;
  if (chance <= 0) return new Set(habits);
  return new Set([...habits].filter((habit) => rng.fork(`forget ${habit}`).next() >= chance));
}

function shellWord(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

function bash(command: string, id: string): ToolCall {
  return { id, name: "bash", arguments: { command } };
}

function submit(answer: string, number: number): ToolCall {
  return { id: `s${number}`, name: "submit", arguments: { answer } };
}

function say(text: string, calls: readonly ToolCall[]): RoleTurn {
  return { text, calls };
}
