import type { Subject } from "../../contracts/index.ts";
import type { Subjects } from "./mind.ts";
import { lessonsIn } from "./taught.ts";

/** The subject of a task or of a description of tasks; the first one where none recognises the text. */
export function subjectOf(text: string, subjects: Subjects): Subject {
  return subjects.find((subject) => subject.recognises(text)) ?? subjects[0];
}

/**
 * The subject that rules speak of, where no task is shown: the one whose own rules stand there word
 * for word, and otherwise the one that has most to learn from them.
 */
export function subjectOfRules(text: string, subjects: Subjects): Subject {
  return (
    mostly(subjects, (subject) => ownRulesIn(text, subject)) ??
    mostly(subjects, (subject) => lessonsIn(text, subject).length) ??
    subjects[0]
  );
}

function ownRulesIn(text: string, { habits }: Subject): number {
  let count = 0;
  for (const { rule } of habits.values())
    if (text.includes(rule.title) && text.includes(rule.do)) count++;
  return count;
}

/** The first subject with the highest score, where that is not 0. */
function mostly(
  among: readonly Subject[],
  scoreOf: (subject: Subject) => number,
): Subject | undefined {
  let best: Subject | undefined;
  let top = 0;
  for (const subject of among) {
    const score = scoreOf(subject);
    if (score > top) [best, top] = [subject, score];
  }
  return best;
}
