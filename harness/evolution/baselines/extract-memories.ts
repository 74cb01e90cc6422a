import { digestOf } from "../../canonical.ts";
import type { JsonObject, Unit } from "../../contracts/index.ts";
import { readReply } from "../../lenient-json.ts";
import { loadPrompt } from "../../prompts.ts";
import type { Fault } from "../fault.ts";
import { fenced } from "../fence.ts";
import { cleaned, type Trajectory, trajectoryText } from "../trajectory.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../unit.ts";
import { answerResult } from "../unit-result.ts";
import { ITEM_LIMIT, type MemoryText, readItems } from "./bank-item.ts";

const prompt = loadPrompt(new URL("../prompts/memory-extract.md", import.meta.url));

/** About how much of a trajectory the call gets to see, in characters. */
const TRAJECTORY_CHARS = 60_000;

/** What an extraction stores. */
export interface Extraction {
  /** `no-memories`: it was read, and no usable item was in it. */
  readonly end: "items" | "no-memories" | "unreadable" | Exclude<Answer<never>["end"], "answered">;
  readonly items: readonly MemoryText[];
  /** Items that did not pass, by reason, after the repair. */
  readonly withheld: readonly { readonly reason: Fault["kind"]; readonly problem: string }[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
  readonly repairs: number;
}

interface Extracted {
  readonly items: readonly MemoryText[];
  readonly notes: readonly string[];
}

/** One call that takes memory items out of a trajectory, which the grader has passed or failed. */
export function extractUnit(
  trajectory: Trajectory,
  side: "failure" | "success",
  by: Answering,
): Unit {
  const verdict = side === "success" ? "The grader passed it." : "The grader failed it.";
  const shown = side === "success" ? cleaned(trajectory) : trajectory;
  const question: Question<Extracted> = {
    system: prompt.fill({ limit: String(ITEM_LIMIT) }),
    user: `${verdict}\n\n${fenced(trajectoryText(shown, TRAJECTORY_CHARS), "markdown")}`,
    read: readExtraction,
    worth: ({ items }) => items.length,
  };
  return {
    stage: "extract",
    version: 1,
    inputs: {
      trajectory: trajectory.row,
      task: digestOf(trajectory.task),
      side,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
      characters: TRAJECTORY_CHARS,
    },
    about: { task: trajectory.task.id, model: by.model.id, seed: by.seed, side },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, resultOf(answer) as unknown as JsonObject);
    },
  };
}

function readExtraction(reply: string): Reading<Extracted> {
  const json = readReply(reply, ["memories"]);
  if (json.kind === "unreadable")
    return {
      value: undefined,
      faults: [{ kind: json.fault, where: "reply", problem: json.problem }],
    };
  const { items, faults } = readItems(json.value["memories"]);
  return { value: { items, notes: json.how === "exact" ? [] : [json.how] }, faults };
}

function resultOf(answer: Answer<Extracted>): Extraction {
  const isOfItem = (fault: Fault) => fault.where.startsWith("memories[");
  const { value, faults } = answer;
  const end: Extraction["end"] =
    answer.end !== "answered"
      ? answer.end
      : value === undefined
        ? "unreadable"
        : value.items.length === 0
          ? "no-memories"
          : "items";
  return {
    end,
    items: value?.items ?? [],
    withheld: faults.filter(isOfItem).map(({ kind, problem }) => ({ reason: kind, problem })),
    faults: [...(answer.repaired ?? []), ...faults.filter((fault) => !isOfItem(fault))].map(
      ({ kind }) => kind,
    ),
    notes: value?.notes ?? [],
    repairs: answer.repaired ? 1 : 0,
  };
}
