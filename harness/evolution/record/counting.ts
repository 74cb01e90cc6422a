import type { Row, Skill } from "../../contracts/index.ts";
import { nothingSpent, plusSpent } from "../../models/spent.ts";
import { lineCount } from "../../skills/size-budget.ts";
import type { Rollout } from "../evolution.ts";
import type { EvolutionPreset } from "../presets.ts";
import { sideOf } from "../sides.ts";
import {
  type Analysed,
  type Analysis,
  dropReasons,
  type TrajectoryFinding,
} from "../stages/analyse/analysis.ts";
import type { ReplyTally } from "../unit.ts";
import type { Account, ReasonCounts } from "./account.ts";

/** How often each kind occurs, by name of the kind. */
export function countBy<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const kind = kindOf(item);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How often each word occurs. */
export function countWords(words: readonly string[]): Record<string, number> {
  return countBy(words, (word) => word);
}

/** Trajectories by how they ended. */
export function trajectoryCounts(rollouts: readonly Rollout[]): Account["trajectories"] {
  const {
    failure = 0,
    success = 0,
    errored = 0,
  }: ReasonCounts = countBy(rollouts, ({ row }) => sideOf(row));
  return { total: rollouts.length, failures: failure, successes: success, errored };
}

/** What became of the trajectories that analysts were asked about, and what the parts before them did. */
export function analysisCounts(
  rollouts: readonly Rollout[],
  { findings, analyses }: Analysed,
  preset: Pick<EvolutionPreset, "differences" | "analysis">,
): Pick<Account, "analyses" | "differences" | "triage"> {
  const { total, errored } = trajectoryCounts(rollouts);
  const dropped = dropReasons(analyses);
  const failures = findings.filter(({ analysis }) => analysis.side === "failure");
  const kinds = failures.flatMap(({ difference }) => (difference ? [difference.kind] : []));
  return {
    analyses: {
      notAsked: total - errored - analyses.length,
      asked: analyses.length,
      explained: analyses.length - dropped.length,
      dropped: countWords(dropped),
      memories: lessonCount(analyses),
    },
    ...(preset.differences
      ? { differences: { failures: failures.length, kinds: countWords(kinds) } }
      : {}),
    ...(preset.analysis === "triage" ? { triage: triageCounts(failures) } : {}),
  };
}

function triageCounts(failures: readonly TrajectoryFinding[]): Account["triage"] & object {
  const asked = failures.flatMap(({ oneCall }) => (oneCall ? [oneCall] : []));
  const notAsked = failures.filter(({ oneCall }) => oneCall === undefined);
  const passedOn = dropReasons(asked);
  return {
    failures: failures.length,
    asked: asked.length,
    notAsked: countBy(notAsked, ({ difference }) => difference?.kind ?? "unknown"),
    explained: asked.length - passedOn.length,
    passedOn: countWords(passedOn),
  };
}

/** Lessons of all analyses. */
export function lessonCount(analyses: readonly Analysis[]): number {
  return analyses.reduce((sum, { memories }) => sum + memories.length, 0);
}

/** What was wrong with the replies of a stage. */
export function replyCounts(
  items: readonly (Omit<ReplyTally, "notes"> & Partial<ReplyTally>)[],
): Account["replies"][string] {
  return {
    faults: countWords(items.flatMap(({ faults }) => faults)),
    notes: countWords(items.flatMap(({ notes }) => notes ?? [])),
    repairs: items.reduce((sum, { repairs }) => sum + repairs, 0),
  };
}

/** What the rows of every stage spent together. */
export function spentByStage(stages: Readonly<Record<string, readonly Row[]>>): Account["spent"] {
  return Object.fromEntries(
    Object.entries(stages).map(([stage, rows]) => [
      stage,
      rows.map(({ spent }) => spent).reduce(plusSpent, nothingSpent),
    ]),
  );
}

/** Lines of the skill against its parent's. @param evolved lines that are not the parent's. */
export function linesAgainst(parent: Skill, skill: Skill, evolved: number): Account["lines"] {
  const count = ({ files }: Skill) =>
    [...files.values()].reduce((sum, text) => sum + lineCount(text), 0);
  const removed = count(parent) - (count(skill) - evolved);
  return { parent: count(parent), removed, evolved, skill: count(skill) };
}

/** How many lines edits wrote; several edits may stand behind one line. */
export function evolvedLines(
  origins: readonly { readonly file: string; readonly line: number }[],
): number {
  return new Set(origins.map(({ file, line }) => `${line} ${file}`)).size;
}

/**
 * What every account counts alike, with the counts of an evolution that merges and demotes nothing.
 *
 * @param happened `evolved`: lines of the skill that are not the parent's.
 */
export function sharedCounts(happened: {
  readonly rollouts: readonly Rollout[];
  readonly parent: Skill;
  readonly skill: Skill;
  readonly evolved: number;
}) {
  const { rollouts, parent, skill, evolved } = happened;
  return {
    trajectories: trajectoryCounts(rollouts),
    fates: { kept: 0, demoted: 0, quarantined: 0, withheld: 0, dropped: 0, lost: 0 },
    final: { total: 0, kept: 0, demoted: 0, quarantined: 0, withheld: {}, support: {} },
    merge: { fanIn: 0, levels: 0, calls: 0, carried: 0, inferred: 0 },
    lines: linesAgainst(parent, skill, evolved),
    identical: skill.digest === parent.digest,
  };
}
