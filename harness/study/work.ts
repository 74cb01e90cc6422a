import type { Model, Runner, Task } from "../contracts/index.ts";
import type { RolloutDemand } from "../evolution/rollout-budget.ts";
import { type Arm, armsOf, type EvolvedSource, type SkillSource } from "./arms.ts";
import type { StudyContext, StudyParts } from "./context.ts";
import { settingsOf } from "./learn.ts";
import { type RolloutMaker, rolloutMaker } from "./rollout.ts";
import type { StudySplit } from "./select-tasks.ts";
import { learningTasks, skillMaker } from "./skill-maker.ts";
import { type ResolvedSkill, skillResolver } from "./skill-sources.ts";

/** Resolves skills and makes rollouts, for a runner that runs or one that only plans. */
export interface StudyWork extends StudyParts {
  readonly arms: readonly Arm[];
  skillOf(source: SkillSource, seed: number): Promise<ResolvedSkill>;
  /** What evolving a source is asked for. */
  demandOf(source: EvolvedSource): RolloutDemand;
  /** The tasks of an arm's episodes: of a train arm those that its skill was learnt from. */
  tasksOf(arm: Arm): readonly Task[];
}

/** Prepares a study's work. Nothing runs yet. */
export function studyWork(context: StudyContext, runner: Runner): StudyWork {
  const { study, splits } = context;
  const parts = partsOf(context);
  return {
    ...parts,
    arms: armsOf(study),
    skillOf: skillResolver(skillMaker(context, parts), study.seeds, runner),
    demandOf: (source) => ({
      ...settingsOf(source.method, context.presetOf(source.variant)),
      tasks: learningTasks(source, context).length,
      select: splits.find(({ name }) => name === "select")?.tasks.length ?? 0,
    }),
    tasksOf: ({ source, split, train }) =>
      train && source.kind === "evolved"
        ? learningTasks(source, context)
        : parts.split(split).tasks,
  };
}

function partsOf({ splits, models, limits, sandboxes, clock }: StudyContext): StudyParts {
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
    rolloutOf(user, { domain, options }: StudySplit) {
      const key = JSON.stringify([user, domain.name, options]);
      let maker = makers.get(key);
      if (maker === undefined) {
        maker = rolloutMaker({ domain, options, model: model(user), limits, sandboxes, clock });
        makers.set(key, maker);
      }
      return maker;
    },
  };
}
