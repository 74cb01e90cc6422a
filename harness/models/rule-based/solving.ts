import type { Problem, Traced } from "../../contracts/index.ts";
import { remembered } from "./memory.ts";
import { fold } from "./text.ts";
/** An answer, and how it came about. */
export interface Solution {
  /** The items of the answer. */
  readonly items: readonly string[];
  /** Habits that were on and looked at on the way. */
  readonly used: readonly string[];
  /** A shell command that computes the answer from the input files alone, where one can. */
  readonly command: string | undefined;
}

/** Whether a habit is on; asked only where that decides something. */
export type HasHabit = (habit: string) => boolean;

/** Tells whether habits are on, and notes every one that was asked for, as `Traced` wants it. */
export function noting(on: ReadonlySet<string>): {
  readonly asked: ReadonlySet<string>;
  readonly has: HasHabit;
} {
  const asked = new Set<string>();
  const has = (habit: string) => {
    asked.add(habit);
    return on.has(habit);
  };
  return { asked, has };
}

/** Answers a problem with the habits that are on. */
export function solve(problem: Problem, on: ReadonlySet<string>): Solution {
  const key = `${[...on].sort().join(" ")}\n${problem.key}`;
  return remembered("solution", key, () => solutionOf(problem.trace(on), on), 100);
}

function solutionOf(traced: Traced, on: ReadonlySet<string>): Solution {
  return {
    items: traced.items,
    used: [...traced.asked].filter((habit) => on.has(habit)).sort(),
    command: traced.command(),
  };
}

/** Another way to answer. */
export interface Hypothesis {
  readonly habits: ReadonlySet<string>;
  /** The habits that differ from those given, switched on or off. */
  readonly changed: readonly string[];
  readonly solution: Solution;
}

/** The habits that another way of answering takes up: what can be taught of it. */
export function takenUp({ changed, habits }: Hypothesis): string[] {
  return changed.filter((habit) => habits.has(habit));
}

/** The habits but one. */
export function without(habits: ReadonlySet<string>, habit: string): ReadonlySet<string> {
  return new Set([...habits].filter((other) => other !== habit));
}

/** The likeliest of the other ways to answer that fit; undefined where none does. */
export function likeliest(
  problem: Problem,
  on: ReadonlySet<string>,
  fits: (one: Hypothesis) => boolean,
): Hypothesis | undefined {
  for (const one of hypotheses(problem, on)) if (fits(one)) return one;
  return undefined;
}

/**
 * Other habits that lead to another answer, one changed first, then two; the likeliest first:
 * good habits to take up, bad ones to give up, good ones to give up, bad ones to take up. Only habits
 * that the way to the answer passed by are tried; each answer comes once.
 */
export function* hypotheses(problem: Problem, on: ReadonlySet<string>): Generator<Hypothesis> {
  const base = problem.trace(on);
  const seen = new Set([base.items.join("\n")]);
  const singles = ordered(base.asked, on, problem).map((habit) => {
    const changed = toggled(on, habit);
    return { habit, changed, traced: problem.trace(changed) };
  });
  for (const { habit, changed, traced } of singles) {
    if (isNew(seen, traced))
      yield { habits: changed, changed: [habit], solution: solutionOf(traced, changed) };
  }
  for (const { habit, changed, traced } of singles) {
    if (unlikelihood(habit, on, problem) > 1) continue;
    for (const second of ordered(traced.asked, changed, problem)) {
      if (
        second === habit ||
        unlikelihood(second, changed, problem) > 1 ||
        (base.asked.has(second) && second < habit)
      )
        continue;
      const both = toggled(changed, second);
      const found = problem.trace(both);
      if (isNew(seen, found))
        yield { habits: both, changed: [habit, second], solution: solutionOf(found, both) };
    }
  }
}

function isNew(seen: Set<string>, traced: Traced): boolean {
  const key = traced.items.join("\n");
  if (traced.items.length === 0 || seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The habits with one switched. */
export function toggled(on: ReadonlySet<string>, habit: string): ReadonlySet<string> {
  const changed = new Set(on);
  if (!changed.delete(habit)) changed.add(habit);
  return changed;
}

/** 0 for a good habit to take up, 1 for a bad one to give up, 2 for a good one to give up, 3 for a bad one to take up. */
function unlikelihood(habit: string, on: ReadonlySet<string>, { habits }: Problem): number {
  const harmful = habits.get(habit)?.harmful ?? false;
  if (on.has(habit)) return harmful ? 1 : 2;
  return harmful ? 3 : 0;
}

function ordered(asked: ReadonlySet<string>, on: ReadonlySet<string>, problem: Problem): string[] {
  const question = fold(problem.question);
  const couldMatter = (habit: string) => problem.habits.get(habit)?.applies.test(question) ?? false;
  const rank = (habit: string) =>
    unlikelihood(habit, on, problem) * 2 + (couldMatter(habit) ? 0 : 1);
  return [...asked].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
