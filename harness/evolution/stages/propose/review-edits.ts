import type { Edit, Skill } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import type { Fault, ReplyValue } from "../../reply.ts";
import { type DraftEdit, type DraftPatch, readPatch } from "./read-edits.ts";
import { addsRule, isRule } from "./rule.ts";
import { type TaskValues, valueNamedIn } from "./task-values.ts";

/** What proposed edits are held to. */
export interface EditRules {
  readonly parent: Skill;
  readonly ruleSchema: boolean;
  /** Values that no rule may name. */
  readonly values: TaskValues;
}

/**
 * Holds edits to the rules: the form of a rule, no task values, and that the parent takes them together.
 *
 * @returns the edits that pass, in order, and one fault for each of the others.
 */
export function reviewEdits(
  drafts: readonly DraftEdit[],
  rules: EditRules,
): { readonly kept: readonly DraftEdit[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const isSound = (fault: Fault | undefined) => {
    if (fault) faults.push(fault);
    return fault === undefined;
  };
  const wellFormed = drafts.filter((draft) =>
    isSound(rules.ruleSchema ? ruleFault(draft, rules.values) : undefined),
  );
  const withheld = withheldFrom(
    rules.parent,
    wellFormed.map(({ edit, where }) => ({ ...edit, id: where, sources: [], tasks: [] })),
  );
  const kept = wellFormed.filter(({ where }) => isSound(withheld.get(where)));
  return { kept, faults };
}

/** A patch that was read and held to the rules. */
export interface ReviewedPatch {
  readonly patch: DraftPatch;
  readonly kept: readonly DraftEdit[];
}

/** Reads a patch and reviews its edits. @param wasRejected whether a candidate with such an edit was rejected before. */
export function reviewedReply(
  reply: string,
  rules: EditRules,
  wasRejected: (draft: DraftEdit) => boolean = () => false,
): ReplyValue<ReviewedPatch> {
  const { value: patch, faults } = readPatch(reply, rules.parent);
  if (patch === undefined) return { value: undefined, faults };
  const again = patch.drafts.filter(wasRejected);
  const fresh = patch.drafts.filter((draft) => !again.includes(draft));
  const review = reviewEdits(fresh, rules);
  const repeated = again.map(({ where }): Fault => {
    return { kind: "rejected-before", where, problem: "was tried and rejected; leave it out" };
  });
  return {
    value: { patch, kept: review.kept },
    faults: [...faults, ...repeated, ...review.faults],
  };
}

/** What is wrong with the form or the words of a rule. */
export function ruleFault({ edit, where }: DraftEdit, values: TaskValues): Fault | undefined {
  const content = edit.content ?? "";
  if (addsRule(edit) && !isRule(content))
    return {
      kind: "rule-schema",
      where,
      problem:
        "the content must be one bullet: - **<title>.** When <when>: <do>. Why: <why>. Unless: <unless>. Check: <check>.",
    };
  const named = valueNamedIn(content, values);
  if (named === undefined) return undefined;
  const problem = `names ${JSON.stringify(named)}, a value of one task`;
  return { kind: "hard-coded-value", where, problem };
}

/** What applying edits to a skill finds, by edit id; the edits that apply are not in it. */
export function withheldFrom(skill: Skill, edits: readonly Edit[]): Map<string, Fault> {
  const outcomes = edits.length === 0 ? [] : applyEdits(skill, edits).outcomes;
  return new Map(
    outcomes.flatMap((one) => {
      if (one.kind === "applied") return [];
      const where = one.edit.id;
      return [[where, { kind: one.reason, where, problem: one.detail }] as const];
    }),
  );
}
