import type {
  AgentTurn,
  Problem,
  RoleTurn,
  Subject,
  Traced,
} from "../../../harness/contracts/index.ts";
import {
  bash,
  because,
  type HasHabit,
  noting,
  referenceItems,
  say,
  solve,
  submit,
} from "../../../harness/models/rule-based/kit.ts";
import { families } from "./families.ts";
import { type Family, readerOf, stepsOf } from "./family.ts";
import { habits } from "./habits.ts";
import { answerOf, commandOf, type Program } from "./program.ts";

const small = ["order-of-operations", "trivial-cases", "exact-values"];
const large = [...small, "shared-factors", "no-replacement", "percent-of-new", "cross-terms"];

/** Mathematics problems in words, with one final answer. */
export const mathematics: Subject = {
  name: "mathematics",
  material: "the problem",
  habits,
  knows: { small, large },
  recognises: (text) => /^Problem: /m.test(text) || /\bmathematics problems\b/.test(text),
  play,
  recall: ({ task, submitted }) => ({
    problem: mathProblem(problemIn(task)),
    answered: submitted,
  }),
  study: ({ task }) => ({ problem: mathProblem(problemIn(task)), next: undefined }),
  same,
  agrees: (items, reference) => same(items, referenceItems(reference)),
};

/** Reasons, computes the answer once more in the shell where there is one and it has that habit, submits. */
function play({ task, observed, habits: on, request }: AgentTurn): RoleTurn {
  const { items, used, command } = solve(mathProblem(problemIn(task)), on);
  const [answer] = items;
  const number = observed.length;
  if (answer === undefined)
    return say("I have not met a problem of this kind.", [submit("unknown", number)]);
  const isChecked = request.tools.length === 0 || observed.some((one) => one.command === command);
  if (on.has("substitute-back") && command !== undefined && !isChecked)
    return say(`It seems to be ${answer}. I go through the numbers once more.`, [
      bash(command, `c${number}-0`),
    ]);
  return say(because(used, "I went through it step by step."), [submit(answer, number)]);
}

/** Whether two answers are written the same, spaces, dollar signs, leading zeros and a name before `=` overlooked. */
function same(a: readonly string[], b: readonly string[]): boolean {
  return plain(a) === plain(b);
}

function plain(items: readonly string[]): string {
  return items
    .join("\n")
    .replace(/[\s$]/g, "")
    .replace(/^[a-z]=/, "")
    .replace(/^0+(?=\d)/, "");
}

/** The problem of a task's text. */
export function problemIn(task: string): string {
  const text = /^Problem:\s*([\s\S]*)$/m.exec(task)?.[1] ?? task;
  return text
    .replace(/\s*(?:Submit the final answer alone\.|Reason step by step, and put)[\s\S]*$/, "")
    .trim();
}

const readers = families.map((family) => ({ family, read: readerOf(family) }));

/** A mathematics problem; it is seen where it is of a known family. */
export function mathProblem(text: string): Problem {
  const [understood] = readers.flatMap(({ family, read }) => {
    const given = read(text);
    return given === undefined ? [] : [{ family, given }];
  });
  return {
    habits,
    key: `mathematics\n${text}`,
    question: text,
    isSeen: understood !== undefined,
    trace: (on) =>
      understood === undefined
        ? { items: [], asked: new Set(), command: () => undefined }
        : traced(understood.family, understood.given, on),
  };
}

function traced(family: Family, given: Program["given"], on: ReadonlySet<string>): Traced {
  const { asked, has } = noting(on);
  const program = programOf(family, given, has);
  return { items: [answerOf(program)], asked, command: () => commandOf(program) };
}

/** The steps, and how the answer is written: that only matters where it is no natural number. */
function programOf(family: Family, given: Program["given"], on: HasHabit): Program {
  const exact: Program = { given, steps: stepsOf(family, on), places: -1, isUnsigned: false };
  const answer = answerOf(exact);
  if (/^-?\d+$/.test(answer))
    return { ...exact, isUnsigned: answer.startsWith("-") && on("drop-sign") };
  if (on("round-result")) return { ...exact, places: 0 };
  return { ...exact, places: on("exact-values") ? -1 : 2 };
}
