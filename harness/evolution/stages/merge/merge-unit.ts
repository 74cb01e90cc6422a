import { digestOf, sha256 } from "../../../canonical.ts";
import type { Edit, Patch, Skill } from "../../../contracts/index.ts";
import { loadPrompt } from "../../../prompts.ts";
import { anchorListing } from "../../anchors.ts";
import { exampleValues } from "../../author-briefing.ts";
import { editListing, patchListing, skillListing } from "../../listing.ts";
import type { Fault, ReplyValue } from "../../reply.ts";
import {
  type Answering,
  askingUnit,
  type ReplyTally,
  type RoleAnswer,
  tallyOf,
  type UnitOf,
} from "../../unit.ts";
import {
  type DraftEdit,
  type DroppedInput,
  type EditFields,
  patchShape,
  readPatch,
} from "../propose/read-edits.ts";
import { reviewEdits } from "../propose/review-edits.ts";
import { causesOf } from "./causes.ts";
import { inferSources } from "./infer-sources.ts";
import { auditMerge, supportOf, unaccountedFor } from "./ledger.ts";

const prompts = {
  ledger: loadPrompt(new URL("../../prompts/merge.md", import.meta.url)),
  faithful: loadPrompt(new URL("../../prompts/merge-faithful.md", import.meta.url)),
};

/** How merges are made. */
export interface MergeRules {
  readonly parent: Skill;
  readonly ledger: boolean;
  readonly ruleSchema: boolean;
  /** The agent's tools and limits, as a section of a prompt. */
  readonly world: string;
}

/** What a merge unit stores: edits without ids and tasks, which code gives them. */
export interface MergeResult extends ReplyTally {
  readonly end: RoleAnswer<never>["end"];
  readonly reasoning: string;
  readonly edits: readonly MergedEdit[];
  readonly changelog: readonly string[];
  /** Inputs that the merge dropped with a reason; none of them recurs. */
  readonly dropped: readonly DroppedInput[];
  /** Inputs that go up as they are: under a ledger those that the merge did not name, and those that it broke. */
  readonly carried: readonly string[];
}

export type MergedEdit = EditFields & {
  readonly sources: readonly string[];
  /** Whether the reply named the sources, or code found or assumed them. */
  readonly how: "stated" | "matched" | "group";
};

/** What was read of a merge's reply. */
interface MergeReading extends Pick<MergeResult, "reasoning" | "changelog" | "notes" | "dropped"> {
  /** Outputs that pass the review, with valid sources only. */
  readonly outputs: readonly MergedEdit[];
  /** Inputs behind outputs that do not pass it. */
  readonly broken: readonly string[];
}

/** One merge call for a group of patches (paper, section 2.4). */
export function mergeUnit(
  patches: readonly Patch[],
  rules: MergeRules,
  by: Answering,
): UnitOf<MergeResult> {
  const { parent, ledger, ruleSchema, world } = rules;
  const inputs = patches.flatMap((patch) => patch.edits);
  return askingUnit(
    {
      stage: "merge",
      version: 2,
      inputs: {
        patches: digestOf(patches),
        parent: parent.digest,
        ledger,
        ruleSchema,
        ...(ledger ? { world: sha256(world) } : {}),
      },
      about: { patches: patches.map((patch) => patch.id) },
      ...(ledger
        ? {
            prompt: prompts.ledger,
            values: exampleValues(parent),
            user: [anchorListing(parent), world, editListing(causesOf(patches))].join("\n\n"),
          }
        : {
            prompt: prompts.faithful,
            user: `${skillListing(parent)}\n\n${patchListing(patches, false)}`,
          }),
      shape: ledger ? patchShape.merged : patchShape.plain,
      read: (reply) => readMerge(reply, inputs, rules),
      worth: (merged) =>
        // The reading that covers more inputs is worth more; without a ledger, the one with more edits.
        ledger ? inputs.length - carriedFrom(merged, inputs, rules).length : merged.outputs.length,
      result: (answer) => mergeResult(answer, inputs, rules),
    },
    by,
  );
}

function readMerge(
  reply: string,
  inputs: readonly Edit[],
  rules: MergeRules,
): ReplyValue<MergeReading> {
  const { value: patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const { drafts, reasoning, changelog, notes } = patch;
  const review = reviewEdits(drafts, { ...rules, values: new Set() });
  const dropped = rules.ledger ? patch.dropped : [];
  const free = new Set(inputs.map(({ id }) => id));
  const traced = (draft: DraftEdit): MergedEdit[] => {
    if (!rules.ledger) return [{ ...draft.edit, ...inferSources(draft.edit, inputs) }];
    // An input counts for the first edit that names it.
    const sources = draft.sources.filter((id) => free.delete(id));
    return sources.length === 0 ? [] : [{ ...draft.edit, sources, how: "stated" }];
  };
  const outputs = review.kept.flatMap(traced);
  const broken = drafts
    .filter((draft) => !review.kept.includes(draft))
    .flatMap(traced)
    .filter((edit) => edit.how !== "group")
    .flatMap((edit) => edit.sources);
  // Without a ledger what a reply leaves out is lost, so one without any edit is no answer.
  const isEmpty = drafts.length + faults.length === 0;
  const empty: Fault = { kind: "wrong-shape", where: "edits", problem: "must not be empty" };
  const audited = rules.ledger ? auditMerge(inputs, drafts) : isEmpty ? [empty] : [];
  return {
    value: { reasoning, changelog, notes, outputs, dropped, broken },
    faults: [...faults, ...review.faults, ...audited],
  };
}

/** Inputs that go up unmerged. Without a ledger only those whose merged form cannot be applied. */
function carriedFrom(
  { outputs, broken, dropped }: MergeReading,
  inputs: readonly Edit[],
  { ledger }: MergeRules,
): Edit[] {
  const covered = new Set(outputs.flatMap((edit) => edit.sources));
  return ledger
    ? unaccountedFor(inputs, outputs, idsOf(dropped))
    : inputs.filter(({ id }) => broken.includes(id) && !covered.has(id));
}

function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}

function mergeResult(
  answer: RoleAnswer<MergeReading>,
  inputs: readonly Edit[],
  rules: MergeRules,
): MergeResult {
  const { end, value: merged } = answer;
  const tally = tallyOf(answer);
  if (merged === undefined) {
    const nothing = { reasoning: "", edits: [], changelog: [], dropped: [], notes: [] };
    return { end, ...nothing, carried: inputs.map(({ id }) => id), ...tally };
  }
  const { reasoning, changelog, notes, outputs: edits } = merged;
  const carried = carriedFrom(merged, inputs, rules).map(({ id }) => id);
  const covered = new Set([...edits.flatMap(({ sources }) => sources), ...carried]);
  const known = idsOf(inputs);
  const dropped = merged.dropped.filter(({ id }) => known.has(id) && !covered.has(id));
  return { end, reasoning, edits, changelog, dropped, carried, notes, ...tally };
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
  const { reasoning, changelog } = result;
  return { id, reasoning, edits: [...merged, ...carried], changelog: [...changelog] };
}
