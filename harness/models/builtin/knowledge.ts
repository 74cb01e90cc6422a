import { remembered } from "./engine/memory.ts";
import { fold } from "./engine/text.ts";
import { habits } from "./habits/all.ts";
import type { Rule } from "./habits/habit.ts";
import { type Solution, type Traced, trace } from "./solve.ts";
import { sentencesOf, stanceOf } from "./teaching.ts";

export type { Rule } from "./habits/habit.ts";
export type { Solution } from "./solve.ts";

/** Every habit's id, sorted. */
export const habitIds: readonly string[] = [...habits.keys()].sort();

/** A sentence of a text and the habit it speaks of. */
export interface Lesson {
  readonly habit: string;
  readonly sentence: string;
}

interface Reading {
  readonly lessons: readonly Lesson[];
  readonly forbidden: readonly Lesson[];
}

function read(text: string): Reading {
  return remembered("skill", text, () => {
    const lessons = new Map<string, Lesson>();
    const forbidden = new Map<string, Lesson>();
    for (const sentence of sentencesOf(text)) {
      for (const { id, taughtBy } of habits.values()) {
        const stance = stanceOf(sentence, taughtBy);
        if (stance === "silent") continue;
        const [said, other] = stance === "teaches" ? [lessons, forbidden] : [forbidden, lessons];
        if (!said.has(id)) said.set(id, { habit: id, sentence });
        other.delete(id);
      }
    }
    return { lessons: [...lessons.values()], forbidden: [...forbidden.values()] };
  });
}

/** Habits that a text teaches, each with the first sentence that does. Where a text contradicts itself, what it says last counts. */
export function lessonsIn(text: string): readonly Lesson[] {
  return read(text).lessons;
}

/** Habits that a text speaks against. */
export function contraryIn(text: string): readonly Lesson[] {
  return read(text).forbidden;
}

/**
 * How the model words a habit when it teaches it.
 *
 * @throws when there is no such habit.
 */
export function ruleFor(habit: string): Rule {
  const known = habits.get(habit);
  if (!known) throw new Error(`there is no habit ${habit}`);
  return known.rule;
}

/** Whether a habit could matter for a question, judged by the question alone. */
function couldMatter(habit: string, question: string): boolean {
  return habits.get(habit)?.applies.test(fold(question)) ?? false;
}

/**
 * Answers a question of a table.
 *
 * @param tableCsv the table as RFC 4180 text with a header.
 * @param on the habits that the answer is found with.
 */
export function solve(question: string, tableCsv: string, on: ReadonlySet<string>): Solution {
  const key = [question, [...on].sort().join(" "), tableCsv].join("\n");
  return remembered("solution", key, () => solutionOf(trace(question, tableCsv, on), on), 100);
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

/**
 * Other habits that lead to another answer, one changed first, then two; the likeliest first:
 * good habits to take up, bad ones to give up, good ones to give up, bad ones to take up. Only habits
 * that the way to the answer passed by are tried; each answer comes once.
 */
export function* hypotheses(
  question: string,
  tableCsv: string,
  on: ReadonlySet<string>,
): Generator<Hypothesis> {
  const base = trace(question, tableCsv, on);
  const seen = new Set([base.items.join("\n")]);
  const singles = ordered(base.asked, on, question).map((habit) => {
    const changed = toggled(on, habit);
    return { habit, changed, traced: trace(question, tableCsv, changed) };
  });
  for (const { habit, changed, traced } of singles) {
    if (isNew(seen, traced))
      yield { habits: changed, changed: [habit], solution: solutionOf(traced, changed) };
  }
  for (const { habit, changed, traced } of singles) {
    if (harmfulness(habit, on) > 1) continue;
    for (const second of ordered(traced.asked, changed, question)) {
      if (
        second === habit ||
        harmfulness(second, changed) > 1 ||
        (base.asked.has(second) && second < habit)
      )
        continue;
      const both = toggled(changed, second);
      const found = trace(question, tableCsv, both);
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

function toggled(on: ReadonlySet<string>, habit: string): ReadonlySet<string> {
  const changed = new Set(on);
  if (!changed.delete(habit)) changed.add(habit);
  return changed;
}

/** 0 for a good habit to take up, 1 for a bad one to give up, 2 for a good one to give up, 3 for a bad one to take up. */
function harmfulness(habit: string, on: ReadonlySet<string>): number {
  const harmful = habits.get(habit)?.harmful ?? false;
  if (on.has(habit)) return harmful ? 1 : 2;
  return harmful ? 3 : 0;
}

function ordered(asked: ReadonlySet<string>, on: ReadonlySet<string>, question: string): string[] {
  const rank = (habit: string) =>
    harmfulness(habit, on) * 2 + (couldMatter(habit, question) ? 0 : 1);
  return [...asked].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
