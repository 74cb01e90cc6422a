import { digestOf } from "../../canonical.ts";
import type { JsonObject, Unit } from "../../contracts/index.ts";
import { loadPrompt } from "../../prompts.ts";
import type { Fault } from "../fault.ts";
import { fenced } from "../fence.ts";
import { skillListing } from "../prompts/listing.ts";
import type { Analysis } from "../stages/analyse/analysis.ts";
import type { NoPatchReason } from "../stages/propose/propose-unit.ts";
import { type DraftEdit, type DraftPatch, readPatch } from "../stages/propose/read-edits.ts";
import { type EditRules, reviewEdits } from "../stages/propose/review-edits.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../unit.ts";
import { answerResult } from "../unit-result.ts";

const prompts = {
  schema: loadPrompt(new URL("../prompts/sequential.md", import.meta.url)),
  free: loadPrompt(new URL("../prompts/sequential-faithful.md", import.meta.url)),
};

/** What a step of sequential editing stores. */
export interface StepResult {
  readonly end: "patch" | NoPatchReason;
  readonly reasoning: string;
  /** The edits that passed the review, without ids, each with the numbers of the lessons it carries. */
  readonly edits: readonly StepEdit[];
  readonly changelog: readonly string[];
  /** Edits that did not pass, by reason, after the repair. */
  readonly withheld: readonly { readonly reason: Fault["kind"]; readonly problem: string }[];
  readonly notes: readonly string[];
  readonly faults: readonly string[];
  readonly repairs: number;
}

export type StepEdit = DraftEdit["edit"] & { readonly lessons: readonly number[] };

/** One lesson of a batch, numbered as its prompt numbers it. */
export interface BatchLesson {
  /** From 1. */
  readonly number: number;
  readonly analysis: Analysis;
  readonly steps: readonly number[];
}

/** The lessons of a batch, in order. */
export function lessonsOf(batch: readonly Analysis[]): readonly BatchLesson[] {
  return batch
    .flatMap((analysis) => analysis.memories.map(({ steps }) => ({ analysis, steps })))
    .map((lesson, i) => ({ number: i + 1, ...lesson }));
}

interface Reviewed {
  readonly patch: DraftPatch;
  readonly kept: readonly DraftEdit[];
}

/**
 * One call of sequential editing: the skill as it stands now and one batch of lessons give a patch
 * to it.
 *
 * @param rules whose `parent` is the skill as it stands now.
 */
export function stepUnit(batch: readonly Analysis[], rules: EditRules, by: Answering): Unit {
  const prompt = rules.ruleSchema ? prompts.schema : prompts.free;
  const question: Question<Reviewed> = {
    system: prompt.fill({}),
    user: `${skillListing(rules.parent)}\n\n${batchListing(batch)}`,
    read: (reply) => readStep(reply, rules),
    worth: ({ kept }) => kept.length,
  };
  return {
    stage: "sequential",
    version: 1,
    inputs: {
      lessons: digestOf(batch.map(({ side, causes, memories }) => [side, causes, memories])),
      skill: rules.parent.digest,
      ruleSchema: rules.ruleSchema,
      values: digestOf([...rules.values].sort()),
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
    },
    about: { tasks: batch.map(({ task }) => task), model: by.model.id, seed: by.seed },
    async run(at) {
      const answer = await ask(question, by, at);
      const result = resultOf(answer, lessonsOf(batch).length);
      return answerResult(answer, result as unknown as JsonObject);
    },
  };
}

function batchListing(batch: readonly Analysis[]): string {
  const causes = batch.flatMap(({ causes: found }, i) =>
    found.map((cause) => `- trajectory ${i + 1}: ${cause}`),
  );
  const memories = batch.flatMap(({ memories: items, side }, i) =>
    items.map(({ steps: _, ...memory }) => ({
      from: `trajectory ${i + 1}, ${side === "failure" ? "failed" : "passed"}`,
      ...memory,
    })),
  );
  const lessons = memories.map((memory, i) => ({ lesson: i + 1, ...memory }));
  return [
    "## What was learned from the next trajectories",
    ...(causes.length === 0 ? [] : [`What went wrong:\n\n${causes.join("\n")}`]),
    fenced(JSON.stringify(lessons, null, 1), "json"),
  ].join("\n\n");
}

function readStep(reply: string, rules: EditRules): Reading<Reviewed> {
  const { patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const review = reviewEdits(patch.drafts, rules);
  return { value: { patch, kept: review.kept }, faults: [...faults, ...review.faults] };
}

function resultOf(answer: Answer<Reviewed>, lessons: number): StepResult {
  const isOfEdit = (fault: Fault) => fault.where.startsWith("edits[");
  const read = answer.value;
  const withheld = answer.faults.filter(isOfEdit);
  const end: StepResult["end"] =
    answer.end !== "answered"
      ? answer.end
      : read === undefined
        ? "unreadable"
        : read.kept.length > 0
          ? "patch"
          : withheld.length > 0
            ? "all-edits-withheld"
            : "empty-patch";
  return {
    end,
    reasoning: read?.patch.reasoning ?? "",
    edits: (read?.kept ?? []).map((draft) => ({
      ...draft.edit,
      lessons: carriedBy(draft, lessons),
    })),
    changelog: read?.patch.changelog ?? [],
    withheld: withheld.map(({ kind, problem }) => ({ reason: kind, problem })),
    notes: read?.patch.notes ?? [],
    faults: [...(answer.repaired ?? []), ...answer.faults.filter((fault) => !isOfEdit(fault))].map(
      ({ kind }) => kind,
    ),
    repairs: answer.repaired ? 1 : 0,
  };
}

/** The lessons that an edit says it carries; all of the batch where it names none that is there. */
function carriedBy(draft: DraftEdit, count: number): number[] {
  const from = draft.raw["from"];
  const named = (Array.isArray(from) ? from : [from]).map(Number);
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const known = all.filter((number) => named.includes(number));
  return known.length > 0 ? known : all;
}
