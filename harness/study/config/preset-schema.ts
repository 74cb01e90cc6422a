import { z } from "zod";
import { type EvolutionPreset, presets, type RolloutBudget } from "../../evolution/presets.ts";
import { assumedShares } from "../../evolution/rollout-budget.ts";

const budgetFields = {
  rollouts: z.number().int().positive(),
  failing: z.number().min(0).max(1).default(assumedShares.failing),
  patched: z.number().min(0).default(assumedShares.patched),
} satisfies Record<keyof RolloutBudget, z.ZodType>;

/** One entry a field of a preset; a field without one is a type error here. */
const fields = {
  analysis: z.enum(["agentic", "single-call", "triage"]),
  differences: z.boolean(),
  turns: z.number().int().positive(),
  ruleSchema: z.boolean(),
  contrast: z.number().int().min(1),
  replay: z.number().int().min(0),
  fanIn: z.union([z.number().int().min(2), z.literal("sqrt")]),
  order: z.enum(["concatenate", "shuffle"]),
  dedupe: z.boolean(),
  duplication: z.number().int().min(1),
  ledger: z.boolean(),
  minSupport: z.number().int().positive(),
  demote: z.enum(["references", "quarantine"]),
  mergeSeeds: z.number().int().positive(),
  editBudget: z.number().int().positive().nullable(),
  compaction: z.boolean(),
  evolutionSeeds: z.number().int().positive(),
  selectOn: z.enum(["evolve", "select"]),
  gate: z.enum(["none", "flips"]),
  gateRepeats: z.number().int().positive().max(20),
  gateZ: z.number().positive(),
  rounds: z.number().int().positive(),
  rolloutBudget: z.strictObject(budgetFields).nullable(),
} satisfies Record<keyof EvolutionPreset, z.ZodType>;

const presetName = z.enum(Object.keys(presets) as (keyof typeof presets)[]);

/** `evolution:` of a study: a preset's name, or fields over the preset it names. */
export const evolutionSchema = z
  .union([
    presetName,
    z.strictObject({ preset: presetName.default("default"), ...fields }).partial(),
  ])
  .default("default");

/** The names that a suggestion may offer for a field of `evolution`. */
export const evolutionKeys: readonly string[] = ["preset", ...Object.keys(fields)];

/** The preset a study asks for, whole. */
export function resolvePreset(written: z.infer<typeof evolutionSchema>): EvolutionPreset {
  if (typeof written === "string") return presets[written];
  const { preset = "default", ...over } = written;
  const given = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  return { ...presets[preset], ...given };
}
