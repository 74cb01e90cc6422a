import type { Problem, Traced } from "../../../harness/contracts/index.ts";
import { type Answer, isInexact, isNegative, type Style, textOf } from "./answer.ts";
import { commandFor } from "./command.ts";
import type { Given } from "./formula.ts";
import { habits } from "./habits/all.ts";
import type { Kind, On } from "./kind.ts";
import { algebraKinds } from "./kinds/algebra.ts";
import { countingKinds } from "./kinds/counting.ts";
import { geometryKinds } from "./kinds/geometry.ts";
import { numberKinds } from "./kinds/numbers.ts";
import { contestKinds, storyKinds } from "./kinds/stories.ts";

const kinds: readonly Kind[] = [
  ...numberKinds,
  ...algebraKinds,
  ...countingKinds,
  ...geometryKinds,
  ...storyKinds,
  ...contestKinds,
];

/** A problem whose wording is understood. */
interface Understood {
  readonly kind: Kind;
  readonly words: Readonly<Record<string, string>>;
  readonly given: Given;
}

/** The problem of a task's text. */
export function problemIn(task: string): string {
  const text = /^Problem:\s*([\s\S]*)$/m.exec(task)?.[1] ?? task;
  return text.replace(/\s*Submit the final answer alone\.[\s\S]*$/, "").trim();
}

/** A mathematics problem; it is seen where its wording is understood. */
export function mathProblem(text: string): Problem {
  const understood = understand(text);
  return {
    habits,
    key: `mathematics\n${text}`,
    question: text,
    isSeen: understood !== undefined,
    trace: (on) => (understood === undefined ? nothing : traced(understood, on)),
  };
}

const nothing: Traced = { items: [], asked: new Set(), command: () => undefined };

function understand(text: string): Understood | undefined {
  for (const kind of kinds) {
    const groups = kind.reads.exec(text)?.groups;
    if (groups === undefined) continue;
    const words: Record<string, string> = {};
    for (const [name, word] of Object.entries(groups)) if (word !== undefined) words[name] = word;
    return { kind, words, given: { ...numbersIn(words), ...kind.numbers?.(words) } };
  }
  return undefined;
}

function numbersIn(words: Readonly<Record<string, string>>): Given {
  const numbers = Object.entries(words).filter(([, word]) => /^-?\d+$/.test(word));
  return Object.fromEntries(numbers.map(([name, word]) => [name, Number(word)]));
}

function traced({ kind, words, given }: Understood, habits: ReadonlySet<string>): Traced {
  const asked = new Set<string>();
  const on: On = (habit) => {
    asked.add(habit);
    return habits.has(habit);
  };
  const answer = kind.answer(on, words);
  const style = styleOf(answer, given, on);
  return {
    items: [textOf(answer, given, style)],
    asked,
    command: () => commandFor(answer, given, style),
  };
}

/** How the answer is written, which only matters where it is no natural number. */
function styleOf(answer: Answer, given: Given, on: On): Style {
  const isUnsigned = isNegative(answer, given) && on("drop-sign");
  if (!isInexact(answer, given)) return { writing: "exact", isUnsigned };
  if (on("round-result")) return { writing: "rounded", isUnsigned };
  return { writing: on("exact-values") ? "exact" : "decimal", isUnsigned };
}
