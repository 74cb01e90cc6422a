import type { Runner, Task } from "../contracts/index.ts";
import { oneShot } from "../evolution/baselines/one-shot.ts";
import {
  type BankDeps,
  type BankRequest,
  reasoningBank,
} from "../evolution/baselines/reasoning-bank.ts";
import { sequential } from "../evolution/baselines/sequential.ts";
import type { EvolutionRequest } from "../evolution/evolution.ts";
import { evolve } from "../evolution/evolve.ts";
import { usesSelect } from "../evolution/presets.ts";
import { draftSkill } from "../evolution/stages/draft/draft.ts";
import type { EvolvedSource } from "./arms.ts";
import { baselineKindOf, type Method, settingsOf } from "./conditions.ts";
import type { StudyContext, StudyParts } from "./context.ts";
import { keyOf } from "./runner.ts";
import type { Learnt, SkillMaker } from "./skill-sources.ts";

/** What makes the skills of a study: those that are given, drafts, and what is learnt. */
export function skillMaker(context: StudyContext, parts: StudyParts): SkillMaker {
  const { domain, clock, presetOf, study } = context;
  const { model, split, rolloutOf } = parts;
  /** The models that play a role in place of an author. */
  const rolesOf = (author: string) =>
    new Map(
      Object.entries(study.roles).flatMap(([role, named]) => {
        const name = typeof named === "string" ? named : named[author];
        return name === undefined ? [] : [[role, model(name)] as const];
      }),
    );
  return {
    given(name) {
      const skill = context.skills[name];
      if (skill === undefined) throw new Error(`the ${name} skill was not read`);
      return skill;
    },
    draft: (author, seed, runner) =>
      draftSkill(
        { domain: asPut(context), author: rolesOf(author).get("draft") ?? model(author), seed },
        { runner, clock },
      ),
    learn(source, parent, seed, runner) {
      const select = selectTasksOf(source, context);
      const request = {
        ...{ parent, seed, domain, mode: source.mode },
        options: split("evolve").options,
        ...settingsOf(source.method, presetOf(source.variant)),
        tasks: parts.learningTasks(source),
        ...(select === undefined ? {} : { selectTasks: select }),
        author: model(source.author),
        roles: rolesOf(source.author),
        asked: context.splits.flatMap(({ tasks }) => tasks),
      };
      return learn(source.method, request, depsOf(source, runner, context, parts));
    },
    presetOf: (source) => settingsOf(source.method, presetOf(source.variant)).preset,
    tryOut(source, skill, seed, runner) {
      const on = presetOf(source.variant).selectOn;
      const rollout = rolloutOf(source.author, split(on));
      const tasks = on === "evolve" ? parts.learningTasks(source) : split(on).tasks;
      return Promise.all(tasks.map((task) => runner.run(rollout(task, skill, seed))));
    },
  };
}

/**
 * The study's domain as a draft is told of it: as the tasks that skills are learnt from are put, and
 * without such ones as the first others.
 */
function asPut({ domain, splits }: StudyContext): StudyContext["domain"] {
  const own = splits.filter((split) => split.domain.name === domain.name);
  const direct = (own.find(({ name }) => name === "evolve") ?? own[0])?.direct;
  return direct === undefined ? domain : { ...domain, about: direct.form.about };
}

/** The tasks of the select split, where there is one and the preset of a source uses it. */
function selectTasksOf({ variant }: EvolvedSource, { presetOf, splits }: StudyContext) {
  return usesSelect(presetOf(variant))
    ? splits.find(({ name }) => name === "select")?.tasks
    : undefined;
}

function depsOf(
  source: EvolvedSource,
  runner: Runner,
  context: StudyContext,
  { rolloutOf, split }: StudyParts,
): BankDeps {
  const { sandboxes, clock, embedder } = context;
  const select = selectTasksOf(source, context);
  const rolloutOn = (task: Task) =>
    rolloutOf(source.author, split(select?.includes(task) ? "select" : "evolve"));
  return {
    ...{ runner, sandboxes, clock },
    ...(embedder === undefined ? {} : { embedder }),
    rollout: (task, skill, seed, repeat) => runner.run(rolloutOn(task)(task, skill, seed, repeat)),
    attempt({ task, skill, seed, repeat, signal }) {
      const unit = rolloutOn(task)(task, skill, seed, repeat);
      return unit.run({ key: keyOf(unit), signal });
    },
  };
}

/** Runs a method on the trajectories of the evolve split. */
async function learn(
  method: Method,
  request: BankRequest & EvolutionRequest,
  deps: BankDeps,
): Promise<Learnt> {
  const baseline = baselineKindOf(method);
  if (baseline?.kind === "reasoning-bank") {
    const bank = await reasoningBank(request, deps);
    return { skill: request.parent, bank, skillFor: bank.skillFor };
  }
  const evolution =
    baseline === undefined
      ? await evolve(request, deps)
      : baseline.kind === "one-shot"
        ? await oneShot(request, deps)
        : await sequential({ ...request, batch: baseline.batch }, deps);
  return { skill: evolution.skill, evolution };
}
