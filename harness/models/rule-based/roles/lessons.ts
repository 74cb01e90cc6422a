import type { RoleTurn, Rule, Subject } from "../../../contracts/index.ts";
/** A lesson of an analyst, in the form that its prompt asks for. */
export interface WordedLesson extends Rule {
  readonly description: string;
  readonly steps: readonly number[];
}

/**
 * How the model words a habit when it teaches it.
 *
 * @throws when the subject has no such habit.
 */
export function ruleFor(habit: string, subject: Pick<Subject, "habits">): Rule {
  const known = subject.habits.get(habit);
  if (!known) throw new Error(`there is no habit ${habit}`);
  return known.rule;
}

/** How it teaches a habit after having seen it matter in a trajectory. */
export function lessonOf(
  habit: string,
  subject: Pick<Subject, "habits">,
  steps: readonly number[],
): WordedLesson {
  const rule = ruleFor(habit, subject);
  return { ...rule, description: `When ${rule.when}, ${rule.do}.`, steps };
}

/** Lessons that an analyst gives of one trajectory at most. */
const most = 3;

/** How it teaches the first few of some habits. */
export function lessonsOf(
  habits: readonly string[],
  subject: Pick<Subject, "habits">,
  step: number,
): WordedLesson[] {
  return habits.slice(0, most).map((habit) => lessonOf(habit, subject, [step]));
}

/** A rule as the one bullet that a skill holds; why, when not and how to check stay with the lesson. */
export function bulletOf(rule: Pick<Rule, "title" | "when" | "do">): string {
  const plain = (text: string) => text.trim().replace(/[.:]+$/, "");
  return `- **${plain(rule.title)}.** When ${plain(rule.when)}: ${plain(rule.do)}.`;
}

/** A turn that says one JSON object and calls nothing. */
export function sayJson(value: object): RoleTurn {
  return { text: JSON.stringify(value, null, 1), calls: [] };
}
