import { digestOf } from "../../../canonical.ts";
import type { Json, JsonObject, Patch, Unit } from "../../../contracts/index.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Fault } from "../../fault.ts";
import { fenced } from "../../fence.ts";
import { skillListing } from "../../prompts/listing.ts";
import {
  hasPast,
  noPast,
  type Past,
  pastListing,
  patternsOf,
  tasksOf,
  wasRejected,
} from "../../record/past.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import type { Analysis } from "../analyse/analysis.ts";
import { unionOf } from "../merge/dedupe.ts";
import { type DraftEdit, type DraftPatch, readPatch } from "./read-edits.ts";
import { type EditRules, reviewEdits } from "./review-edits.ts";

const prompts = {
  schema: loadPrompt(new URL("../../prompts/propose.md", import.meta.url)),
  free: loadPrompt(new URL("../../prompts/propose-faithful.md", import.meta.url)),
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

export type ProposedEdit = DraftEdit["edit"] & {
  readonly steps: readonly number[];
  /** In a contrast: steps of the passed trajectory. */
  readonly passedSteps?: readonly number[];
  /** Places of the patterns of earlier rounds that it carries; only where there were any. */
  readonly patterns?: readonly number[];
};

interface Reviewed {
  readonly patch: DraftPatch;
  readonly kept: readonly DraftEdit[];
}

/**
 * One call that turns what was learned from one trajectory into edits of the frozen parent (paper, section 2.3).
 *
 * @param past shown where there is any; what was rejected is not proposed again.
 */
export function propose(
  analysis: Analysis,
  rules: EditRules,
  by: Answering,
  past: Past = noPast,
): Unit {
  const prompt = rules.ruleSchema ? prompts.schema : prompts.free;
  const question: Question<Reviewed> = {
    system: prompt.fill({}),
    user: [
      skillListing(rules.parent),
      ...(hasPast(past) ? [pastListing(past)] : []),
      lessonListing(analysis),
    ].join("\n\n"),
    read: (reply) => readProposal(reply, rules, past),
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
      ...(hasPast(past) ? { past: digestOf(past) } : {}),
    },
    about: { task: analysis.task, model: by.model.id, seed: by.seed, side: analysis.side },
    async run(at) {
      const answer = await ask(question, by, at);
      return answerResult(answer, proposalOf(answer, analysis, past) as unknown as JsonObject);
    },
  };
}

const episodes: Readonly<Record<Analysis["side"], string>> = {
  failure: "a failed episode",
  success: "a successful episode",
  contrast: "a failed and a successful episode of one task",
};

function lessonListing(analysis: Analysis): string {
  const lessons = analysis.memories.map(({ steps: _, passedSteps: __, ...memory }, i) => ({
    lesson: i + 1,
    ...memory,
  }));
  const causes = analysis.causes.map((cause) => `- ${cause}`).join("\n");
  return [
    `## What was learned from ${episodes[analysis.side]}`,
    ...(causes === "" ? [] : [`What went wrong:\n\n${causes}`]),
    fenced(JSON.stringify(lessons, null, 1), "json"),
  ].join("\n\n");
}

function readProposal(reply: string, rules: EditRules, past: Past): Reading<Reviewed> {
  const { patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const again = patch.drafts.filter(({ edit }) => wasRejected(past, edit));
  const review = reviewEdits(
    patch.drafts.filter((draft) => !again.includes(draft)),
    rules,
  );
  const repeated = again.map(
    ({ where }): Fault => ({
      kind: "rejected-before",
      where,
      problem: "was tried and rejected; leave it out",
    }),
  );
  return {
    value: { patch, kept: review.kept },
    faults: [...faults, ...repeated, ...review.faults],
  };
}

function proposalOf(answer: Answer<Reviewed>, analysis: Analysis, past: Past): Proposal {
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
    edits: (read?.kept ?? []).map((draft) => ({
      ...draft.edit,
      steps: stepsOf(draft, analysis, ({ steps }) => steps),
      ...(analysis.side === "contrast"
        ? { passedSteps: stepsOf(draft, analysis, ({ passedSteps = [] }) => passedSteps) }
        : {}),
      ...(hasPast(past) ? { patterns: patternsBehind(draft, analysis, past) } : {}),
    })),
    changelog: read?.patch.changelog ?? [],
    withheld: withheld.map(({ kind, problem }) => ({ reason: kind, problem })),
    notes: read?.patch.notes ?? [],
    faults: [...(answer.repaired ?? []), ...answer.faults.filter((fault) => !isOfEdit(fault))].map(
      (fault) => fault.kind,
    ),
    repairs: answer.repaired ? 1 : 0,
  };
}

/** Steps of the lessons that an edit carries. */
function stepsOf(
  draft: DraftEdit,
  analysis: Analysis,
  which: (memory: Analysis["memories"][number]) => readonly number[],
): number[] {
  const steps = lessonsBehind(draft, analysis).flatMap(which);
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** The lessons that an edit says it carries; all lessons where it does not say. */
function lessonsBehind(draft: DraftEdit, { memories }: Analysis): Analysis["memories"] {
  const numbers = numbersIn(draft.raw["from"]);
  const named = memories.filter((_, i) => numbers.includes(i + 1));
  return named.length > 0 ? named : memories;
}

/** Patterns that its lessons repeat, and those that it names itself and that there are. */
function patternsBehind(draft: DraftEdit, analysis: Analysis, past: Past): number[] {
  const named = numbersIn(draft.raw["patterns"])
    .map((number) => number - 1)
    .filter((i) => past.patterns[i] !== undefined);
  const same = patternsOf(past, lessonsBehind(draft, analysis));
  return [...new Set([...same, ...named])].sort((a, b) => a - b);
}

function numbersIn(value: Json | undefined): number[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(Number);
}

/** The patch of a proposal: its edits get their ids and the tasks behind them, those of earlier rounds included. */
export function patchOf(id: string, proposal: Proposal, task: string, past: Past = noPast): Patch {
  return {
    id,
    reasoning: proposal.reasoning,
    edits: proposal.edits.map(({ steps: _, passedSteps: __, patterns = [], ...edit }, i) => {
      const name = `${id}.e${i + 1}`;
      const tasks = unionOf([[task], tasksOf(past, patterns)]);
      return { ...edit, id: name, sources: [name], tasks };
    }),
    changelog: proposal.changelog,
  };
}
