import { digestOf } from "../../../canonical.ts";
import { loadPrompt } from "../../../prompts.ts";
import { fenced } from "../../listing.ts";
import { forSide, type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Answering, askingUnit, type UnitOf } from "../../unit.ts";
import { type AnalysisResult, callAnalysis } from "./analysis.ts";
import { type Briefing, briefingInputs, pastSection } from "./briefing.ts";
import { analystShape, LESSON_LIMIT, readAnalystReply } from "./lesson.ts";

const prompts = {
  failure: loadPrompt(new URL("../../prompts/error-single-call.md", import.meta.url)),
  success: loadPrompt(new URL("../../prompts/success-analyst.md", import.meta.url)),
};

/** About how much of a trajectory one call gets to see, in characters. */
const TRAJECTORY_CHARS = 60_000;

/**
 * An analysis in one call: the success analyst, or the single-call error analyst of the paper's table 6.
 * It sees the trajectory and the grader's verdict, no reference; nothing proves what it says.
 */
export function callAnalysisUnit(
  trajectory: Trajectory,
  side: "failure" | "success",
  by: Answering,
  briefing: Pick<Briefing, "past"> = {},
): UnitOf<AnalysisResult> {
  const { shown, verdict } = forSide(trajectory, side);
  return askingUnit(
    {
      stage: "analyse",
      version: 2,
      inputs: {
        kind: side === "success" ? "success" : "error-single-call",
        trajectory: trajectory.row,
        task: digestOf(trajectory.task),
        characters: TRAJECTORY_CHARS,
        ...briefingInputs(briefing),
      },
      about: { task: trajectory.task.id, side },
      prompt: prompts[side],
      values: { limit: String(LESSON_LIMIT) },
      user: [
        verdict,
        fenced(trajectoryText(shown, TRAJECTORY_CHARS), "markdown"),
        ...pastSection(briefing),
      ].join("\n\n"),
      shape: side === "failure" ? analystShape.causes : analystShape.lessons,
      read: (reply) => readAnalystReply(reply, trajectory.steps.length),
      worth: ({ memories }) => memories.length,
      result: (answer) => callAnalysis(answer),
    },
    by,
  );
}
