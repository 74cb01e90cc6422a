import { z } from "zod";
import { digestOf } from "../../../canonical.ts";
import { loadPrompt } from "../../../prompts.ts";
import { fenced } from "../../listing.ts";
import {
  numberList,
  optionalText,
  type ReplyValue,
  readObjectReply,
  replyShape,
} from "../../reply.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Answering, askingUnit, type UnitOf } from "../../unit.ts";
import { type AnalysisResult, callAnalysis } from "./analysis.ts";
import { type Briefing, briefingInputs, pastSection } from "./briefing.ts";
import {
  contrastLessonSchema,
  LESSON_LIMIT,
  type Lesson,
  readLessons,
  type StepCounts,
  stepsWithin,
} from "./lesson.ts";

const prompt = loadPrompt(new URL("../../prompts/contrast-analyst.md", import.meta.url));

/** About how much of each of the two trajectories the call gets to see, in characters. */
const TRAJECTORY_CHARS = 30_000;

/** What the analyst of a contrast replies. */
export const contrastReply = z.object({
  divergence: z
    .object({ failed_step: numberList, passed_step: numberList, what: optionalText() })
    .optional()
    .catch(undefined),
  memories: z.array(contrastLessonSchema),
});

const shape = replyShape("contrast", contrastReply);

/** Where two episodes part, as a sentence with both steps, and what that teaches. */
interface Parting {
  /** Undefined where the reply does not say it. */
  readonly divergence: string | undefined;
  readonly causes: readonly string[];
  readonly memories: readonly Lesson[];
}

/**
 * One call that sees a failed and a passed episode of the same task, and has to name the step where
 * they part (SkillCAT, arXiv:2606.13317; SkillCome). Lessons have to name steps of both.
 */
export function contrastUnit(
  failed: Trajectory,
  passed: Trajectory,
  by: Answering,
  briefing: Pick<Briefing, "past"> = {},
): UnitOf<AnalysisResult> {
  const counts = { steps: failed.steps.length, passed: passed.steps.length };
  return askingUnit(
    {
      stage: "analyse",
      version: 2,
      inputs: {
        kind: "contrast",
        trajectory: failed.row,
        passed: passed.row,
        task: digestOf(failed.task),
        characters: TRAJECTORY_CHARS,
        ...briefingInputs(briefing),
      },
      about: { task: failed.task.id, side: "contrast" },
      prompt,
      values: { limit: String(LESSON_LIMIT) },
      user: [
        "## The failed episode",
        `The grader failed it: ${failed.because}`,
        fenced(trajectoryText(failed, TRAJECTORY_CHARS), "markdown"),
        "## The passed episode",
        "The grader passed it.",
        fenced(trajectoryText(passed, TRAJECTORY_CHARS), "markdown"),
        ...pastSection(briefing),
      ].join("\n\n"),
      shape,
      read: (reply) => readParting(reply, counts),
      worth: ({ divergence, memories }) => (divergence === undefined ? 0 : memories.length + 1),
      result: (answer) => {
        const { divergence, memories = [] } = answer.value ?? {};
        const isVague = memories.length > 0 && divergence === undefined;
        return callAnalysis(answer, isVague ? "no-divergence" : undefined);
      },
    },
    by,
  );
}

function readParting(reply: string, counts: Required<StepCounts>): ReplyValue<Parting> {
  const read = readObjectReply(reply, "memories", contrastReply.extend({ memories: z.unknown() }));
  if (read.value === undefined) return { value: undefined, faults: read.faults };
  const { divergence: raw, memories: list } = read.value.object;
  const { items, faults } = readLessons(list, counts);
  const divergence = raw && sentenceOf(raw, counts);
  const isWanted = divergence === undefined && !(Array.isArray(list) && list.length === 0);
  const nowhere = {
    kind: "no-step",
    where: "divergence",
    problem: `must have "failed_step" from 1 to ${counts.steps}, "passed_step" from 1 to ${counts.passed}, and "what"`,
  } as const;
  return {
    value: {
      divergence,
      causes: divergence === undefined ? [] : [divergence],
      memories: items,
    },
    faults: [...(isWanted ? [nowhere] : []), ...faults],
  };
}

function sentenceOf(
  raw: NonNullable<z.infer<typeof contrastReply>["divergence"]>,
  counts: Required<StepCounts>,
): string | undefined {
  const [failed] = stepsWithin(raw.failed_step, counts.steps);
  const [passed] = stepsWithin(raw.passed_step, counts.passed);
  if (failed === undefined || passed === undefined || raw.what === "") return undefined;
  return `They part at step ${failed} of the failed episode and step ${passed} of the passed one: ${raw.what}`;
}
