import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Observation } from "../stats/observations.ts";

const count = z.int().min(0);
const texts = z.array(z.string()).readonly();

/** Model calls, added up. */
const spentFacts = z
  .strictObject({
    calls: count,
    inputTokens: count,
    outputTokens: count,
    /** Calls whose tokens are unknown. */
    unmetered: count,
    /** In US dollars; null where a price is unknown, never 0 for that. */
    costUsd: z.number().min(0).nullable(),
  })
  .readonly();
export type ArmSpent = z.infer<typeof spentFacts>;

/** What the skills of an arm took to make: every unit once, as if nothing had been stored before. */
const makingFacts = z
  .strictObject({
    /** Skills that were made independently, one or one a seed; what follows is of all together. */
    skills: z.int().min(1),
    /** Episodes: to learn from, to try edits out, and to choose. */
    rollouts: count,
    spent: spentFacts,
    /**
     * Wall time of turning lessons into one skill, on average: rollouts and analyses are not in it, nor
     * is time in which none of its units was under way. Absent where it was not taken.
     */
    seconds: z.number().min(0).exactOptional(),
  })
  .readonly();
export type Making = z.infer<typeof makingFacts>;

const counts = z.record(z.string(), count).readonly();

/** The form of an arm's episodes, apart from what their answers are worth. */
const formFacts = z
  .strictObject({
    /** Episodes that this is of, graded or not. */
    episodes: count,
    /** Of them, those that ended for a reason of form, by outcome; the most frequent first. */
    ended: counts,
    /** Answers that a final reply stated in its text. */
    byText: count,
    /** Replies whose calls were understood from another form than the one asked for, by form. */
    recovered: counts,
  })
  .readonly();
export type ArmForm = z.infer<typeof formFacts>;

/** One cell of the table without its episodes: a condition, run by one user on one split. */
export const armFacts = z.strictObject({
  /** Such as `deepening+error`. */
  condition: z.string(),
  mode: z.enum(["deepening", "creation"]).nullable(),
  /** The model that wrote the skill; null where no model did. */
  author: z.string().nullable(),
  user: z.string(),
  split: z.string(),
  /** What the score is called. */
  metric: z.string(),
  /**
   * The arm that the delta is taken to. It has the same user, split and metric as this one, which
   * is why they are not repeated: a delta against another user's baseline cannot be written down.
   */
  baseline: z
    .strictObject({ condition: z.string(), author: z.string().nullable() })
    .readonly()
    .nullable(),
  /** Digest of the skill at every seed, in the order of the seeds; absent without one, and where every task has its own. */
  skills: texts.exactOptional(),
  /** How the arm's episodes ended, in the terms of form, where it is known. */
  form: formFacts.exactOptional(),
  /** What the arm's episodes took, where it is known. */
  spent: spentFacts.exactOptional(),
  /** Of a row of an ablation: its condition without the variant, and the variant. */
  variant: z.strictObject({ of: z.string(), name: z.string() }).readonly().exactOptional(),
  /** What making the arm's skills took; absent where no model made them. */
  making: makingFacts.exactOptional(),
  /** The episodes are of tasks that the skill was learnt from: facts for retention, never a result. */
  train: z.literal(true).exactOptional(),
});

/** One cell of the table. */
export type ArmFacts = Readonly<z.infer<typeof armFacts>> & {
  /** Every episode asked for, in any order, each (task, seed) once. */
  readonly observations: readonly Observation[];
};

/** The facts of a study besides its arms. */
export const studyFacts = z.strictObject({
  study: z.string(),
  /** Where the data lies is not a fact of the study, so the path stays out. */
  data: z.strictObject({ name: z.string(), real: z.boolean(), digest: z.string() }).readonly(),
  /** Authors and users in the study's order, with the label printed wherever their numbers appear. */
  models: z.array(z.strictObject({ name: z.string(), label: z.string() }).readonly()).readonly(),
  /** In the study's order; so are the splits. Every arm names one of each. */
  conditions: texts,
  splits: texts,
  /** What the splits were of and how they were graded, in the study's order. */
  asked: z
    .array(
      z
        .strictObject({
          split: z.string(),
          domain: z.string(),
          /** Name and version of the grader. */
          grader: z.string(),
          /** The domain's own split that the tasks were taken from. */
          from: z.string(),
          /** The domain's options, by name. */
          options: z.record(z.string(), z.string()).readonly(),
          /** Where the tasks were put in one call without tools; absent where an agent worked on them. */
          interaction: z.literal("direct").exactOptional(),
        })
        .readonly(),
    )
    .readonly()
    .exactOptional(),
  /** Seeds of the episodes, in the study's order. */
  seeds: z.array(z.int()).readonly(),
  /** Seed of the bootstrap. */
  seed: z.number(),
});

/** The facts of a study that its table is computed from; nothing in here is derived. */
export type TableInput = Readonly<z.infer<typeof studyFacts>> & {
  /** In any order; no two alike in condition, author, user, split and metric. */
  readonly arms: readonly ArmFacts[];
};

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
