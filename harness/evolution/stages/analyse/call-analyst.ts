import { digestOf } from "../../../canonical.ts";
import type { Unit } from "../../../contracts/index.ts";
import { readReply } from "../../../lenient-json.ts";
import { loadPrompt } from "../../../prompts.ts";
import { fenced } from "../../fence.ts";
import { cleaned, type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Answering, ask, type Question, type Reading, repairInputs } from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import { type AnalysisResult, analysisJson, causesIn } from "./analysis.ts";
import { type Briefing, briefingInputs, pastSection } from "./briefing.ts";
import { MEMORY_LIMIT, type MemoryItem, readMemories } from "./lesson.ts";

const prompts = {
  failure: loadPrompt(new URL("../../prompts/error-single-call.md", import.meta.url)),
  success: loadPrompt(new URL("../../prompts/success-analyst.md", import.meta.url)),
};

/** About how much of a trajectory one call gets to see, in characters. */
const TRAJECTORY_CHARS = 60_000;

interface Lessons {
  readonly causes: readonly string[];
  readonly memories: readonly MemoryItem[];
}

/**
 * An analysis in one call: the success analyst, or the single-call error analyst of the paper's table 6.
 *
 * The call sees the trajectory and the grader's verdict, no reference; nothing proves what it says.
 */
export function analyseByCall(
  trajectory: Trajectory,
  side: "failure" | "success",
  by: Answering,
  briefing: Pick<Briefing, "past"> = {},
): Unit {
  const prompt = prompts[side];
  const shown = side === "success" ? cleaned(trajectory) : trajectory;
  const verdict = side === "success" ? "The grader passed it." : "The grader failed it.";
  const question: Question<Lessons> = {
    system: prompt.fill({ limit: String(MEMORY_LIMIT) }),
    user: [
      verdict,
      fenced(trajectoryText(shown, TRAJECTORY_CHARS), "markdown"),
      ...pastSection(briefing),
    ].join("\n\n"),
    read: (reply) => readLessons(reply, trajectory.steps.length),
    worth: (lessons) => lessons.memories.length,
  };
  return {
    stage: "analyse",
    version: 1,
    inputs: {
      kind: side === "success" ? "success" : "error-single-call",
      trajectory: trajectory.row,
      task: digestOf(trajectory.task),
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
      characters: TRAJECTORY_CHARS,
      ...briefingInputs(briefing),
    },
    about: { task: trajectory.task.id, model: by.model.id, seed: by.seed, side },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, analysisJson(resultOf(answer)));
    },
  };
}

function readLessons(reply: string, stepCount: number): Reading<Lessons> {
  const json = readReply(reply, ["memories"]);
  if (json.kind === "unreadable")
    return {
      value: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const { items, faults } = readMemories(json.value["memories"], stepCount);
  return { value: { causes: causesIn(json.value["causes"]), memories: items }, faults };
}

function resultOf(answer: Awaited<ReturnType<typeof ask<Lessons>>>): AnalysisResult {
  const memories = answer.value?.memories ?? [];
  const dropped = (reason: Extract<AnalysisResult["end"], { kind: "dropped" }>["reason"]) =>
    ({ kind: "dropped", reason }) as const;
  const end: AnalysisResult["end"] =
    answer.end !== "answered"
      ? dropped(answer.end)
      : answer.value === undefined
        ? dropped("unreadable")
        : memories.length === 0
          ? dropped("no-memories")
          : { kind: "explained" };
  return {
    end,
    causes: answer.value?.causes ?? [],
    memories,
    faults: [...(answer.repaired ?? []), ...answer.faults].map((fault) => fault.kind),
    repairs: answer.repaired ? 1 : 0,
  };
}
