import type { Habit, Pattern, Rule } from "../../contracts/index.ts";

/** A habit as a domain writes it down. */
export interface HabitText {
  readonly taughtBy: readonly Pattern[];
  /** Its rule in the words of a skill: `Title. When …: …. Why: …. Unless: …. Check: ….` */
  readonly rule: string;
  /** Tasks in which it can matter; by default all. */
  readonly applies?: RegExp;
}

/**
 * The habits of a subject by id.
 *
 * @param good what helps wherever it applies.
 * @param harmful bad advice.
 * @throws when a rule has not all its parts.
 */
export function habitsOf(
  good: Readonly<Record<string, HabitText>>,
  harmful: Readonly<Record<string, HabitText>>,
): ReadonlyMap<string, Habit> {
  return new Map(
    Object.entries({ ...good, ...harmful }).map(([id, { taughtBy, rule, applies = /./ }]) => [
      id,
      { id, harmful: Object.hasOwn(harmful, id), applies, taughtBy, rule: ruleIn(rule) },
    ]),
  );
}

const parts = /^(.+?)\. When (.+?): (.+)\. Why: (.+)\. Unless: (.+)\. Check: (.+)\.$/;

/** The rule of a text. */
function ruleIn(text: string): Rule {
  const read = parts.exec(text.replace(/\s+/g, " "));
  if (read === null) throw new Error(`this rule lacks a part: ${text}`);
  const [, title = "", when = "", advice = "", why = "", unless = "", check = ""] = read;
  return { title, when, do: advice, why, unless, check };
}
