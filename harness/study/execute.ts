import type { LoopLimits } from "../agent/loop.ts";
import type {
  Clock,
  DataInfo,
  Domain,
  Model,
  Runner,
  SandboxProvider,
  Skill,
  Task,
  Unit,
} from "../contracts/index.ts";
import { InputError } from "../errors.ts";
import type { Embedder } from "../evolution/baselines/embedding.ts";
import { type EvolutionPreset, usesSelect } from "../evolution/presets.ts";
import { type RolloutDemand, tasksWithinBudget } from "../evolution/rollout-budget.ts";
import { draftSkill } from "../evolution/stages/draft/draft.ts";
import { assertSameBut } from "./arm-hygiene.ts";
import { type Arm, armsOf, type SkillSource, sourceKey } from "./arms.ts";
import type { Study } from "./config/read-study.ts";
import { learn, settingsOf } from "./learn.ts";
import { type RolloutMaker, rolloutMaker } from "./rollout.ts";
import { keyOf, type StudyRunner } from "./runner.ts";
import type { StudySplit } from "./select-tasks.ts";
import { type EvolvedSource, type ResolvedSkill, skillAt, skillResolver } from "./skill-sources.ts";

/** A study with everything it needs to run. */
export interface StudyContext {
  readonly study: Study;
  /** The domain that skills are learnt in. */
  readonly domain: Domain;
  /** Of all domains of the splits together. */
  readonly data: DataInfo;
  readonly splits: readonly StudySplit[];
  readonly models: ReadonlyMap<string, Model>;
  readonly skills: Readonly<Record<"human-written" | "placebo", Skill>>;
  /** Of every evolved source: the study's own preset, or its variant's. */
  presetOf(variant: string | null): EvolutionPreset;
  readonly limits: LoopLimits;
  readonly sandboxes: SandboxProvider;
  readonly clock: Clock;
  /** Of methods that retrieve. @default BM25 */
  readonly embedder?: Embedder;
}

/** An arm at one seed: what its episodes are given. */
export interface Cell {
  readonly arm: Arm;
  readonly seed: number;
  readonly resolved: ResolvedSkill;
}

/** Resolves skills and makes rollouts, for a runner that runs or one that only plans. */
export interface StudyWork {
  readonly arms: readonly Arm[];
  skillOf(source: SkillSource, seed: number): Promise<ResolvedSkill>;
  rolloutOf(model: string, split: StudySplit): RolloutMaker;
  split(name: string): StudySplit;
  model(name: string): Model;
  /** What evolving a source is asked for. */
  demandOf(source: EvolvedSource): RolloutDemand;
  /** The tasks of an arm's episodes: of a train arm those that its skill was learnt from. */
  tasksOf(arm: Arm): readonly Task[];
}

/**
 * The tasks that a source learns from: the first ones of the evolve split that its budget allows.
 *
 * @throws {InputError} where it allows none.
 */
function learningTasks(source: EvolvedSource, context: StudyContext): readonly Task[] {
  const tasksOf = (name: string) => context.splits.find((one) => one.name === name)?.tasks ?? [];
  const evolveTasks = tasksOf("evolve");
  const settings = settingsOf(source.method, context.presetOf(source.variant));
  const count = tasksWithinBudget({
    ...settings,
    tasks: evolveTasks.length,
    select: tasksOf("select").length,
  });
  if (count !== undefined) return evolveTasks.slice(0, count);
  const { study } = context;
  const path = source.variant === null ? ["evolution"] : ["variants", source.variant];
  throw new InputError({
    where: study.placeOf(path),
    field: [...path, "rolloutBudget"].join("."),
    problem: `${settings.preset.rolloutBudget?.rollouts} rollouts are not enough to learn from two tasks`,
    fix: "Raise it, shorten the select split, or lower rounds, gateRepeats or evolutionSeeds.",
  });
}

