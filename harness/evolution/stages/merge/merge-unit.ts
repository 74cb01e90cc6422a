import { digestOf } from "../../../canonical.ts";
import type { Edit, Json, JsonObject, Patch, Skill, Unit } from "../../../contracts/index.ts";
import { isJsonObject } from "../../../lenient-json.ts";
import { loadPrompt } from "../../../prompts.ts";
import type { Fault } from "../../fault.ts";
import { patchListing, skillListing } from "../../prompts/listing.ts";
import {
  type Answer,
  type Answering,
  ask,
  type Question,
  type Reading,
  repairInputs,
} from "../../unit.ts";
import { answerResult } from "../../unit-result.ts";
import { type DraftEdit, readPatch } from "../propose/read-edits.ts";
import { reviewEdits } from "../propose/review-edits.ts";
import { inferSources } from "./infer-sources.ts";
import { auditMerge, missing, supportOf } from "./ledger.ts";

const prompts = {
  ledger: loadPrompt(new URL("../../prompts/merge.md", import.meta.url)),
  faithful: loadPrompt(new URL("../../prompts/merge-faithful.md", import.meta.url)),
};

/** How merges are made. */
export interface MergeRules {
  readonly parent: Skill;
  readonly ledger: boolean;
  readonly ruleSchema: boolean;
}

