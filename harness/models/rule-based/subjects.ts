import { mathematics } from "../../../domains/math/rule-agent/mathematics.ts";
import { workbooks } from "../../../domains/spreadsheet/rule-agent/workbooks.ts";
import { documents } from "../../../domains/visionqa/rule-agent/documents.ts";
import { tables } from "../../../domains/wtq/rule-agent/tables.ts";
import type { Subject } from "./subject.ts";
import { lessonsIn } from "./taught.ts";

/** Every subject there is. */
export const subjects: readonly [Subject, ...Subject[]] = [
  tables,
  mathematics,
  workbooks,
  documents,
];

/** The subject of a task or of a description of tasks; the first one where none recognises the text. */
export function subjectOf(text: string): Subject {
  return subjects.find((subject) => subject.recognises(text)) ?? subjects[0];
}

/**
 * The subject that rules speak of, where no task is shown: the one whose own rules stand there word
 * for word, and otherwise the one that has most to learn from them.
 */
export function subjectOfRules(text: string): Subject {
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
