import { digestOf } from "../../canonical.ts";
import { loadPrompt } from "../../prompts.ts";
import type { RuleReason } from "../../skills/provenance.ts";
import { authorInputs, authorListing, exampleValues } from "../author-briefing.ts";
import { fencedJson, skillListing } from "../listing.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import { wordsOfLesson } from "../stages/analyse/lesson.ts";
import {
  carriedLessons,
  type ProposedPatch,
  proposedPatch,
} from "../stages/propose/propose-unit.ts";
import { type EditFields, patchShape } from "../stages/propose/read-edits.ts";
import { type AuthorRules, reviewedReply } from "../stages/propose/review-edits.ts";
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
  readonly reason: RuleReason;
}

/** The lessons of a batch, in order. */
export function lessonsOfBatch(batch: readonly Analysis[]): readonly BatchLesson[] {
  return batch
    .flatMap((analysis) =>
      analysis.memories.map(({ steps, why, unless, check }) => ({
        analysis,
        steps,
        reason: { why, unless, check },
      })),
    )
    .map((lesson, i) => ({ number: i + 1, ...lesson }));
}

/** One call of sequential editing: one batch of lessons gives a patch to the skill as it stands, the `parent`. */
export function sequentialUnit(
  batch: readonly Analysis[],
  rules: AuthorRules,
  by: Answering,
): UnitOf<StepResult> {
  const lessons = lessonsOfBatch(batch).map(({ number }) => number);
  return askingUnit(
    {
      stage: "sequential",
      version: 2,
      inputs: {
        lessons: digestOf(batch.map(({ side, causes, memories }) => [side, causes, memories])),
        skill: rules.parent.digest,
        ruleSchema: rules.ruleSchema,
        values: digestOf([...rules.values].sort()),
        ...authorInputs(rules),
      },
      about: { tasks: batch.map(({ task }) => task) },
      ...(rules.ruleSchema
        ? { prompt: prompts.schema, values: exampleValues(rules.parent) }
        : { prompt: prompts.free }),
      user: [skillListing(rules.parent), ...authorListing(rules), batchListing(batch)].join("\n\n"),
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
