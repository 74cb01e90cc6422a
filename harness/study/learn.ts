import type { Model, Runner, Skill, Task } from "../contracts/index.ts";
import { oneShot } from "../evolution/baselines/one-shot.ts";
import {
  type BankDeps,
  type BankRequest,
  reasoningBank,
} from "../evolution/baselines/reasoning-bank.ts";
import { sequential } from "../evolution/baselines/sequential.ts";
import type { Evolution, EvolutionRequest } from "../evolution/evolution.ts";
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
  const { domain, clock, presetOf } = context;
  const { model, split, rolloutOf } = parts;
  return {
    given(name) {
      const skill = context.skills[name];
      if (skill === undefined) throw new Error(`the ${name} skill was not read`);
      return skill;
    },
    draft: (author, seed, runner) =>
      draftSkill(
        { domain, author: rolesOf(author, context, model).get("draft") ?? model(author), seed },
        { runner, clock },
      ),
    learn: (source, parent, seed, runner) =>
      learn(
        source.method,
        requestOf(source, { parent, seed }, context, parts),
        depsOf(source, runner, context, parts),
      ),
    presetOf: (source) => settingsOf(source.method, presetOf(source.variant)).preset,
    tryOut(source, skill, seed, runner) {
      const on = presetOf(source.variant).selectOn;
      const rollout = rolloutOf(source.author, split(on));
      const tasks = on === "evolve" ? parts.learningTasks(source) : split(on).tasks;
      return Promise.all(tasks.map((task) => runner.run(rollout(task, skill, seed))));
    },
  };
}

/** The select split, where the preset of a source uses it. */
function selectSplitOf({ variant }: EvolvedSource, { presetOf, splits }: StudyContext) {
  return usesSelect(presetOf(variant)) ? splits.find(({ name }) => name === "select") : undefined;
}

/** The models that play a role in place of an author. */
function rolesOf(
  author: string,
  { study }: StudyContext,
  model: StudyParts["model"],
): ReadonlyMap<string, Model> {
  return new Map(
    Object.entries(study.roles).flatMap(([role, named]) => {
      const name = typeof named === "string" ? named : named[author];
      return name === undefined ? [] : [[role, model(name)] as const];
    }),
  );
}

function requestOf(
  source: EvolvedSource,
  from: { readonly parent: Skill; readonly seed: number },
  context: StudyContext,
  parts: StudyParts,
): BankRequest & EvolutionRequest {
  const { model, split } = parts;
  const select = selectSplitOf(source, context);
  return {
    ...from,
    domain: context.domain,
    options: split("evolve").options,
    mode: source.mode,
    ...settingsOf(source.method, context.presetOf(source.variant)),
    tasks: parts.learningTasks(source),
    ...(select === undefined ? {} : { selectTasks: select.tasks }),
    author: model(source.author),
    roles: rolesOf(source.author, context, model),
    asked: context.splits.flatMap(({ tasks }) => tasks),
  };
}

function depsOf(
  source: EvolvedSource,
  runner: Runner,
  context: StudyContext,
  { rolloutOf, split }: StudyParts,
): BankDeps {
  const { sandboxes, clock, embedder } = context;
  const select = selectSplitOf(source, context);
  const onEvolve = rolloutOf(source.author, split("evolve"));
  const onSelect = select === undefined ? onEvolve : rolloutOf(source.author, select);
  const rolloutOn = (task: Task) => (select?.tasks.includes(task) ? onSelect : onEvolve);
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
  switch (baseline?.kind) {
    case "reasoning-bank": {
      const bank = await reasoningBank(request, deps);
      return { skill: request.parent, bank, skillFor: bank.skillFor };
    }
    case "one-shot":
      return evolved(await oneShot(request, deps));
    case "sequential":
      return evolved(await sequential({ ...request, batch: baseline.batch }, deps));
    default:
      return evolved(await evolve(request, deps));
  }
}

function evolved(evolution: Evolution): Learnt {
  return { skill: evolution.skill, evolution };
}
