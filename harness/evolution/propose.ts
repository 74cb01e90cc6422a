import { digestOf } from "../canonical.ts";
import type { JsonObject, Patch, Unit } from "../contracts.ts";
import { loadPrompt } from "../prompts.ts";
import type { Analysis } from "./analysis.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "./ask.ts";
import type { Fault } from "./fault.ts";
import { fenced } from "./fence.ts";
import { skillListing } from "./listing.ts";
import { type DraftEdit, type DraftPatch, readPatch } from "./read-edits.ts";
import { type EditRules, reviewEdits } from "./review-edits.ts";
import { answerResult } from "./unit-result.ts";

const prompts = {
  schema: loadPrompt(new URL("./prompts/propose.md", import.meta.url)),
  free: loadPrompt(new URL("./prompts/propose-faithful.md", import.meta.url)),
};

/** Why an analysis led to no patch. */
export type NoPatchReason =
  /** The reply had an empty list of edits: the skill says it already. */
  | "empty-patch"
  /** Edits were proposed, and all of them withheld. */
  | "all-edits-withheld"
  | "unreadable"
  | "refused"
  | "context-exceeded"
  | "broken";

/** What a proposal unit stores. */
export interface Proposal {
  readonly end: "patch" | NoPatchReason;
  readonly reasoning: string;
  /** The edits that passed the review, without ids, with the steps each was learned from. */
  readonly edits: readonly ProposedEdit[];
  readonly changelog: readonly string[];
  /** Edits that did not pass, by reason, after the repair. */
  readonly withheld: readonly { readonly reason: Fault["kind"]; readonly problem: string }[];
  /** How leniently the reply was read, and kinds of what was repaired or unreadable. */
  readonly notes: readonly string[];
  readonly faults: readonly string[];
  readonly repairs: number;
}

export type ProposedEdit = DraftEdit["edit"] & { readonly steps: readonly number[] };

interface Reviewed {
  readonly patch: DraftPatch;
  readonly kept: readonly DraftEdit[];
}

/** One call that turns what was learned from one trajectory into edits of the frozen parent (paper, section 2.3). */
export function propose(analysis: Analysis, rules: EditRules, by: Answering): Unit {
  const prompt = rules.ruleSchema ? prompts.schema : prompts.free;
  const question: Question<Reviewed> = {
    system: prompt.fill({}),
    user: `${skillListing(rules.parent)}\n\n${lessonListing(analysis)}`,
    read: (reply) => readProposal(reply, rules),
    worth: ({ kept }) => kept.length,
  };
  return {
    stage: "propose",
    version: 1,
    inputs: {
      lessons: digestOf([analysis.side, analysis.causes, analysis.memories]),
      parent: rules.parent.digest,
      ruleSchema: rules.ruleSchema,
      values: digestOf([...rules.values].sort()),
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
    },
    about: { task: analysis.task, model: by.model.id, seed: by.seed, side: analysis.side },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, proposalOf(answer, analysis) as unknown as JsonObject);
    },
  };
}

function lessonListing(analysis: Analysis): string {
  const lessons = analysis.memories.map(({ steps: _, ...memory }, i) => ({
    lesson: i + 1,
    ...memory,
  }));
  const from = analysis.side === "failure" ? "a failed episode" : "a successful episode";
  const causes = analysis.causes.map((cause) => `- ${cause}`).join("\n");
  return [
    `## What was learned from ${from}`,
    ...(causes === "" ? [] : [`What went wrong:\n\n${causes}`]),
    fenced(JSON.stringify(lessons, null, 1), "json"),
  ].join("\n\n");
}

function readProposal(reply: string, rules: EditRules): Reading<Reviewed> {
  const { patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const review = reviewEdits(patch.drafts, rules);
  return { value: { patch, kept: review.kept }, faults: [...faults, ...review.faults] };
}

function proposalOf(answer: Answer<Reviewed>, analysis: Analysis): Proposal {
  const isOfEdit = (fault: Fault) => fault.where.startsWith("edits[");
  const read = answer.value;
  const withheld = answer.faults.filter(isOfEdit);
  const end: Proposal["end"] =
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
    edits: (read?.kept ?? []).map((draft) => ({ ...draft.edit, steps: stepsOf(draft, analysis) })),
    changelog: read?.patch.changelog ?? [],
    withheld: withheld.map(({ kind, problem }) => ({ reason: kind, problem })),
    notes: read?.patch.notes ?? [],
    faults: [...(answer.repaired ?? []), ...answer.faults.filter((fault) => !isOfEdit(fault))].map(
      (fault) => fault.kind,
    ),
    repairs: answer.repaired ? 1 : 0,
  };
}

/** Steps of the lessons that an edit says it carries; of all lessons where it does not say. */
function stepsOf(draft: DraftEdit, analysis: Analysis): number[] {
  const from = draft.raw["from"];
  const numbers = (Array.isArray(from) ? from : [from]).map(Number);
  const named = analysis.memories.filter((_, i) => numbers.includes(i + 1));
  const memories = named.length > 0 ? named : analysis.memories;
  return [...new Set(memories.flatMap((memory) => memory.steps))].sort((a, b) => a - b);
}

/** The patch of a proposal: its edits get their ids and the task behind them. */
export function patchOf(id: string, proposal: Proposal, task: string): Patch {
  return {
    id,
    reasoning: proposal.reasoning,
    edits: proposal.edits.map(({ steps: _, ...edit }, i) => {
      const name = `${id}.e${i + 1}`;
      return { ...edit, id: name, sources: [name], tasks: [task] };
    }),
    changelog: proposal.changelog,
  };
}
