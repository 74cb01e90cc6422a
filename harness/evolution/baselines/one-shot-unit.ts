import { digestOf } from "../../canonical.ts";
import type { JsonObject, Skill, Unit } from "../../contracts/index.ts";
import { loadPrompt } from "../../prompts.ts";
import type { Fault } from "../fault.ts";
import { fenced } from "../fence.ts";
import { skillListing } from "../prompts/listing.ts";
import { cleaned, type Trajectory, trajectoryText } from "../trajectory.ts";
import { type Answer, type Answering, ask, type Question, repairInputs } from "../unit.ts";
import { answerResult } from "../unit-result.ts";
import { readBody, type WrittenBody } from "./read-body.ts";

const prompt = loadPrompt(new URL("../prompts/one-shot.md", import.meta.url));

/** A trajectory of the sample, and how it was graded. */
export interface SampledTrajectory {
  readonly trajectory: Trajectory;
  readonly side: "failure" | "success";
}

/** What a one-shot unit stores. */
export interface OneShotResult {
  /** `unfit`: it was read, and breaks a rule of skills after the repair as well. */
  readonly end: "written" | "unfit" | "unreadable" | Exclude<Answer<never>["end"], "answered">;
  /** The body that was read, fit or not; null where none was. */
  readonly body: string | null;
  /** What is wrong with an unfit body, or why there is none. */
  readonly problems: readonly { readonly kind: string; readonly problem: string }[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
  readonly repairs: number;
}

/** The one call that sees the whole sample and S0, and writes the body anew. */
export function oneShotUnit(
  sample: readonly SampledTrajectory[],
  parent: Skill,
  characters: number,
  by: Answering,
): Unit {
  const shown = sample.map(({ trajectory, side }, i) => {
    const seen = side === "success" ? cleaned(trajectory) : trajectory;
    const verdict = side === "success" ? "passed" : "failed";
    return `## Trajectory ${i + 1}: ${verdict}\n\n${fenced(trajectoryText(seen, characters), "markdown")}`;
  });
  const question: Question<WrittenBody> = {
    system: prompt.fill({}),
    user: [skillListing(parent), ...shown].join("\n\n"),
    read: (reply) => readBody(reply, parent),
    // Any body is worth more than none.
    worth: ({ flaws }) => 1 / (1 + flaws),
  };
  return {
    stage: "one-shot",
    version: 1,
    inputs: {
      trajectories: sample.map(({ trajectory }) => trajectory.row),
      tasks: digestOf(sample.map(({ trajectory }) => trajectory.task)),
      parent: parent.digest,
      characters,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
    },
    about: {
      tasks: sample.map(({ trajectory }) => trajectory.task.id),
      model: by.model.id,
      seed: by.seed,
    },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, resultOf(answer) as unknown as JsonObject);
    },
  };
}

function resultOf(answer: Answer<WrittenBody>): OneShotResult {
  const { value, faults } = answer;
  const end: OneShotResult["end"] =
    answer.end !== "answered"
      ? answer.end
      : value === undefined
        ? "unreadable"
        : faults.length > 0
          ? "unfit"
          : "written";
  const because = { kind: end, problem: answer.because };
  const problem = ({ kind, where, problem: what }: Fault) => ({
    kind,
    problem: `${where}: ${what}`,
  });
  return {
    end,
    body: value?.body ?? null,
    problems: answer.end === "answered" ? faults.map(problem) : [because],
    faults: [...(answer.repaired ?? []), ...faults].map(({ kind }) => kind),
    notes: value?.notes ?? [],
    repairs: answer.repaired ? 1 : 0,
  };
}
