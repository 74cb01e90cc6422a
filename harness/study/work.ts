import type { JsonObject, Model, Runner, Skill, Task } from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import { type RolloutDemand, tasksWithinBudget } from "../evolution/rollout-budget.ts";
import { keptIn } from "../kept.ts";
import { type Arm, armsOf, type EvolvedSource, type SkillSource, sourceKey } from "./arms.ts";
import { assertComparable } from "./comparable.ts";
import { settingsOf } from "./conditions.ts";
import type { StudyContext, StudyParts } from "./context.ts";
import { type RolloutMaker, rolloutMaker } from "./rollout.ts";
import type { StudySplit } from "./select-tasks.ts";
import type { ResolvedSkill } from "./skill-sources.ts";

/** Resolves skills and makes rollouts, for a runner that runs or one that only plans. */
export interface StudyWork extends StudyParts {
  readonly arms: readonly Arm[];
  skillOf(source: SkillSource, seed: number): Promise<ResolvedSkill>;
  /** What evolving a source is asked for. */
  demandOf(source: EvolvedSource): RolloutDemand;
  /** The tasks of an arm's episodes: of a train arm those that its skill was learnt from. */
  tasksOf(arm: Arm): readonly Task[];
}

/**
 * Prepares a study's work. Nothing runs yet.
 *
 * @throws {InputError} where two arms that a delta compares differ in more than their skill.
 */
export function studyWork(context: StudyContext, runner: Runner): StudyWork {
  const parts = partsOf(context);
  let skills: ReturnType<typeof skillsOf> | undefined;
  const work: StudyWork = {
    ...parts,
    arms: armsOf(context.study),
    async skillOf(source, seed) {
      if (source.kind === "none") return { skill: undefined };
      skills ??= skillsOf(context, parts, runner);
      return (await skills)(source, seed);
    },
    demandOf: (source) => ({
      ...settingsOf(source.method, context.presetOf(source.variant)),
      tasks: parts.learningTasks(source).length,
      select: tasksIn("select", context).length,
    }),
    tasksOf: ({ source, split, train }) =>
      train && source.kind === "evolved" ? parts.learningTasks(source) : parts.split(split).tasks,
  };
  assertComparable(work.arms, (arm) => factsOf(arm, context, work));
  return work;
}

/** The skill that an agent is given for a task. */
export function skillAt({ skill, skillFor }: ResolvedSkill, task: Task): Skill | undefined {
  return skillFor === undefined ? skill : skillFor(task);
}

/** The evolution is loaded where a skill is asked for. */
async function skillsOf(context: StudyContext, parts: StudyParts, runner: Runner) {
  const { skillMaker } = await import("./learn.ts");
  const { skillResolver } = await import("./skill-sources.ts");
  return skillResolver(skillMaker(context, parts), context.study.seeds, runner);
}

function partsOf(context: StudyContext): StudyParts {
  const { splits, models, limits, sandboxes, clock } = context;
  const makers = new Map<string, RolloutMaker>();
  const model = (name: string): Model => {
    const found = models.get(name);
    if (found === undefined) throw new Error(`no model ${name}`);
    return found;
  };
  return {
    model,
    split(name) {
      const found = splits.find((candidate) => candidate.name === name);
      if (found === undefined) throw new Error(`no split ${name}`);
      return found;
    },
    rolloutOf: (user, { domain, options, direct }: StudySplit) =>
      keptIn(makers, JSON.stringify([user, domain.name, options, direct !== undefined]), () =>
        rolloutMaker({ domain, options, direct, model: model(user), limits, sandboxes, clock }),
      ),
    learningTasks: (source) => learningTasks(source, context),
  };
}

function tasksIn(split: string, { splits }: StudyContext): readonly Task[] {
  return splits.find(({ name }) => name === split)?.tasks ?? [];
}

function learningTasks(source: EvolvedSource, context: StudyContext): readonly Task[] {
  const { study, presetOf } = context;
  const evolve = tasksIn("evolve", context);
  const settings = settingsOf(source.method, presetOf(source.variant));
  const select = tasksIn("select", context).length;
  const count = tasksWithinBudget({ ...settings, tasks: evolve.length, select });
  if (count !== undefined) return evolve.slice(0, count);
  const path = source.variant === null ? ["evolution"] : ["variants", source.variant];
  throw new InputError({
    where: study.placeOf(path),
    field: [...path, "rolloutBudget"].join("."),
    problem: `${settings.preset.rolloutBudget?.rollouts} rollouts are not enough to learn from two tasks`,
    fix: "Raise it, shorten the select split, or lower rounds, gateRepeats or evolutionSeeds.",
  });
}

/** Everything that decides an arm's episodes. */
function factsOf(arm: Arm, context: StudyContext, work: StudyWork): JsonObject {
  const { limits, sandboxes, study } = context;
  const { domain, options, samples, measure, direct } = work.split(arm.split);
  return {
    ...{ skill: sourceKey(arm.source), domain: domain.name, grader: domain.grader },
    ...{ options, samples, measure, interaction: direct === undefined ? "agent" : "direct" },
    model: work.model(arm.user).identity,
    limits: { ...limits },
    sandbox: sandboxes.name,
    seeds: study.seeds,
    tasks: work.tasksOf(arm).map(({ id }) => id),
  };
}