/** What a merge unit stores: edits without ids and tasks, which code gives them. */
export interface MergeResult {
  readonly end: Answer<never>["end"] | "unreadable";
  readonly reasoning: string;
  readonly edits: readonly MergedEdit[];
  readonly changelog: readonly string[];
  /** Inputs that the merge dropped with a reason; none of them recurs. */
  readonly dropped: readonly { readonly id: string; readonly because: string }[];
  /** Inputs that go up as they are, because the merge lost them or broke them. */
  readonly carried: readonly string[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
  readonly repairs: number;
}

export type MergedEdit = DraftEdit["edit"] & {
  readonly sources: readonly string[];
  /** Whether the reply named the sources, or code found or assumed them. */
  readonly how: "stated" | "matched" | "group";
};

interface Merged {
  readonly reasoning: string;
  readonly changelog: readonly string[];
  readonly notes: readonly string[];
  /** Outputs that pass the review, with valid sources only. */
  readonly outputs: readonly MergedEdit[];
  readonly dropped: readonly { readonly id: string; readonly because: string }[];
  /** Inputs behind outputs that do not pass it. */
  readonly broken: readonly string[];
}

/** One merge call for a group of patches (paper, section 2.4). */
export function mergeUnit(patches: readonly Patch[], rules: MergeRules, by: Answering): Unit {
  const prompt = rules.ledger ? prompts.ledger : prompts.faithful;
  const inputs = patches.flatMap((patch) => patch.edits);
  const listing = patchListing(patches, rules.ledger);
  const question: Question<Merged> = {
    system: prompt.fill({}),
    user: `${skillListing(rules.parent)}\n\n${listing}`,
    read: (reply) => readMerge(reply, inputs, rules),
    worth: (merged) => coverageOf(merged, inputs, rules),
  };
  return {
    stage: "merge",
    version: 1,
    inputs: {
      patches: digestOf(patches),
      parent: rules.parent.digest,
      ledger: rules.ledger,
      ruleSchema: rules.ruleSchema,
      model: by.model.identity,
      seed: by.seed,
      prompt: prompt.digest,
      repair: repairInputs(by.repair),
    },
    about: { patches: patches.map((patch) => patch.id), model: by.model.id, seed: by.seed },
    async run(at) {
      const answer = await ask(question, by, at);
      const result = resultOf(answer, inputs, rules);
      return answerResult(answer, result as unknown as JsonObject);
    },
  };
}

function readMerge(reply: string, inputs: readonly Edit[], rules: MergeRules): Reading<Merged> {
  const { patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const review = reviewEdits(patch.drafts, { ...rules, values: new Set() });
  const dropped = rules.ledger ? droppedIn(patch.raw["dropped"]) : [];
  const audit = rules.ledger
    ? auditMerge(
        inputs,
        patch.drafts.map((draft) => ({ where: draft.where, sources: statedSources(draft) })),
        new Set(dropped.map(({ id }) => id)),
      )
    : [];
  const emptied: Fault[] =
    patch.drafts.length === 0 && faults.length === 0 && dropped.length === 0
      ? [{ kind: "wrong-shape", where: "edits", problem: "must not be empty" }]
      : [];
  const known = new Set(inputs.map((edit) => edit.id));
  const traced = (draft: DraftEdit): MergedEdit[] => {
    if (!rules.ledger) return [{ ...draft.edit, ...inferSources(draft.edit, inputs) }];
    const sources = [...new Set(statedSources(draft))].filter((id) => known.has(id));
    return sources.length === 0 ? [] : [{ ...draft.edit, sources, how: "stated" }];
  };
  const outputs = review.kept.flatMap(traced);
  const failing = patch.drafts.filter((draft) => !review.kept.includes(draft));
  const broken = failing
    .flatMap(traced)
    .filter((edit) => edit.how !== "group")
    .flatMap((edit) => edit.sources);
  const { reasoning, changelog, notes } = patch;
  return {
    value: { reasoning, changelog, notes, outputs, dropped, broken },
    faults: [...faults, ...review.faults, ...(emptied.length > 0 ? emptied : audit)],
  };
}

/** The reading that covers more inputs is worth more; without a ledger, the one with more edits. */
function coverageOf(merged: Merged, inputs: readonly Edit[], rules: MergeRules): number {
  if (!rules.ledger) return merged.outputs.length;
  return inputs.length - carriedFrom(merged, inputs, rules).length;
}

/** Inputs that go up unmerged. Without a ledger only those whose merged form cannot be applied. */
function carriedFrom(merged: Merged, inputs: readonly Edit[], rules: MergeRules): Edit[] {
  if (!rules.ledger) {
    const covered = new Set(merged.outputs.flatMap((edit) => edit.sources));
    return inputs.filter((edit) => merged.broken.includes(edit.id) && !covered.has(edit.id));
  }
  const claims = merged.outputs.map(({ sources }) => ({ where: "", sources }));
  return missing(inputs, claims, new Set(merged.dropped.map(({ id }) => id)));
}

function statedSources(draft: DraftEdit): string[] {
  const sources = draft.raw["sources"];
  const list = Array.isArray(sources) ? (sources as readonly Json[]) : [sources ?? null];
  return list.filter((id) => typeof id === "string");
}

function droppedIn(value: Json | undefined): { id: string; because: string }[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((item) => {
    if (!isJsonObject(item) || typeof item["id"] !== "string") return [];
    const because = item["because"];
    // Without a reason it was not weighed, so it counts as left out.
    return typeof because === "string" && because.trim() !== ""
      ? [{ id: item["id"], because }]
      : [];
  });
}

function resultOf(answer: Answer<Merged>, inputs: readonly Edit[], rules: MergeRules): MergeResult {
  const merged = answer.value;
  const faults = [...(answer.repaired ?? []), ...answer.faults].map((fault) => fault.kind);
  const repairs = answer.repaired ? 1 : 0;
  if (merged === undefined)
    return {
      end: answer.end === "answered" ? "unreadable" : answer.end,
      reasoning: "",
      edits: [],
      changelog: [],
      dropped: [],
      carried: inputs.map((edit) => edit.id),
      faults,
      notes: [],
      repairs,
    };
  const carried = carriedFrom(merged, inputs, rules).map((edit) => edit.id);
  const covered = new Set([...merged.outputs.flatMap((edit) => edit.sources), ...carried]);
  const known = new Set(inputs.map((edit) => edit.id));
  return {
    end: "answered",
    reasoning: merged.reasoning,
    edits: merged.outputs,
    changelog: merged.changelog,
    dropped: merged.dropped.filter(({ id }) => known.has(id) && !covered.has(id)),
    carried,
    faults,
    notes: merged.notes,
    repairs,
  };
}

/** The merged patch: ids by code, support as the union of the sources', and what is carried over as it was. */
export function mergedPatch(id: string, result: MergeResult, patches: readonly Patch[]): Patch {
  const inputs = patches.flatMap((patch) => patch.edits);
  const merged = result.edits.map(({ how: _, ...edit }, i) => ({
    ...edit,
    id: `${id}.e${i + 1}`,
    tasks: supportOf(edit.sources, inputs),
  }));
  const carried = inputs.filter((edit) => result.carried.includes(edit.id));
  return {
    id,
    reasoning: result.reasoning,
    edits: [...merged, ...carried],
    changelog: [...result.changelog],
  };
}
