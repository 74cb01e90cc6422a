import { digestOf } from "../../../canonical.ts";
import type { Patch } from "../../../contracts/index.ts";
import { loadPrompt } from "../../../prompts.ts";
import { authorInputs, authorListing, exampleValues } from "../../author-briefing.ts";
import { fencedJson, skillListing } from "../../listing.ts";
import {
  hasPast,
  noPast,
  type Past,
  pastListing,
  patternsOf,
  tasksBehind,
  wasRejected,
} from "../../record/past.ts";
import {
  type Answering,
  askingUnit,
  itemTally,
  type ReplyTally,
  type RoleAnswer,
  type UnitOf,
  type WithheldItems,
} from "../../unit.ts";
import type { Analysis } from "../analyse/analysis.ts";
import { stepsWithin, wordsOfLesson } from "../analyse/lesson.ts";
import { unionOf } from "../merge/dedupe.ts";
import { type DraftEdit, type EditFields, patchShape } from "./read-edits.ts";
import { type AuthorRules, type ReviewedPatch, reviewedReply } from "./review-edits.ts";

const prompts = {
  schema: loadPrompt(new URL("../../prompts/propose.md", import.meta.url)),
  free: loadPrompt(new URL("../../prompts/propose-faithful.md", import.meta.url)),
};

/** Why analyses led to no patch. */
export type NoPatchReason =
  /** The reply had an empty list of edits: the skill says it already. */
  | "empty-patch"
  /** Edits were proposed, and all of them withheld. */
  | "all-edits-withheld"
  | Exclude<RoleAnswer<never>["end"], "answered">;

/** What a unit that proposes a patch stores. */
export interface ProposedPatch<ProposedFields> extends ReplyTally {
  readonly end: "patch" | NoPatchReason;
  readonly reasoning: string;
  /** The edits that passed the review, without ids, with where each was learned. */
  readonly edits: readonly ProposedFields[];
  readonly changelog: readonly string[];
  readonly withheld: WithheldItems;
}

/** The edits of one proposal, each with the steps it was learned from. */
export type Proposal = ProposedPatch<ProposedEdit>;

export type ProposedEdit = EditFields & {
  readonly steps: readonly number[];
  /** Numbers of the lessons that it carries, from 1. */
  readonly lessons: readonly number[];
  /** In a contrast: steps of the passed trajectory. */
  readonly passedSteps?: readonly number[];
  /** Places of the patterns of earlier rounds that it carries; only where there were any. */
  readonly patterns?: readonly number[];
};

/**
 * One call that turns what was learned from one trajectory into edits of the frozen parent (paper, section 2.3).
 *
 * @param past shown where there is any; what was rejected is not proposed again.
 */
export function proposeUnit(
  analysis: Analysis,
  rules: AuthorRules,
  by: Answering,
  past: Past = noPast,
): UnitOf<Proposal> {
  return askingUnit(
    {
      stage: "propose",
      version: 2,
      inputs: {
        lessons: digestOf([analysis.side, analysis.causes, analysis.memories]),
        parent: rules.parent.digest,
        ruleSchema: rules.ruleSchema,
        values: digestOf([...rules.values].sort()),
        ...authorInputs(rules),
        ...(hasPast(past) ? { past: digestOf(past) } : {}),
      },
      about: { task: analysis.task, side: analysis.side },
      ...(rules.ruleSchema
        ? { prompt: prompts.schema, values: exampleValues(rules.parent) }
        : { prompt: prompts.free }),
      user: [
        skillListing(rules.parent),
        ...authorListing(rules),
        ...(hasPast(past) ? [pastListing(past)] : []),
        lessonListing(analysis),
      ].join("\n\n"),
      shape: hasPast(past) ? patchShape.proposedAgain : patchShape.proposed,
      read: (reply) => reviewedReply(reply, rules, ({ edit }) => wasRejected(past, edit)),
      worth: ({ kept }) => kept.length,
      result: (answer) => proposedPatch(answer, (draft) => proposedEdit(draft, analysis, past)),
    },
    by,
  );
}

const episodes: Readonly<Record<Analysis["side"], string>> = {
  failure: "a failed episode",
  success: "a successful episode",
  contrast: "a failed and a successful episode of one task",
};

function lessonListing({ memories, causes, side }: Analysis): string {
  const lessons = memories.map((lesson, i) => ({ lesson: i + 1, ...wordsOfLesson(lesson) }));
  return [
    `## What was learned from ${episodes[side]}`,
    ...(causes.length === 0
      ? []
      : [`What went wrong:\n\n${causes.map((cause) => `- ${cause}`).join("\n")}`]),
    fencedJson(lessons),
  ].join("\n\n");
}

/** What is stored of an answer that was to be a patch. @param fieldsOf an edit, with where it was learned. */
export function proposedPatch<ProposedFields>(
  answer: RoleAnswer<ReviewedPatch>,
  fieldsOf: (draft: DraftEdit) => ProposedFields,
): ProposedPatch<ProposedFields> {
  const { patch, kept = [] } = answer.value ?? {};
  const tally = itemTally(answer, "edits");
  const noEdit = tally.withheld.length > 0 ? "all-edits-withheld" : "empty-patch";
  return {
    end: answer.end !== "answered" ? answer.end : kept.length > 0 ? "patch" : noEdit,
    reasoning: patch?.reasoning ?? "",
    edits: kept.map(fieldsOf),
    changelog: patch?.changelog ?? [],
    notes: patch?.notes ?? [],
    ...tally,
  };
}

function proposedEdit(draft: DraftEdit, analysis: Analysis, past: Past): ProposedEdit {
  const { memories, side } = analysis;
  const numbers = carriedLessons(
    draft,
    memories.map((_, i) => i + 1),
  );
  const lessons = memories.filter((_, i) => numbers.includes(i + 1));
  const stated = draft.patterns.map((number) => number - 1).filter((i) => i in past.patterns);
  const patterns = [...new Set([...patternsOf(past, lessons), ...stated])].sort((a, b) => a - b);
  return {
    ...draft.edit,
    steps: stepsWithin(lessons.flatMap(({ steps }) => steps)),
    lessons: numbers,
    ...(side === "contrast"
      ? { passedSteps: stepsWithin(lessons.flatMap(({ passedSteps = [] }) => passedSteps)) }
      : {}),
    ...(hasPast(past) ? { patterns } : {}),
  };
}

/** The lessons that an edit says it carries; all of them where it names none that is there. */
export function carriedLessons({ from }: DraftEdit, all: readonly number[]): readonly number[] {
  const known = all.filter((number) => from.includes(number));
  return known.length > 0 ? known : all;
}

/** The patch of a proposal: its edits get their ids and the tasks behind them, those of earlier rounds included. */
export function proposalPatch(
  id: string,
  proposal: Proposal,
  task: string,
  past: Past = noPast,
): Patch {
  return {
    id,
    reasoning: proposal.reasoning,
    edits: proposal.edits.map((proposed, i) => {
      const { steps: _, passedSteps: __, lessons: ___, patterns = [], ...edit } = proposed;
      const name = `${id}.e${i + 1}`;
      const tasks = unionOf([[task], tasksBehind(past, patterns)]);
      return { ...edit, id: name, sources: [name], tasks };
    }),
    changelog: proposal.changelog,
  };
}
