import type { Edit, Patch, Row } from "../../contracts/index.ts";
import type { EditOutcome } from "../../skills/edit-outcome.ts";
import type { Withheld } from "../evolve.ts";
import type { LineHistory } from "../record/line-history.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import type { EditOrigin } from "./sequential-provenance.ts";
import { lessonsOf, type StepResult } from "./sequential-step.ts";

/** The fate of an edit whose text a later batch removed. */
export const OVERWRITTEN = "overwritten-later";

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

/** The edits of a step with their ids, and the trajectories and steps behind each. */
export function originsOf(
  id: string,
  batch: readonly Analysis[],
  result: StepResult,
): EditOrigin[] {
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
export function standingEdits(steps: readonly Step[], history: LineHistory): ReadonlySet<string> {
  const behind = new Set([...history.values()].flat(2));
  return new Set(
    steps
      .flatMap(({ outcomes }) => outcomes)
      .filter((outcome) => outcome.kind === "applied")
      .filter(({ edit, lines }) => behind.has(edit.id) || lines.to < lines.from)
      .map(({ edit }) => edit.id),
  );
}

/** The patch of a step, as it was proposed. */
export function patchOf({ id, result, origins }: Step): Patch {
  const { reasoning, changelog } = result;
  return { id, reasoning, edits: origins.map(({ edit }) => edit), changelog };
}

/** Edits of a step that are not in the skill, with the reason. */
export function withheldIn(
  { id, result, outcomes }: Step,
  standing: ReadonlySet<string>,
): Withheld[] {
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
