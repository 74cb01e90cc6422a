import { digestOf } from "../../canonical.ts";
import { loadPrompt } from "../../prompts.ts";
import { fencedJson, skillListing } from "../listing.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { wordsOfLesson } from "../stages/analyse/lesson.ts";
import { type ProposedPatch, proposedPatch } from "../stages/propose/propose-unit.ts";
import { type DraftEdit, type EditFields, patchShape } from "../stages/propose/read-edits.ts";
import { type EditRules, reviewedReply } from "../stages/propose/review-edits.ts";
import { type Answering, askingUnit, type UnitOf } from "../unit.ts";

const prompts = {
  schema: loadPrompt(new URL("../prompts/sequential.md", import.meta.url)),
  free: loadPrompt(new URL("../prompts/sequential-faithful.md", import.meta.url)),
};

/** What a step of sequential editing stores: its edits, each with the numbers of the lessons it carries. */
export type StepResult = ProposedPatch<EditFields & { readonly lessons: readonly number[] }>;

/** One lesson of a batch, numbered as its prompt numbers it. */
interface BatchLesson {
  /** From 1. */
  readonly number: number;
  readonly analysis: Analysis;
  readonly steps: readonly number[];
}

/** The lessons of a batch, in order. */
export function lessonsOfBatch(batch: readonly Analysis[]): readonly BatchLesson[] {
  return batch
    .flatMap((analysis) => analysis.memories.map(({ steps }) => ({ analysis, steps })))
    .map((lesson, i) => ({ number: i + 1, ...lesson }));
}

/** One call of sequential editing: one batch of lessons gives a patch to the skill as it stands, the `parent`. */
export function sequentialUnit(
  batch: readonly Analysis[],
  rules: EditRules,
  by: Answering,
): UnitOf<StepResult> {
  const lessons = lessonsOfBatch(batch).map(({ number }) => number);
  return askingUnit(
    {
      stage: "sequential",
      version: 1,
      inputs: {
        lessons: digestOf(batch.map(({ side, causes, memories }) => [side, causes, memories])),
        skill: rules.parent.digest,
        ruleSchema: rules.ruleSchema,
        values: digestOf([...rules.values].sort()),
      },
      about: { tasks: batch.map(({ task }) => task) },
      prompt: rules.ruleSchema ? prompts.schema : prompts.free,
      user: `${skillListing(rules.parent)}\n\n${batchListing(batch)}`,
      shape: patchShape.proposed,
      read: (reply) => reviewedReply(reply, rules),
      worth: ({ kept }) => kept.length,
      result: (answer) =>
        proposedPatch(answer, (draft) => ({
          ...draft.edit,
          lessons: carriedLessons(draft, lessons),
        })),
    },
    by,
  );
}

function batchListing(batch: readonly Analysis[]): string {
  const causes = batch.flatMap(({ causes: found }, i) =>
    found.map((cause) => `- trajectory ${i + 1}: ${cause}`),
  );
  const words = batch.flatMap(({ memories, side }, i) => {
    const from = `trajectory ${i + 1}, ${side === "failure" ? "failed" : "passed"}`;
    return memories.map((lesson) => ({ from, ...wordsOfLesson(lesson) }));
  });
  return [
    "## What was learned from the next trajectories",
    ...(causes.length === 0 ? [] : [`What went wrong:\n\n${causes.join("\n")}`]),
    fencedJson(words.map((lesson, i) => ({ lesson: i + 1, ...lesson }))),
  ].join("\n\n");
}

/** The lessons that an edit says it carries; all of the batch where it names none that is there. */
function carriedLessons({ from }: DraftEdit, all: readonly number[]): readonly number[] {
  const known = all.filter((number) => from.includes(number));
  return known.length > 0 ? known : all;
}
