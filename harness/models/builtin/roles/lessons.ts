import type { Rule } from "../knowledge.ts";
import { ruleFor } from "../knowledge.ts";
import type { RoleTurn } from "../mind.ts";

/** A lesson of an analyst, in the form that its prompt asks for. */
export interface Lesson extends Rule {
  readonly description: string;
  readonly steps: readonly number[];
}

/** How it teaches a habit after having seen it matter in a trajectory. */
export function lessonOf(habit: string, steps: readonly number[]): Lesson {
  const rule = ruleFor(habit);
  return { ...rule, description: `When ${rule.when}, ${rule.do}.`, steps };
}

/** A rule as the one bullet that a skill holds. */
export function bulletOf(rule: Rule): string {
  const plain = (text: string) => text.trim().replace(/[.:]+$/, "");
  return `- **${plain(rule.title)}.** When ${plain(rule.when)}: ${plain(rule.do)}. Why: ${plain(rule.why)}. Unless: ${plain(rule.unless)}. Check: ${plain(rule.check)}.`;
}

/** A turn that says one JSON object and calls nothing. */
export function sayJson(value: object): RoleTurn {
  return { text: JSON.stringify(value, null, 1), calls: [] };
}
