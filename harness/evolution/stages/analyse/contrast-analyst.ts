import { digestOf } from "../../../canonical.ts";
import type { Json, Unit } from "../../../contracts/index.ts";
import { isJsonObject, readReply } from "../../../lenient-json.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Fault } from "../../fault.ts";
import { fenced } from "../../fence.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import { type AnalysisResult, analysisJson } from "./analysis.ts";
import { type Briefing, briefingInputs, pastSection } from "./briefing.ts";
import { MEMORY_LIMIT, type MemoryItem, readMemories, stepsIn } from "./lesson.ts";

const prompt = loadPrompt(new URL("../../prompts/contrast-analyst.md", import.meta.url));

/** About how much of each of the two trajectories the call gets to see, in characters. */
const TRAJECTORY_CHARS = 30_000;

interface Difference {
  /** Where the two part, as a sentence with both steps; undefined where the reply does not say it. */
  readonly divergence: string | undefined;
  readonly memories: readonly MemoryItem[];
}

/**
 * One call that sees a failed and a passed episode of the same task, and has to name the step where
 * they part (SkillCAT, arXiv:2606.13317; SkillCome).
 *
 * A single trajectory shows what was done, and not what of it mattered; two with opposite ends do. Nothing
 * proves what the call says, so an item that does not name steps of both is not taken.
 */
export function analyseContrast(
  failed: Trajectory,
  passed: Trajectory,
  by: Answering,
  briefing: Pick<Briefing, "past"> = {},
): Unit {
  const question: Question<Difference> = {
    system: prompt.fill({ limit: String(MEMORY_LIMIT) }),
    user: [
      "## The failed episode",
      `The grader failed it: ${failed.because}`,
      fenced(trajectoryText(failed, TRAJECTORY_CHARS), "markdown"),
      "## The passed episode",
      "The grader passed it.",
      fenced(trajectoryText(passed, TRAJECTORY_CHARS), "markdown"),
      ...pastSection(briefing),
    ].join("\n\n"),
    read: (reply) => readDifference(reply, failed.steps.length, passed.steps.length),
    worth: ({ divergence, memories }) => (divergence === undefined ? 0 : memories.length + 1),
  };
  return {
    stage: "analyse",
    version: 1,
    inputs: {
      kind: "contrast",
      trajectory: failed.row,
      passed: passed.row,
      task: digestOf(failed.task),
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
      characters: TRAJECTORY_CHARS,
      ...briefingInputs(briefing),
    },
    about: { task: failed.task.id, model: by.model.id, seed: by.seed, side: "contrast" },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, analysisJson(resultOf(answer)));
    },
  };
}

function readDifference(
  reply: string,
  failedSteps: number,
  passedSteps: number,
): Reading<Difference> {
  const json = readReply(reply, ["memories"]);
  if (json.kind === "unreadable")
    return {
      value: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const { divergence: raw, memories: list } = json.value;
  const { items, faults } = readMemories(list, failedSteps, passedSteps);
  const divergence = divergenceOf(raw, failedSteps, passedSteps);
  const isWanted = divergence === undefined && !(Array.isArray(list) && list.length === 0);
  const nowhere: Fault = {
    kind: "no-step",
    where: "divergence",
    problem: `must have "failed_step" from 1 to ${failedSteps}, "passed_step" from 1 to ${passedSteps}, and "what"`,
  };
  return {
    value: { divergence, memories: items },
    faults: [...(isWanted ? [nowhere] : []), ...faults],
  };
}

function divergenceOf(
  raw: Json | undefined,
  failedSteps: number,
  passedSteps: number,
): string | undefined {
  if (raw === undefined || !isJsonObject(raw) || typeof raw["what"] !== "string") return undefined;
  const [failed] = stepsIn(raw["failed_step"], failedSteps);
  const [passed] = stepsIn(raw["passed_step"], passedSteps);
  const what = raw["what"].replace(/\s+/g, " ").trim();
  if (failed === undefined || passed === undefined || what === "") return undefined;
  return `They part at step ${failed} of the failed episode and step ${passed} of the passed one: ${what}`;
}

function resultOf(answer: Answer<Difference>): AnalysisResult {
  const { divergence, memories = [] } = answer.value ?? {};
  const end: AnalysisResult["end"] =
    answer.end !== "answered"
      ? { kind: "dropped", reason: answer.end }
      : answer.value === undefined
        ? { kind: "dropped", reason: "unreadable" }
        : memories.length === 0
          ? { kind: "dropped", reason: "no-memories" }
          : divergence === undefined
            ? { kind: "dropped", reason: "no-divergence" }
            : { kind: "explained" };
  return {
    end,
    causes: divergence === undefined ? [] : [divergence],
    memories: end.kind === "explained" ? memories : [],
    faults: [...(answer.repaired ?? []), ...answer.faults].map((fault) => fault.kind),
    repairs: answer.repaired ? 1 : 0,
  };
}
