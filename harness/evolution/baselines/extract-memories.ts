import { z } from "zod";
import { digestOf } from "../../canonical.ts";
import { loadPrompt } from "../../prompts.ts";
import { fenced } from "../listing.ts";
import { type ReplyValue, readObjectReply, replyShape } from "../reply.ts";
import { forSide, type Trajectory, trajectoryText } from "../trajectory.ts";
import {
  type Answering,
  askingUnit,
  itemTally,
  type ReplyTally,
  type RoleAnswer,
  type UnitOf,
  type WithheldItems,
} from "../unit.ts";
import { ITEM_LIMIT, type MemoryText, memoryTextSchema, readMemoryTexts } from "./bank-item.ts";

const prompt = loadPrompt(new URL("../prompts/memory-extract.md", import.meta.url));

/** About how much of a trajectory the call gets to see, in characters. */
const TRAJECTORY_CHARS = 60_000;

/** What an extraction stores. */
export interface Extraction extends ReplyTally {
  /** `no-memories`: it was read, and no usable item was in it. */
  readonly end: "items" | "no-memories" | Exclude<RoleAnswer<never>["end"], "answered">;
  readonly items: readonly MemoryText[];
  readonly withheld: WithheldItems;
}

/** What the call replies. */
export const extractionReply = z.object({ memories: z.array(memoryTextSchema) });

const extractionShape = replyShape("memories", extractionReply);

type Extracted = Pick<Extraction, "items" | "notes">;

/** One call that takes memory items out of a trajectory, which the grader has passed or failed. */
export function extractUnit(
  trajectory: Trajectory,
  side: "failure" | "success",
  by: Answering,
): UnitOf<Extraction> {
  const { shown, verdict } = forSide(trajectory, side);
  return askingUnit(
    {
      stage: "extract",
      version: 2,
      inputs: {
        trajectory: trajectory.row,
        task: digestOf(trajectory.task),
        side,
        characters: TRAJECTORY_CHARS,
      },
      about: { task: trajectory.task.id, side },
      prompt,
      values: { limit: String(ITEM_LIMIT) },
      user: `${verdict}\n\n${fenced(trajectoryText(shown, TRAJECTORY_CHARS), "markdown")}`,
      shape: extractionShape,
      read: readExtraction,
      worth: ({ items }) => items.length,
      result: extractionOf,
    },
    by,
  );
}

function readExtraction(reply: string): ReplyValue<Extracted> {
  const { value, faults } = readObjectReply(
    reply,
    "memories",
    extractionReply.extend({ memories: z.unknown() }),
  );
  if (value === undefined) return { value, faults };
  const read = readMemoryTexts(value.object.memories);
  return { value: { items: read.items, notes: value.notes }, faults: read.faults };
}

function extractionOf(answer: RoleAnswer<Extracted>): Extraction {
  const { end, value } = answer;
  const { items = [], notes = [] } = value ?? {};
  return {
    end: end !== "answered" ? end : items.length === 0 ? "no-memories" : "items",
    items,
    notes,
    ...itemTally(answer, "memories"),
  };
}
