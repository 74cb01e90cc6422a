import type { ModelRequest, ToolCall } from "../../../contracts.ts";
import { observations, taskText } from "../conversation.ts";
import { type Hypothesis, hypotheses } from "../knowledge.ts";
import type { Mind, Role, RoleTurn } from "../mind.ts";
import { sizes } from "../sizes.ts";
import { habitsAfter } from "../skill-reading.ts";
import { firstLook, viewOf } from "../table-reading.ts";
import { lessonOf } from "./lessons.ts";
import { sameAnswer } from "./same-answer.ts";
import { questionOf, readTrajectory, sourceOf, workbookOf } from "./trajectory-reading.ts";

/** Fixes it tries before it gives up, and pages of a table it reads. */
const tries = 8;
const pages = 12;

/** Other ways to answer that it thinks of. */
const imagination = 300;

/**
 * The part of the error analyst: answers the question again with other habits, one after the other,
 * until the harness has seen a fix pass, and teaches the habits that made the difference.
 *
 * It reads the reference to try first what agrees with it; whether a fix passes is not its to say.
 */
export const errorAnalyst: Role = (request, mind) => {
  const task = taskText(request);
  const source = sourceOf(task);
  const observed = observations(request);
  const look = [
    "cat trajectory.md",
    "cat reference.txt",
    "cat skill/SKILL.md",
    firstLook(source, true),
  ];
  if (observed.length === 0)
    return say(
      "I read what happened, and the table.",
      look.map((command, i) => call("bash", { command }, `a0-${i}`)),
    );
  const view = viewOf(observed, source, true);
  if (view.next !== undefined && observed.length < look.length + pages)
    return say("There is more of the table to read.", [
      call("bash", { command: view.next }, `a${observed.length}`),
    ]);

  const shown = (command: string) => observed.find((one) => one.command === command)?.text ?? "";
  const reference = referenceItems(shown("cat reference.txt"));
  const candidates = candidatesFor(task, view.csv, reference, shown("cat skill/SKILL.md"), mind);
  const attempts = fixesTried(request);
  const passed = attempts.find(({ verdict }) => verdict.startsWith("PASS"));
  if (passed) {
    const proven = candidates.find((one) => fixOf(one, task) === passed.command);
    const { decidingStep } = readTrajectory(shown("cat trajectory.md"));
    return handIn(proven, decidingStep);
  }
  const next = candidates[attempts.length];
  if (next === undefined || attempts.length >= tries) return handIn(undefined, 0);
  return say(`Perhaps it was this: ${next.changed.join(", ")}.`, [
    call("try_fix", { command: fixOf(next, task) }, `t${attempts.length}`),
  ]);
};

/** The items of a reference: its lines, without a heading and without what explains an item. */
export function referenceItems(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !/:\s*$/.test(line))
    .map((line) => line.replace(/ \(meaning .*\)$/, ""));
}

/** Other answers, those that agree with the reference first. */
export function candidatesFor(
  task: string,
  csv: string,
  reference: readonly string[],
  skill: string,
  mind: Mind,
): Hypothesis[] {
  const body = skill.replace(/^---\n[\s\S]*?\n---\n/, "");
  const habits = habitsAfter(mind.knows, body, [], sizes[mind.size]);
  const found: Hypothesis[] = [];
  for (const one of hypotheses(questionOf(task), csv, habits)) {
    found.push(one);
    if (found.length >= imagination) break;
  }
  const agrees = (one: Hypothesis) => sameAnswer(one.solution.items, reference);
  return [...found.filter(agrees), ...found.filter((one) => !agrees(one)).slice(0, 2)];
}

/** The command of a fix: prints the answer, or writes it to the workbook that the task asks for. */
export function fixOf({ solution }: Hypothesis, task: string): string {
  const workbook = workbookOf(task);
  if (workbook === undefined) return solution.command;
  return `sheet read ${workbook} > table.csv; n=0; ${solution.command} | while IFS= read -r item; do n=$((n+1)); sheet write answer.xlsx "A$n" "$item"; done; echo done`;
}

interface Attempt {
  readonly command: string;
  readonly verdict: string;
}

function fixesTried(request: ModelRequest): Attempt[] {
  const results = new Map<string, string>();
  for (const message of request.messages)
    if (message.role === "tool") results.set(message.callId, message.text);
  return request.messages.flatMap((message) =>
    message.role !== "assistant"
      ? []
      : message.calls
          .filter(({ name }) => name === "try_fix")
          .map(({ id, arguments: args }) => ({
            command: String(args["command"]),
            verdict: results.get(id) ?? "",
          })),
  );
}

function handIn(proven: Hypothesis | undefined, step: number): RoleTurn {
  const learned = proven?.changed.filter((habit) => proven.habits.has(habit)) ?? [];
  const lessons = learned.slice(0, 3).map((habit) => ({ ...lessonOf(habit, [step]) }));
  const causes = lessons.map((lesson) => `At step ${step} it did not do this: ${lesson.do}.`);
  const text = lessons.length > 0 ? "This explains it." : "I found no explanation.";
  return say(text, [call("submit", { causes, memories: lessons as never }, "h")]);
}

function call(name: string, args: ToolCall["arguments"], id: string): ToolCall {
  return { id, name, arguments: args };
}

function say(text: string, calls: readonly ToolCall[]): RoleTurn {
  return { text, calls };
}
