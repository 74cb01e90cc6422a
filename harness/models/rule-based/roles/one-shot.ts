import type { Subject } from "../../../contracts/index.ts";
import { taskText } from "../conversation.ts";
import type { Role, Subjects } from "../mind.ts";
import { hypotheses, solve, without } from "../solving.ts";

import { subjectOf } from "../subjects.ts";
import { lessonsIn } from "../taught.ts";
import { habitsWith } from "./candidates.ts";
import { fencesIn } from "./fences.ts";
import { bulletOf, ruleFor } from "./lessons.ts";
import { skillText } from "./propose.ts";
import { type Case, caseOf } from "./trajectory-reading.ts";

/** Other ways to answer that it thinks of for one failure. */
const imagination = 6;

/** Rules that it adds at most. */
const most = 12;

/** A trajectory of the prompt, as far as it can be solved again. */
interface Shown extends Case {
  readonly isPassed: boolean;
}

/** A habit taken up or given up. */
interface Change {
  readonly habit: string;
  readonly on: boolean;
}

/**
 * The part that writes a guide from a few trajectories at once.
 *
 * Of a failure it knows that the submitted answer is wrong and not what is right, of a success that it is right. So
 * it looks for the fewest changes of habit that lead every failure elsewhere, and weighs against each
 * the successes that it would have spoilt. Habits that successes needed are written down too. The
 * rest of the guide stays as it was, without the lines it decided against.
 */
export const oneShot: Role = async (request, mind) => {
  const text = taskText(request);
  const body = skillText(text).replace(/^---\n[\s\S]*?\n---\n/, "");
  const all = await trajectoriesIn(text, mind.subjects);
  const subject = all[0]?.subject ?? subjectOf(text, mind.subjects);
  const habits = habitsWith(body, subject, mind);
  const shown = all.filter((one) => one.subject === subject && one.problem.isSeen);
  const changes = explaining(shown, habits);
  const needed = neededIn(shown, habits);

  const taught = new Set(lessonsIn(body, subject).map(({ habit }) => habit));
  const givenUp = new Set(changes.filter(({ on }) => !on).map(({ habit }) => habit));
  const learned = [...changes.filter(({ on }) => on).map(({ habit }) => habit), ...needed]
    .filter((habit, i, all) => all.indexOf(habit) === i && !taught.has(habit))
    .slice(0, most);
  return { text: guideOf(body, learned, givenUp, subject), calls: [] };
};

function trajectoriesIn(text: string, subjects: Subjects): Promise<Shown[]> {
  const shown = fencesIn(text).flatMap(({ above, body }) => {
    const verdict = /^## Trajectory \d+: (passed|failed)$/.exec(above)?.[1];
    return verdict === undefined ? [] : [{ isPassed: verdict === "passed", body }];
  });
  return Promise.all(
    shown.map(async ({ isPassed, body }) => ({ isPassed, ...(await caseOf(body, subjects)) })),
  );
}

/** A change, and how likely it is to explain each failure that it leads elsewhere. */
interface Explanation {
  readonly change: Change;
  readonly likelihood: Map<number, number>;
}

/** The fewest changes that lead the failures to other answers, the most telling first. */
function explaining(shown: readonly Shown[], habits: ReadonlySet<string>): Change[] {
  const explanations = explanationsOf(shown, habits);
  const chosen: Change[] = [];
  const explained = new Set<number>();
  for (;;) {
    let best: { readonly one: Explanation; readonly worth: number } | undefined;
    for (const one of explanations) {
      const open = [...one.likelihood].filter(([i]) => !explained.has(i));
      if (open.length === 0) continue;
      const told = open.reduce((sum, [, likelihood]) => sum + likelihood, 0);
      const worth = told - spoilt(shown, habits, one.change);
      if (worth > (best?.worth ?? 0)) best = { one, worth };
    }
    if (best === undefined) return chosen;
    chosen.push(best.one.change);
    for (const i of best.one.likelihood.keys()) explained.add(i);
  }
}

/** Single changes of habit that lead failures elsewhere; the first that comes to mind is the likeliest. */
function explanationsOf(shown: readonly Shown[], habits: ReadonlySet<string>): Explanation[] {
  const found = new Map<string, Explanation>();
  for (const [i, { problem, answered, isPassed, subject }] of shown.entries()) {
    if (isPassed) continue;
    let rank = 0;
    for (const one of hypotheses(problem, habits)) {
      const [habit, second] = one.changed;
      if (habit === undefined || second !== undefined || rank >= imagination) break;
      if (subject.same(one.solution.items, answered)) continue;
      rank++;
      const change = { habit, on: one.habits.has(habit) };
      const known = found.get(habit) ?? { change, likelihood: new Map() };
      known.likelihood.set(i, 1 / rank);
      found.set(habit, known);
    }
  }
  return [...found.values()];
}

/** Successes whose right answer a change would have lost. */
function spoilt(shown: readonly Shown[], habits: ReadonlySet<string>, change: Change): number {
  const changed = change.on ? new Set([...habits, change.habit]) : without(habits, change.habit);
  return shown.filter(
    ({ isPassed, problem, answered, subject }) =>
      isPassed &&
      subject.same(solve(problem, habits).items, answered) &&
      !subject.same(solve(problem, changed).items, answered),
  ).length;
}

/** Habits without which successes would have ended elsewhere, those that most needed first. */
function neededIn(shown: readonly Shown[], habits: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  for (const { isPassed, problem, answered, subject } of shown) {
    const solution = isPassed ? solve(problem, habits) : undefined;
    if (solution === undefined || !subject.same(solution.items, answered)) continue;
    for (const habit of solution.used) {
      if (!subject.same(solve(problem, without(habits, habit)).items, answered))
        counts.set(habit, (counts.get(habit) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([habit]) => habit);
}

/** The guide with its new rules before its first section, and without the lines that teach what was given up. */
function guideOf(
  body: string,
  learned: readonly string[],
  givenUp: ReadonlySet<string>,
  subject: Subject,
): string {
  const lines = body
    .trim()
    .split("\n")
    .filter((line) => !lessonsIn(line, subject).some(({ habit }) => givenUp.has(habit)));
  if (!/^# \S/.test(lines[0] ?? "")) lines.unshift("# How to work on these tasks", "");
  if (learned.length === 0) return lines.join("\n");
  const section = lines.findIndex((line) => /^## \S/.test(line));
  const at = section === -1 ? lines.length : section;
  const rules = learned.map((habit) => bulletOf(ruleFor(habit, subject)));
  return [
    ...lines.slice(0, at),
    ...(at === lines.length ? [""] : []),
    "## Rules that trajectories taught",
    "",
    ...rules,
    ...(at === lines.length ? [] : [""]),
    ...lines.slice(at),
  ].join("\n");
}
