import type { Edit, Patch, Skill } from "../../contracts/index.ts";
import { applyEdits } from "../../skills/apply-edits.ts";
import { agentWorld } from "../agent-world.ts";
import {
  type Evolution,
  type EvolutionDeps,
  type EvolutionRequest,
  type RoundContext,
  rollout,
  roundContext,
} from "../evolution.ts";
import { assertAccount } from "../record/account.ts";
import { afterStep, type EditedSkill, historyOf, linesOfHistory } from "../record/line-history.ts";
import { type EditOrigin, provenanceFrom } from "../record/provenance.ts";
import { changelogLine } from "../record/record.ts";
import { analyse } from "../stages/analyse/analyse.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { stepsWithin } from "../stages/analyse/lesson.ts";
import { unionOf } from "../stages/merge/dedupe.ts";
import { valuesOfTasks } from "../stages/propose/propose.ts";
import { runUnit } from "../unit.ts";
import {
  type SequentialStep,
  sequentialAccount,
  standingEdits,
  withheldInStep,
} from "./sequential-account.ts";
import { lessonsOfBatch, type StepResult, sequentialUnit } from "./sequential-unit.ts";

/** A request of an evolution, with how many trajectories are worked in at a time. */
export interface SequentialRequest extends EvolutionRequest {
  /** Trajectories a step; 1 and 4 in the paper. */
  readonly batch: number;
}

/**
 * The sequential baseline (paper, section 4.1): the skill is edited after every batch of analysed
 * trajectories, and the next batch sees what came of it.
 *
 * Rollouts and analyses are the same units as the parallel preset's, so they are paid for once. Of the
 * preset `analysis`, `turns`, `differences` and `ruleSchema` are used. A step of which nothing can be
 * applied leaves the skill as it was and is counted.
 *
 * @throws when the account does not add up or a line does not resolve, which is our bug.
 */
export async function sequential(
  request: SequentialRequest,
  deps: EvolutionDeps,
): Promise<Evolution> {
  const { parent, preset, batch: size } = request;
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`a batch has at least one trajectory, not ${size}`);
  const context = roundContext(request, deps);
  const rollouts = await rollout(context);
  const analysed = await analyse(rollouts, context);
  const explained = analysed.analyses.filter(({ end }) => end.kind === "explained");

  let now: EditedSkill = { skill: parent, history: historyOf(parent) };
  const steps: SequentialStep[] = [];
  for (let from = 0; from < explained.length; from += size) {
    const batch = explained.slice(from, from + size);
    const step = await editOnce(`b${steps.length + 1}`, batch, now.skill, context);
    const { applied } = step;
    now = { skill: applied.skill, history: afterStep(now, applied) };
    steps.push(step);
  }

  const { skill, history } = now;
  const standing = standingEdits(steps, history);
  const all = { preset, rollouts, analysed, steps, standing, skill, parent, history };
  const account = sequentialAccount(all);
  assertAccount(account);
  const applied = steps
    .flatMap(({ origins }) => origins)
    .filter(({ edit }) => standing.has(edit.id));
  return {
    skill,
    parent,
    account,
    provenance: provenanceFrom({ skill, parent }, linesOfHistory(history), applied),
    levels: [steps.map(stepPatch)],
    withheld: steps.flatMap((step) => withheldInStep(step, standing)),
    changelog: applied.map(({ edit }) => changelogLine(edit)),
  };
}

/** One step: the edits of one batch, applied to the skill as it stands. */
async function editOnce(
  id: string,
  batch: readonly Analysis[],
  parent: Skill,
  context: RoundContext,
): Promise<SequentialStep> {
  const { by, deps, preset } = context;
  const values = await valuesOfTasks(
    batch.map(({ task }) => task),
    { ...context, parent },
  );
  const rules = { parent, ruleSchema: preset.ruleSchema, values, world: agentWorld(context) };
  const { row, result } = await runUnit(deps.runner, sequentialUnit(batch, rules, by("propose")));
  const origins = originsInStep(id, batch, result);
  const applied = applyEdits(
    parent,
    origins.map(({ edit }) => edit),
  );
  return { id, batch, row, result, applied, origins };
}

/** The edits of a step with their ids, and the trajectories and steps behind each. */
function originsInStep(id: string, batch: readonly Analysis[], result: StepResult): EditOrigin[] {
  const lessons = lessonsOfBatch(batch);
  return result.edits.map(({ lessons: numbers, ...fields }, i) => {
    const carried = lessons.filter(({ number }) => numbers.includes(number));
    const behind = batch.flatMap((analysis) => {
      const own = carried.filter((lesson) => lesson.analysis === analysis);
      const steps = stepsWithin(own.flatMap((lesson) => lesson.steps));
      const reasons = own.map(({ reason }) => reason);
      const { task, row } = analysis;
      return own.length === 0 ? [] : [{ id, task, row, steps, reasons }];
    });
    const name = `${id}.e${i + 1}`;
    const tasks = unionOf([behind.map(({ task }) => task)]);
    const edit: Edit = { ...fields, id: name, sources: [name], tasks };
    return { edit, behind };
  });
}

/** The patch of a step, as it was proposed. */
function stepPatch({ id, result, origins }: SequentialStep): Patch {
  const { reasoning, changelog } = result;
  return { id, reasoning, edits: origins.map(({ edit }) => edit), changelog };
}
