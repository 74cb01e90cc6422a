import type { Edit, Skill } from "../../../contracts/index.ts";
import { applyEdits } from "../../../skills/apply-edits.ts";
import type { Fault, ReplyValue } from "../../reply.ts";
import { isAboutForm } from "./form-of-calls.ts";
import { type DraftEdit, type DraftPatch, readPatch } from "./read-edits.ts";
import {
  addsRule,
  changesExample,
  EXAMPLE_LIMIT,
  isLongExample,
  RULE_LIMIT,
  readRule,
} from "./rule.ts";
import { type TaskValues, valueNamedIn } from "./task-values.ts";

/** What proposed edits are held to. */
export interface EditRules {
  readonly parent: Skill;
  readonly ruleSchema: boolean;
  /** Values that no rule may name. */
  readonly values: TaskValues;
}

/** What an author of edits is given beside the lessons. */
export interface AuthorRules extends EditRules {
  /** The agent's tools and limits, as a section of a prompt. */
  readonly world: string;
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
    isSound(rules.ruleSchema ? ruleFault(draft, rules) : undefined),
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
  const early = new Map(
    patch.drafts.flatMap((draft) => {
      const fault = proposalFault(draft, rules, wasRejected);
      return fault === undefined ? [] : [[draft, fault] as const];
    }),
  );
  const review = reviewEdits(
    patch.drafts.filter((draft) => !early.has(draft)),
    rules,
  );
  return {
    value: { patch, kept: review.kept },
    faults: [...faults, ...early.values(), ...review.faults],
  };
}

/** What speaks against an edit before its words are looked at. */
function proposalFault(
  draft: DraftEdit,
  { parent, ruleSchema }: EditRules,
  wasRejected: (draft: DraftEdit) => boolean,
): Fault | undefined {
  const { where, edit, from } = draft;
  if (wasRejected(draft))
    return { kind: "rejected-before", where, problem: "was tried and rejected; leave it out" };
  if (!ruleSchema || from.length > 0 || !changesExample(edit, parent)) return undefined;
  const problem = 'changes an example: "from" must name the lesson that says that it fails';
  return { kind: "no-lesson", where, problem };
}

/** What is wrong with the form or the words of a rule, or of an example that is put right. */
export function ruleFault(
  { edit, where }: DraftEdit,
  { parent, values }: Pick<EditRules, "parent" | "values">,
): Fault | undefined {
  const fault = (kind: Fault["kind"], problem: string) => ({ kind, where, problem });
  const { content = "", old_text } = edit;
  const rule = readRule(content);
  if (addsRule(edit) && rule === undefined)
    return fault(
      "rule-schema",
      "the content must be one bullet, - **<title>.** When <when>: <do>., and at most one block of code below it",
    );
  if (rule !== undefined && isAboutForm(rule.words))
    return fault("form", "is about how tools are called, which a skill does not teach");
  if (rule !== undefined && rule.words.length > RULE_LIMIT)
    return fault(
      "long-rule",
      `the rule has ${rule.words.length} characters; at most ${RULE_LIMIT}: say when and what to do, and no more`,
    );
  if (
    rule === undefined
      ? changesExample(edit, parent) && isLongExample(content, old_text)
      : isLongExample(rule.example)
  )
    return fault(
      "long-example",
      `the example is too long; at most ${EXAMPLE_LIMIT.lines} lines and ${EXAMPLE_LIMIT.characters} characters, or so much more than the one it replaces`,
    );
  const named = valueNamedIn(content, values);
  if (named === undefined) return undefined;
  return fault("hard-coded-value", `names ${JSON.stringify(named)}, a value of one task`);
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
