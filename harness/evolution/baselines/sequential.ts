import type { Edit, Patch, Row, Skill } from "../../contracts.ts";
import { applyEdits } from "../../skills/apply-edits.ts";
import type { EditOutcome } from "../../skills/edit-outcome.ts";
import { assertAccount } from "../account.ts";
import { analyse } from "../analyse.ts";
import type { Analysis } from "../analysis.ts";
import type { Evolution, EvolutionDeps, EvolutionRequest, Withheld } from "../evolve.ts";
import { taskValues } from "../task-values.ts";
import { answeringBy } from "./answering.ts";
import { afterStep, type LineHistory, untouched } from "./line-history.ts";
import { rolloutsOf } from "./rollouts.ts";
import { sequentialAccount } from "./sequential-account.ts";
import { type EditOrigin, sequentialProvenance } from "./sequential-provenance.ts";
import { lessonsOf, type StepResult, stepUnit } from "./sequential-step.ts";

/** A request of an evolution, with how many trajectories are worked in at a time. */
export interface SequentialRequest extends EvolutionRequest {
  /** Trajectories a step; 1 and 4 in the paper. */
  readonly batch: number;
}

/** One step of sequential editing, as it happened. */
export interface Step {
  /** Such as `b3`. */
  readonly id: string;
  readonly batch: readonly Analysis[];
  readonly row: Row;
  readonly result: StepResult;
  /** Outcomes of the edits that passed the review. */
  readonly outcomes: readonly EditOutcome[];
  readonly origins: readonly EditOrigin[];
}

/**
 * The sequential baseline (paper, section 4.1): the skill is edited after every batch of analysed
 * trajectories, and the next batch sees what came of it.
 *
 * Rollouts and analyses are those of the parallel preset, as units too, so neither is paid for twice.
 * Of the preset `analysis`, `turns` and `ruleSchema` are used; there is nothing to merge and no
 * ledger. A step that cannot be read, or of which nothing can be applied, leaves the skill as it was
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
  const analysed = await analyse(rollouts, request, by, deps);
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
  const account = sequentialAccount({ rollouts, analysed, steps, standing, skill, parent, history });
  assertAccount(account);
  const applied = steps.flatMap(({ origins }) => origins).filter(({ edit }) => standing.has(edit.id));
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

/** The edits of a step with their ids, and the trajectories and steps behind each. */
function originsOf(id: string, batch: readonly Analysis[], result: StepResult): EditOrigin[] {
  const lessons = lessonsOf(batch);
  return result.edits.map(({ lessons: numbers, ...fields }, i) => {
    const carried = lessons.filter(({ number }) => numbers.includes(number));
    const behind = batch
      .filter((analysis) => carried.some((lesson) => lesson.analysis === analysis))
      .map((analysis) => {
        const steps = carried
          .filter((lesson) => lesson.analysis === analysis)
          .flatMap((lesson) => lesson.steps);
        return {
          id,
          task: analysis.task,
          row: analysis.row,
          steps: [...new Set(steps)].sort((a, b) => a - b),
        };
      });
    const name = `${id}.e${i + 1}`;
    const tasks = [...new Set(behind.map(({ task }) => task))].sort();
    const edit: Edit = { ...fields, id: name, sources: [name], tasks };
    return { edit, behind };
  });
}

/** Applied edits whose text is still there, or that had none to leave. */
function standingEdits(steps: readonly Step[], history: LineHistory): ReadonlySet<string> {
  const behind = new Set([...history.values()].flat(2));
  return new Set(
    steps
      .flatMap(({ outcomes }) => outcomes)
      .filter((outcome) => outcome.kind === "applied")
      .filter(({ edit, lines }) => behind.has(edit.id) || lines.to < lines.from)
      .map(({ edit }) => edit.id),
  );
}

function patchOf({ id, result, origins }: Step): Patch {
  const { reasoning, changelog } = result;
  return { id, reasoning, edits: origins.map(({ edit }) => edit), changelog };
}

function withheldIn({ id, result, outcomes }: Step, standing: ReadonlySet<string>): Withheld[] {
  return [
    ...result.withheld.map(({ reason, problem }) => ({
      edit: id,
      reason: reason as string,
      detail: problem,
      content: "",
    })),
    ...outcomes.flatMap((outcome) => {
      const { id: edit, content = "" } = outcome.edit;
      if (outcome.kind === "withheld")
        return [{ edit, reason: outcome.reason as string, detail: outcome.detail, content }];
      if (standing.has(edit)) return [];
      return [{ edit, reason: OVERWRITTEN, detail: "A later batch took its text away.", content }];
    }),
  ];
}

/** The fate of an edit whose text a later batch removed. */
export const OVERWRITTEN = "overwritten-later";
