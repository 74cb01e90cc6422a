import type { Rng } from "../../../harness/contracts/index.ts";
import {
  between,
  fillTemplate,
  type HasHabit,
  pick,
  type Slots,
  templateReader,
} from "../../../harness/models/rule-based/kit.ts";
import { answerOf, type Formula, type Program } from "./program.ts";

/**
 * A family of problems: the generator of the sample fills its text and computes the answer, and the
 * agent reads the numbers out of the very text and computes as well as its habits let it.
 */
export interface Family {
  /** The problem, with `<name>` where a slot goes. Slots that it does not show are the generator's alone. */
  readonly text: string;
  readonly slots: Readonly<Record<string, Slot>>;
  /** What is computed, in order, from the slots that the text shows; the last step is called `answer`. */
  readonly work: Readonly<Record<string, Formula | Choice>>;
  /** Harmful habits that happen to be right here. */
  readonly rightWith?: readonly string[];
}

/** Bounds, both included; or a few to pick from, words or numbers; or a formula over slots before it. */
export type Slot = readonly [low: number, high: number] | readonly string[] | Formula;

/** A step that is done in one way with a habit, and in another way without it. */
export interface Choice {
  readonly habit: string;
  readonly on: Formula;
  readonly off: Formula;
}

/** A step that a habit decides. */
export function by(habit: string, on: Formula, off: Formula): Choice {
  return { habit, on, off };
}

/** The steps of a family's work, for somebody with these habits; asks only for habits that decide something. */
export function stepsOf({ work }: Family, on: HasHabit): Program["steps"] {
  return Object.entries(work).map(([name, step]) => {
    if (typeof step === "string") return [name, step];
    return [name, on(step.habit) ? step.on : step.off];
  });
}

/** A problem of a family, drawn, with its right answer. @param isGood tells the habits that do no harm. */
export function drawn(
  family: Family,
  rng: Rng,
  isGood: HasHabit,
): { problem: string; answer: string } {
  const values: Record<string, string> = {};
  for (const [name, slot] of Object.entries(family.slots))
    values[name] = slotValue(slot, rng, numbersIn(values));
  const isRight = (habit: string) => isGood(habit) || (family.rightWith?.includes(habit) ?? false);
  return {
    problem: fillTemplate(family.text, values),
    answer: answerOf({
      given: numbersIn(values),
      steps: stepsOf(family, isRight),
      places: -1,
      isUnsigned: isRight("drop-sign"),
    }),
  };
}

function slotValue(slot: Slot, rng: Rng, given: Program["given"]): string {
  if (typeof slot === "string")
    return answerOf({ given, steps: [["value", slot]], places: -1, isUnsigned: false });
  const [low, high] = slot;
  return typeof low === "number" && typeof high === "number"
    ? String(between(rng, low, high))
    : pick<number | string>(rng, slot).toString();
}

/** Reads the slots of a family's text out of a problem; undefined where it is none of the family. */
export function readerOf({
  text,
  slots,
}: Family): (problem: string) => Program["given"] | undefined {
  const read = templateReader(text, (slot) => (isOfWords(slots[slot]) ? "\\w+" : "-?\\d+"));
  return (problem) => {
    const found = read(problem);
    return found && numbersIn(found);
  };
}

function isOfWords(slot: Slot | undefined): boolean {
  return Array.isArray(slot) && slot.some((one) => !Number.isFinite(Number(one)));
}

function numbersIn(values: Slots): Record<string, number> {
  const numbers = Object.entries(values).filter(([, value]) => /^-?\d+$/.test(value));
  return Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)]));
}
