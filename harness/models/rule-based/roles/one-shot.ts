import type { Subject } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import type { Role, Subjects } from "../mind.ts";
import { likeliest, toggled } from "../solving.ts";
import { subjectOf } from "../subjects.ts";
import { lessonsIn } from "../taught.ts";
import { type Case, caseOf, isFoundWith, neededHabits } from "./case.ts";
import { fencesIn } from "./fences.ts";
import { habitsWith } from "./fix.ts";
import { bulletOf, ruleFor } from "./lessons.ts";
import { skillText } from "./propose.ts";

/** Rules that it adds at most. */
const most = 12;

interface Shown extends Case {
  readonly isPassed: boolean;
}

/**
 * The part that writes a guide from a few trajectories at once: rules for what the successes needed,
 * and for the likeliest change of one habit that leads a failure elsewhere, where more failures than
 * spoilt successes speak for it. The rest of the guide stays, without the lines it decided against.
 */
export const oneShotAuthor: Role = async (request, { subjects, ...mind }) => {
  const text = taskText(request);
  const body = skillText(text).replace(/^---\n[\s\S]*?\n---\n/, "");
  const all = await trajectoriesIn(text, subjects);
  const subject = all[0]?.subject ?? subjectOf(text, subjects);
  const habits = habitsWith(body, subject, { subjects, ...mind });
  const shown = all.filter((one) => one.subject === subject && one.problem.isSeen);
  const changes = changesFor(shown, habits);
  const needed = shown.flatMap((one) => (one.isPassed ? neededHabits(one, habits) : []));
  const taught = new Set(lessonsIn(body, subject).map(({ habit }) => habit));
  const learned = [...changes.filter((habit) => !habits.has(habit)), ...byFrequency(needed)]
    .filter((habit, i, both) => both.indexOf(habit) === i && !taught.has(habit))
    .slice(0, most);
  const givenUp = new Set(changes.filter((habit) => habits.has(habit)));
  return { text: guideOf(body, learned, givenUp, subject), calls: [] };
};

function trajectoriesIn(text: string, subjects: Subjects): Promise<Shown[]> {
  return Promise.all(
    fencesIn(text).flatMap(({ above, body }) => {
      const verdict = /^## Trajectory \d+: (passed|failed)$/.exec(above)?.[1];
      if (verdict === undefined) return [];
      return [caseOf(body, subjects).then((one) => ({ ...one, isPassed: verdict === "passed" }))];
    }),
  );
}

/** Habits to take up or give up, those that explain most failures first. */
function changesFor(shown: readonly Shown[], habits: ReadonlySet<string>): string[] {
  const [passed, failed] = [shown.filter((it) => it.isPassed), shown.filter((it) => !it.isPassed)];
  const blamed = failed.flatMap(({ problem, answered, subject }) => {
    const isOther = (items: readonly string[]) => !subject.same(items, answered);
    const way = likeliest(problem, habits, ({ solution }) => isOther(solution.items));
    return way?.changed.length === 1 ? way.changed : [];
  });
  return byFrequency(blamed).filter((habit) => {
    const changed = toggled(habits, habit);
    const spoilt = passed.filter((one) => isFoundWith(one, habits) && !isFoundWith(one, changed));
    return blamed.filter((other) => other === habit).length > spoilt.length;
  });
}

/** Each once, the most frequent first. */
function byFrequency(habits: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const habit of habits) counts.set(habit, (counts.get(habit) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([habit]) => habit);
}

/** The guide with its new rules before its first section, and without the lines that teach what was given up. */
function guideOf(
  body: string,
  learned: readonly string[],
  givenUp: ReadonlySet<string>,
  subject: Subject,
): string {
  const lines = body.trim().split("\n");
  const kept = lines.filter(
    (line) => !lessonsIn(line, subject).some(({ habit }) => givenUp.has(habit)),
  );
  if (!/^# \S/.test(kept[0] ?? "")) kept.unshift("# How to work on these tasks", "");
  const rules = learned.map((habit) => bulletOf(ruleFor(habit, subject)));
  if (rules.length === 0) return kept.join("\n");
  const section = kept.findIndex((line) => /^## \S/.test(line));
  const added = ["## Rules that trajectories taught", "", ...rules];
  return section < 0
    ? [...kept, "", ...added].join("\n")
    : [...kept.slice(0, section), ...added, "", ...kept.slice(section)].join("\n");
}
