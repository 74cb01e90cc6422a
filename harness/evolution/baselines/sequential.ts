import type { Skill } from "../../contracts/index.ts";
import { applyEdits } from "../../skills/apply-edits.ts";
import type { EvolutionDeps } from "../evolution-deps.ts";
import type { Evolution, EvolutionRequest } from "../evolve.ts";
import { assertAccount } from "../record/account.ts";
import { afterStep, type LineHistory, untouched } from "../record/line-history.ts";
import { analyse, analysisDeps } from "../stages/analyse/analyse.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { taskValues } from "../stages/propose/task-values.ts";
import { answeringBy } from "./answering.ts";
import { rolloutsOf } from "./rollouts.ts";
import { sequentialAccount } from "./sequential-account.ts";
import { sequentialProvenance } from "./sequential-provenance.ts";
import { type StepResult, stepUnit } from "./sequential-step.ts";
import { originsOf, patchOf, type Step, standingEdits, withheldIn } from "./step-edits.ts";

/** A request of an evolution, with how many trajectories are worked in at a time. */
export interface SequentialRequest extends EvolutionRequest {
  /** Trajectories a step; 1 and 4 in the paper. */
  readonly batch: number;
}

/**
 * The sequential baseline (paper, section 4.1): the skill is edited after every batch of analysed
 * trajectories, and the next batch sees what came of it.
 *
 * Rollouts and analyses are units, the same ones as the parallel preset's, so what both need is paid
 * for once. Of the preset `analysis`, `turns` and `ruleSchema` are used; there is nothing to merge, no
 * contrast, no ledger and no gate. A step that cannot be read, or of which nothing can be applied, leaves the skill as it was
 * and is counted.
 *
 * The calls depend on one another: the wall time of the editing is that of ceil(explained / batch)
 * calls one after the other, where the parallel preset has one round of proposals and a few levels of
 * merges (paper, table 4: 60 and 15 minutes against 3).
 *
 * @throws when the account does not add up or a line does not resolve, which is our bug.
 */
export async function sequential(
  request: SequentialRequest,
  deps: EvolutionDeps,
): Promise<Evolution> {
  const { parent, batch: size } = request;
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`a batch has at least one trajectory, not ${size}`);
  const rollouts = await rolloutsOf(request, deps);
  const by = (role: string) => answeringBy(role, request, deps.clock);
  const analysed = await analyse(rollouts, request, by, analysisDeps(deps, request.seed, 0));
  const explained = analysed.analyses.filter(({ end }) => end.kind === "explained");

  let now: { readonly skill: Skill; readonly history: LineHistory } = {
    skill: parent,
    history: untouched(parent),
  };
  const steps: Step[] = [];
  for (let from = 0; from < explained.length; from += size) {
    const batch = explained.slice(from, from + size);
    const id = `b${steps.length + 1}`;
    const rules = {
      parent: now.skill,
      ruleSchema: request.preset.ruleSchema,
      values: await valuesOf(batch, now.skill, request),
    };
    const row = await deps.runner.run(stepUnit(batch, rules, by("propose")));
    const result = row.result as unknown as StepResult;
    const origins = originsOf(id, batch, result);
    const applied = applyEdits(
      now.skill,
      origins.map(({ edit }) => edit),
    );
    now = { skill: applied.skill, history: afterStep(now, applied) };
    steps.push({ id, batch, row, result, outcomes: applied.outcomes, origins });
  }

  const { skill, history } = now;
  const standing = standingEdits(steps, history);
  const account = sequentialAccount({
    rollouts,
    analysed,
    steps,
    standing,
    skill,
    parent,
    history,
  });
  assertAccount(account);
  const applied = steps
    .flatMap(({ origins }) => origins)
    .filter(({ edit }) => standing.has(edit.id));
  return {
    skill,
    parent,
    account,
    provenance: sequentialProvenance({ skill, parent }, history, applied),
    levels: [steps.map(patchOf)],
    withheld: steps.flatMap((step) => withheldIn(step, standing)),
    changelog: applied.map(
      ({ edit }) =>
        `${edit.op} ${edit.file} (${edit.tasks.length} tasks): ${(edit.content ?? "").trim().split("\n")[0] ?? ""}`,
    ),
  };
}

/** What no rule of a batch may name. */
async function valuesOf(
  batch: readonly Analysis[],
  skill: Skill,
  request: SequentialRequest,
): Promise<ReadonlySet<string>> {
  if (!request.preset.ruleSchema) return new Set();
  const tasks = request.tasks.filter(({ id }) => batch.some(({ task }) => task === id));
  const values = await Promise.all(
    tasks.map((task) => taskValues(request.domain, request.options, task, skill)),
  );
  return new Set(values.flatMap((some) => [...some]));
}