/** Prepares a study's work. Nothing runs yet. */
export function studyWork(context: StudyContext, runner: Runner): StudyWork {
  const { study, domain, limits, sandboxes, clock } = context;
  const split = (name: string): StudySplit => {
    const found = context.splits.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no split ${name}`);
    return found;
  };
  const model = (name: string): Model => {
    const found = context.models.get(name);
    if (found === undefined) throw new Error(`no model ${name}`);
    return found;
  };
  const makers = new Map<string, RolloutMaker>();
  const rolloutOf = (user: string, from: StudySplit): RolloutMaker => {
    const key = JSON.stringify([user, from.domain.name, from.options]);
    let maker = makers.get(key);
    if (maker === undefined) {
      const { domain: own, options } = from;
      maker = rolloutMaker({ domain: own, options, model: model(user), limits, sandboxes, clock });
      makers.set(key, maker);
    }
    return maker;
  };
  const learntFrom = (source: EvolvedSource) => learningTasks(source, context);
  const rolesOf = (author: string): ReadonlyMap<string, Model> =>
    new Map(
      Object.entries(study.roles).flatMap(([role, named]) => {
        const name = typeof named === "string" ? named : named[author];
        return name === undefined ? [] : [[role, model(name)] as const];
      }),
    );

  const skillOf = skillResolver(
    {
      given: (name) => context.skills[name],
      draft: (author, seed, by) =>
        draftSkill(
          { domain, author: rolesOf(author).get("draft") ?? model(author), seed },
          { runner: by, clock },
        ),
      learn: (source, parent, seed, by) => {
        const from = split("evolve");
        const rollout = rolloutOf(source.author, from);
        const preset = context.presetOf(source.variant);
        const select = usesSelect(preset)
          ? context.splits.find(({ name }) => name === "select")
          : undefined;
        const rolloutOn = (task: Task) =>
          select?.tasks.includes(task) ? rolloutOf(source.author, select) : rollout;
        return learn(
          source.method,
          {
            domain,
            options: from.options,
            parent,
            mode: source.mode,
            ...settingsOf(source.method, preset),
            tasks: learntFrom(source),
            ...(select === undefined ? {} : { selectTasks: select.tasks }),
            author: model(source.author),
            roles: rolesOf(source.author),
            seed,
            asked: context.splits.flatMap(({ tasks }) => tasks),
          },
          {
            runner: by,
            sandboxes,
            clock,
            ...(context.embedder === undefined ? {} : { embedder: context.embedder }),
            rollout: (task, skill, at, repeat) => by.run(rolloutOn(task)(task, skill, at, repeat)),
            attempt: (task, skill, at, repeat, signal) => {
              const unit = rolloutOn(task)(task, skill, at, repeat);
              return unit.run({ key: keyOf(unit), signal });
            },
          },
        );
      },
      presetOf: (source) => settingsOf(source.method, context.presetOf(source.variant)).preset,
      tryOut: (source, skill, seed, by) => {
        const on = context.presetOf(source.variant).selectOn;
        const rollout = rolloutOf(source.author, split(on));
        const tasks = on === "evolve" ? learntFrom(source) : split(on).tasks;
        return Promise.all(tasks.map((task) => by.run(rollout(task, skill, seed))));
      },
    },
    study.seeds,
    runner,
  );
  return {
    arms: armsOf(study),
    skillOf,
    rolloutOf,
    split,
    model,
    demandOf: (source) => ({
      ...settingsOf(source.method, context.presetOf(source.variant)),
      tasks: learntFrom(source).length,
      select: context.splits.find(({ name }) => name === "select")?.tasks.length ?? 0,
    }),
    tasksOf: ({ source, split: name, train }) =>
      train && source.kind === "evolved" ? learntFrom(source) : split(name).tasks,
  };
}

/**
 * Runs a study: evolves what it needs, then evaluates every arm on its held-out split.
 *
 * Episodes of all arms are interleaved, task by task, so that whatever drifts at an endpoint
 * reaches all arms alike.
 *
 * @param onStage told of each part as it begins, with its number of units where it is known.
 */
export async function runStudy(
  context: StudyContext,
  runner: StudyRunner,
  onStage: (name: string, units: number | undefined) => void,
): Promise<readonly Cell[]> {
  const work = studyWork(context, runner);
  assertComparable(context, work);
  onStage("evolve skills", undefined);
  const cells = await resolveCells(work, context.study.seeds);
  const episodes = cells.reduce(
    (sum, { arm }) => sum + work.tasksOf(arm).length * work.split(arm.split).samples,
    0,
  );
  onStage("evaluate", episodes);
  await runner.runAll(interleaved(cells, work));
  return cells;
}

/** The skill of every arm at every seed. */
async function resolveCells(work: StudyWork, seeds: readonly number[]): Promise<readonly Cell[]> {
  return Promise.all(
    seeds.flatMap((seed) =>
      work.arms.map(async (arm) => ({ arm, seed, resolved: await work.skillOf(arm.source, seed) })),
    ),
  );
}

/** Units of all cells, one task after another, every arm of a task before the next task. */
function* interleaved(cells: readonly Cell[], work: StudyWork): Iterable<Unit> {
  const longest = Math.max(0, ...cells.map(({ arm }) => work.tasksOf(arm).length));
  for (let i = 0; i < longest; i++) {
    for (const { arm, seed, resolved } of cells) {
      const split = work.split(arm.split);
      const task = work.tasksOf(arm)[i];
      if (task === undefined) continue;
      const rollout = work.rolloutOf(arm.user, split);
      for (let sample = 0; sample < split.samples; sample++)
        yield rollout(task, skillAt(resolved, task), seed, sample);
    }
  }
}

/**
 * Refuses to start when two arms that a delta compares differ in more than their skill.
 *
 * @throws {InputError} naming the path.
 */
export function assertComparable(context: StudyContext, work: StudyWork): void {
  for (const arm of work.arms) {
    const { baseline } = arm;
    if (baseline === null) continue;
    const other = work.arms.find(
      ({ condition, author, user, split }) =>
        condition === baseline.condition &&
        author === baseline.author &&
        user === arm.user &&
        split === arm.split,
    );
    if (other === undefined) throw new Error(`no arm ${JSON.stringify(baseline)}`);
    const comparison = `${sourceKey(arm.source)} against ${sourceKey(other.source)}`;
    // On training tasks only those that the skill was learnt from are paired.
    const may = arm.train ? ["skill", "tasks"] : ["skill"];
    assertSameBut(comparison, armFacts(arm, context, work), armFacts(other, context, work), may);
  }
}

/** Everything that decides an arm's episodes. */
function armFacts(arm: Arm, { limits, sandboxes, study }: StudyContext, work: StudyWork) {
  const split = work.split(arm.split);
  return {
    skill: sourceKey(arm.source),
    domain: split.domain.name,
    grader: split.domain.grader,
    options: split.options,
    samples: split.samples,
    measure: split.measure,
    model: work.model(arm.user).identity,
    limits: { ...limits },
    sandbox: sandboxes.name,
    seeds: study.seeds,
    tasks: work.tasksOf(arm).map((task) => task.id),
  };
}
