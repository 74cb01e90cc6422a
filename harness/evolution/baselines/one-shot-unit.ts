import { digestOf } from "../../canonical.ts";
import type { Skill } from "../../contracts/index.ts";
import { loadPrompt } from "../../prompts.ts";
import { fenced, skillListing } from "../listing.ts";
import { forSide, type Trajectory, trajectoryText } from "../trajectory.ts";
import {
  type Answering,
  askingUnit,
  type ReplyTally,
  type RoleAnswer,
  tallyOf,
  type UnitOf,
} from "../unit.ts";
import { readBody, type WrittenBody } from "./body.ts";

const prompt = loadPrompt(new URL("../prompts/one-shot.md", import.meta.url));

/** A trajectory of the sample, and how it was graded. */
export interface SampledTrajectory {
  readonly trajectory: Trajectory;
  readonly side: "failure" | "success";
}

/** What a one-shot unit stores. */
export interface OneShotResult extends ReplyTally {
  /** `unfit`: it was read, and breaks a rule of skills after the repair as well. */
  readonly end: "written" | "unfit" | Exclude<RoleAnswer<never>["end"], "answered">;
  /** The body that was read, fit or not; null where none was. */
  readonly body: string | null;
  /** What is wrong with an unfit body, or why there is none. */
  readonly problems: readonly { readonly kind: string; readonly problem: string }[];
}

/** The one call that sees the whole sample and S0, and writes the body anew. */
export function oneShotUnit(
  sample: readonly SampledTrajectory[],
  parent: Skill,
  characters: number,
  by: Answering,
): UnitOf<OneShotResult> {
  const trajectories = sample.map(({ trajectory }) => trajectory);
  const listed = sample.map(({ trajectory, side }, i) => {
    const { shown } = forSide(trajectory, side);
    const verdict = side === "success" ? "passed" : "failed";
    return `## Trajectory ${i + 1}: ${verdict}\n\n${fenced(trajectoryText(shown, characters), "markdown")}`;
  });
  return askingUnit(
    {
      stage: "one-shot",
      version: 2,
      inputs: {
        trajectories: trajectories.map(({ row }) => row),
        tasks: digestOf(trajectories.map(({ task }) => task)),
        parent: parent.digest,
        characters,
      },
      about: { tasks: trajectories.map(({ task }) => task.id) },
      prompt,
      user: [skillListing(parent), ...listed].join("\n\n"),
      read: (reply) => readBody(reply, parent),
      // Any body is worth more than none.
      worth: ({ flaws }) => 1 / (1 + flaws),
      result: oneShotResult,
    },
    by,
  );
}

function oneShotResult(answer: RoleAnswer<WrittenBody>): OneShotResult {
  const { end, value, faults, because } = answer;
  const isRead = end === "answered" || end === "unreadable";
  return {
    end: end !== "answered" ? end : faults.length > 0 ? "unfit" : "written",
    body: value?.body ?? null,
    problems: isRead
      ? faults.map(({ kind, where, problem }) => ({ kind, problem: `${where}: ${problem}` }))
      : [{ kind: end, problem: because }],
    notes: value?.notes ?? [],
    ...tallyOf(answer),
  };
}
