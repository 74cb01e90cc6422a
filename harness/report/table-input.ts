import type { DataInfo } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Observation } from "../stats/observations.ts";

/** The facts of a study that its table is computed from; nothing in here is derived. */
export interface TableInput {
  readonly study: string;
  /** Where the data lies is not a fact of the study, so the path stays out. */
  readonly data: Pick<DataInfo, "name" | "real" | "digest">;
  /** Authors and users in the study's order, with the label printed wherever their numbers appear. */
  readonly models: readonly { readonly name: string; readonly label: string }[];
  /** In the study's order; so are the splits. Every arm names one of each. */
  readonly conditions: readonly string[];
  readonly splits: readonly string[];
  /** What the splits were of and how they were graded, in the study's order. */
  readonly asked?: readonly SplitTerms[];
  /** Seeds of the episodes, in the study's order. */
  readonly seeds: readonly number[];
  /** Seed of the bootstrap. */
  readonly seed: number;
  /** In any order; no two alike in condition, author, user, split and metric. */
  readonly arms: readonly ArmFacts[];
}

/** A split in the terms of its domain. */
export interface SplitTerms {
  readonly split: string;
  readonly domain: string;
  /** Name and version of the grader. */
  readonly grader: string;
  /** The domain's own split that the tasks were taken from. */
  readonly from: string;
  /** The domain's options, by name. */
  readonly options: Readonly<Record<string, string>>;
}

/** One cell of the table: a condition, run by one user on one split. */
export interface ArmFacts {
  /** Such as `deepening+error`. */
  readonly condition: string;
  readonly mode: "deepening" | "creation" | null;
  /** The model that wrote the skill; null where no model did. */
  readonly author: string | null;
  readonly user: string;
  readonly split: string;
  /** What the score is called. */
  readonly metric: string;
  /** Every episode asked for, in any order, each (task, seed) once. */
  readonly observations: readonly Observation[];
  /**
   * The arm that the delta is taken to. It has the same user, split and metric as this one, which
   * is why they are not repeated: a delta against another user's baseline cannot be written down.
   */
  readonly baseline: { readonly condition: string; readonly author: string | null } | null;
  /** Digest of the skill at every seed, in the order of the seeds; absent without one, and where every task has its own. */
  readonly skills?: readonly string[];
  /** What the arm's episodes took, where it is known. */
  readonly spent?: ArmSpent;
  /** Of a row of an ablation: its condition without the variant, and the variant. */
  readonly variant?: { readonly of: string; readonly name: string };
  /** What making the arm's skills took; absent where no model made them. */
  readonly making?: Making;
  /** The episodes are of tasks that the skill was learnt from: facts for retention, never a result. */
  readonly train?: true;
}

/** What the skills of an arm took to make: every unit once, as if nothing had been stored before. */
export interface Making {
  /** Skills that were made independently, one or one a seed; what follows is of all together. */
  readonly skills: number;
  /** Episodes: to learn from, to try edits out, and to choose. */
  readonly rollouts: number;
  readonly spent: ArmSpent;
  /**
   * Wall time of turning lessons into one skill, on average: rollouts and analyses are not in it, nor
   * is time in which none of its units was under way. Absent where it was not taken.
   */
  readonly seconds?: number;
}

/** Model calls of an arm, added up. */
export interface ArmSpent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Calls whose tokens are unknown. */
  readonly unmetered: number;
  /** In US dollars; null where a price is unknown, never 0 for that. */
  readonly costUsd: number | null;
}

/** Identifies an arm within its study. */
export function armKey(
  arm: Pick<ArmFacts, "condition" | "author" | "user" | "split" | "metric">,
): string {
  return JSON.stringify([arm.condition, arm.author, arm.user, arm.split, arm.metric]);
}

/** The key of the arm that `arm` is compared with, or undefined where it is a baseline itself. */
export function baselineKey(arm: ArmFacts): string | undefined {
  return arm.baseline === null ? undefined : armKey({ ...arm, ...arm.baseline });
}

/**
 * Refuses facts that no honest table can be made of.
 *
 * @param where the file they come from, for the message.
 * @throws {InputError} at the first of: an arm twice, an arm that is its own baseline, a name that the
 * study does not list, an episode twice, a task in two groups, a score outside 0 to 1.
 */
export function checkTableInput(input: TableInput, where: string): void {
  const seen = new Set<string>();
  const groupsOf = new Map<string, Map<string, string>>();
  const models = new Set(input.models.map((model) => model.name));
  for (const arm of input.arms) {
    const field = [arm.condition, arm.author, arm.user, arm.split].filter(Boolean).join(" / ");
    const refuse = (problem: string, fix: string) => new InputError({ where, field, problem, fix });
    const key = armKey(arm);
    if (seen.has(key)) throw refuse("this arm is there twice", "Keep one of the two.");
    seen.add(key);
    if (baselineKey(arm) === key) {
      throw refuse("this arm is its own baseline", "Name another arm, or null for a baseline.");
    }
    for (const [list, name, kind] of [
      [input.conditions, arm.condition, "conditions"],
      [input.splits, arm.split, "splits"],
    ] as const) {
      if (!list.includes(name))
        throw refuse(`"${name}" is not among the ${kind}`, "List it there.");
    }
    for (const name of [arm.user, arm.author]) {
      if (name !== null && !models.has(name)) {
        throw refuse(`"${name}" is not among the models`, "List it there with its label.");
      }
    }
    const tasksOf = new Map(input.seeds.map((seed) => [seed, new Set<string>()]));
    const groupOf = groupsOf.get(arm.split) ?? new Map<string, string>();
    groupsOf.set(arm.split, groupOf);
    for (const { task, group, seed, score } of arm.observations) {
      const tasks = tasksOf.get(seed);
      if (tasks === undefined)
        throw refuse(`seed ${seed} is not among the seeds`, "List it there.");
      if (tasks.has(task)) {
        throw refuse(`task "${task}" with seed ${seed} is there twice`, "Keep one of the two.");
      }
      tasks.add(task);
      const known = groupOf.get(task);
      if (known === undefined) groupOf.set(task, group);
      else if (known !== group) {
        throw refuse(
          `task "${task}" is in group "${known}" and in group "${group}"`,
          "Give it the same group in every arm.",
        );
      }
      if (score !== undefined && !(score >= 0 && score <= 1)) {
        throw refuse(`task "${task}" has the score ${score}`, "Scores are from 0 to 1.");
      }
    }
  }
}
