import { z } from "zod";

/** What is expected of results that are not there yet, where nothing is known; as many flips as the planned power assumes. */
export const assumedShares = {
  /** Share of the tasks that fails. */
  failing: 0.5,
  /** Patches for each task. */
  patched: 0.5,
  /** Of the tasks of a gate, those whose outcome a candidate changes. */
  flipping: 0.2,
};

/** How a skill is evolved: one field a part, so that every part can be switched alone. */
export const presetFields = {
  /**
   * `agentic`: a loop with tools and the fix check. `single-call`: one call, no tools, no check (paper,
   * table 6). `triage`: one call whose fix has to pass the check, and the loop where it does not.
   */
  analysis: z.enum(["agentic", "single-call", "triage"]),
  /** Code compares every failed answer with its reference first; analysts who may see that are told what it found. */
  differences: z.boolean(),
  /** Turn budget of an agentic analyst. */
  turns: z.number().int().positive(),
  /** Every new rule is one short bullet that states when and what; task values and the form of calls are not for it. */
  ruleSchema: z.boolean(),
  /** Episodes of each task that failed at first: what tells one that passes from one that fails is analysed too; 1 runs no task again. */
  contrast: z.number().int().min(1),
  /** Nearest tasks of the opposite outcome that each patch is tried on, besides its own task, before any merge; 0 tries none. */
  replay: z.number().int().min(0),
  /** Patches a merge call sees: a number, or about the square root of their count, at most 32. */
  fanIn: z.union([z.number().int().min(2), z.literal("sqrt")]),
  /**
   * What a merge call sees together. `concatenate`: errors, then successes, each in task order. `shuffle`:
   * seeded, errors and successes mixed. `causes`: edits that sound alike, whichever patch they are from.
   */
  order: z.enum(["concatenate", "shuffle", "causes"]),
  /** Edits that say the same, word for word, become one before any merge call. */
  dedupe: z.boolean(),
  /** First merges that each patch goes through, in shuffled company; 1 is the paper's tree. */
  duplication: z.number().int().min(1),
  /** Support is counted in code: a merge names its sources, and may neither lose nor invent one. */
  ledger: z.boolean(),
  /** Distinct tasks that a rule needs to stand in SKILL.md. */
  minSupport: z.number().int().positive(),
  /** Where rules with less support go: a reference file of the skill, or only the account. */
  demote: z.enum(["references", "quarantine"]),
  /** Merges of the same patches, in other orders and with other seeds, of which the best skill is taken. */
  mergeSeeds: z.number().int().positive(),
  /** The most merged edits that may be applied, by support and then by replay credit; null is no limit. */
  editBudget: z.number().int().positive().nullable(),
  /** What does not fit the size budget moves to a reference instead of being withheld. */
  compaction: z.boolean(),
  /** Evolutions with seeds that follow one another, of which the best is chosen. */
  evolutionSeeds: z.number().int().positive(),
  /** The tasks that choose among them. */
  selectOn: z.enum(["evolve", "select"]),
  /** `flips`: the result replaces its parent only if it does better on the select split (`gate.ts`). */
  gate: z.enum(["none", "flips"]),
  /** Fresh runs, in both arms, of every task whose outcome differed. */
  gateRepeats: z.number().int().positive().max(20),
  /** z from which the result is accepted; 1.28 is one in ten by chance. */
  gateZ: z.number().positive(),
  /** Evolutions that follow one another, each from the skill that the last one left. */
  rounds: z.number().int().positive(),
  /** About how many rollouts all of this may take, and what that is settled with: it learns from as many tasks as that allows. Null is no limit. */
  rolloutBudget: z
    .strictObject({
      rollouts: z.number().int().positive(),
      failing: z.number().min(0).max(1).default(assumedShares.failing),
      patched: z.number().min(0).default(assumedShares.patched),
    })
    .nullable(),
};

/** A preset, whole. */
export type EvolutionPreset = {
  readonly [Field in keyof typeof presetFields]: z.output<(typeof presetFields)[Field]>;
};

/** The paper's procedure (arXiv:2603.25158, section 2), step by step, for comparable tables. */
const faithful: EvolutionPreset = {
  analysis: "agentic",
  differences: false,
  turns: 100,
  ruleSchema: false,
  contrast: 1,
  replay: 0,
  fanIn: 32,
  order: "concatenate",
  dedupe: false,
  duplication: 1,
  ledger: false,
  minSupport: 1,
  demote: "references",
  mergeSeeds: 1,
  editBudget: null,
  compaction: false,
  evolutionSeeds: 3,
  selectOn: "evolve",
  gate: "none",
  gateRepeats: 3,
  gateZ: 1.28,
  rounds: 1,
  rolloutBudget: null,
};

/**
 * The paper's stages, with what its successors found to matter. None of these parts was measured with
 * language models in this project yet.
 *
 * From the literature: `contrast` and `replay` (SkillCAT, arXiv:2606.13317), `gate` with fresh repeats
 * (SkillOpt, arXiv:2605.23904), `fanIn` (Combee, arXiv:2604.04247). By design: `order` lets near-duplicates
 * meet once, so that no patch needs a second first merge; `ledger`, `dedupe` and `minSupport` count
 * prevalence in code, where the paper leaves it to a prompt;
 * `ruleSchema` asks for the condition of a rule; `differences` tells an analyst where to look.
 *
 * Cost over the plain stages: `contrast` 3 two more episodes of each failed task and a call for each
 * pair; `replay` 2 three episodes a patch; `gate` both skills on
 * the select split, and the flips again three times. The others cost no call and no episode.
 */
const standard: EvolutionPreset = {
  ...faithful,
  differences: true,
  ruleSchema: true,
  contrast: 3,
  replay: 2,
  fanIn: "sqrt",
  order: "causes",
  dedupe: true,
  ledger: true,
  minSupport: 2,
  compaction: true,
  evolutionSeeds: 1,
  selectOn: "select",
  gate: "flips",
};

/** The presets by the name a study gives them. */
export const presets = { faithful, default: standard } as const;

/** Fan-in for a number of patches: between 2 and 32 when it follows the square root. */
export function fanInOf(preset: Pick<EvolutionPreset, "fanIn">, patches: number): number {
  if (preset.fanIn !== "sqrt") return preset.fanIn;
  return Math.min(32, Math.max(2, Math.round(Math.sqrt(patches))));
}

/** Whether a preset cannot do without a select split: it chooses among several skills on it. */
export function needsSelect(preset: EvolutionPreset): boolean {
  return preset.evolutionSeeds > 1 && preset.selectOn === "select";
}

/** Whether a preset makes use of a select split where there is one. */
export function usesSelect(preset: EvolutionPreset): boolean {
  return preset.gate !== "none" || needsSelect(preset);
}
