import { sourceOf, tableProblem } from "../../domains/wtq/rule-agent/problem.ts";
import { tables } from "../../domains/wtq/rule-agent/tables.ts";
import type { Rule } from "../../harness/contracts/index.ts";

import * as wording from "../../harness/models/rule-based/roles/lessons.ts";
import * as solving from "../../harness/models/rule-based/solving.ts";
import * as taught from "../../harness/models/rule-based/taught.ts";

/** Every habit's id, sorted. */
export const habitIds: readonly string[] = [...tables.habits.keys()].sort();

/** What a text teaches about tables. */
export function lessonsIn(text: string): readonly taught.TaughtLesson[] {
  return taught.lessonsIn(text, tables);
}

/** What a text speaks against. */
export function contraryIn(text: string): readonly taught.TaughtLesson[] {
  return taught.contraryIn(text, tables);
}

export function ruleFor(habit: string): Rule {
  return wording.ruleFor(habit, tables);
}

export function lessonOf(habit: string, steps: readonly number[]): wording.WordedLesson {
  return wording.lessonOf(habit, tables, steps);
}

/** Answers a question of a table in `table.csv`. */
export function solve(
  question: string,
  csv: string,
  on: ReadonlySet<string>,
): solving.Solution & { readonly command: string } {
  const { command = "", ...rest } = solving.solve(problemOf(question, csv), on);
  return { ...rest, command };
}

/** Other ways to answer it. */
export function hypotheses(
  question: string,
  csv: string,
  on: ReadonlySet<string>,
): Generator<solving.Hypothesis> {
  return solving.hypotheses(problemOf(question, csv), on);
}

function problemOf(question: string, csv: string) {
  return tableProblem(question, csv, sourceOf("The table is in `table.csv`."));
}
