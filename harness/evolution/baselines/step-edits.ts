import type { Edit, Patch, Row } from "../../contracts/index.ts";
import type { EditOutcome } from "../../skills/edit-outcome.ts";
import type { LeftOutEdit } from "../evolution.ts";
import type { LineHistory } from "../record/line-history.ts";
import type { EditOrigin } from "../record/provenance.ts";
import { withheldEdit } from "../record/record.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { stepsWithin } from "../stages/analyse/lesson.ts";
import { unionOf } from "../stages/merge/dedupe.ts";
import { lessonsOfBatch, type StepResult } from "./sequential-unit.ts";

/** The fate of an edit whose text a later batch removed. */
export const OVERWRITTEN = "overwritten-later";

/** One step of sequential editing, as it happened. */
export interface SequentialStep {
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
export function originsInStep(
  id: string,
  batch: readonly Analysis[],
  result: StepResult,
): EditOrigin[] {
  const lessons = lessonsOfBatch(batch);
  return result.edits.map(({ lessons: numbers, ...fields }, i) => {
    const carried = lessons.filter(({ number }) => numbers.includes(number));
    const behind = batch.flatMap((analysis) => {
      const own = carried.filter((lesson) => lesson.analysis === analysis);
      const steps = stepsWithin(own.flatMap((lesson) => lesson.steps));
      const { task, row } = analysis;
      return own.length === 0 ? [] : [{ id, task, row, steps }];
    });
    const name = `${id}.e${i + 1}`;
    const tasks = unionOf([behind.map(({ task }) => task)]);
    const edit: Edit = { ...fields, id: name, sources: [name], tasks };
    return { edit, behind };
  });
}

/** Applied edits whose text is still there, or that had none to leave. */
export function standingEdits(
  steps: readonly SequentialStep[],
  history: LineHistory,
): ReadonlySet<string> {
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
export function stepPatch({ id, result, origins }: SequentialStep): Patch {
  const { reasoning, changelog } = result;
  return { id, reasoning, edits: origins.map(({ edit }) => edit), changelog };
}

/** Edits of a step that are not in the skill, with the reason. */
export function withheldInStep(
  { id, result, outcomes }: SequentialStep,
  standing: ReadonlySet<string>,
): LeftOutEdit[] {
  return [
    ...result.withheld.map(({ reason, problem }) => withheldEdit({ id }, reason, problem)),
    ...outcomes.flatMap((one) => {
      if (one.kind === "withheld") return [withheldEdit(one.edit, one.reason, one.detail)];
      if (standing.has(one.edit.id)) return [];
      return [withheldEdit(one.edit, OVERWRITTEN, "A later batch took its text away.")];
    }),
  ];
}
