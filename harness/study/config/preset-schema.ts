import { z } from "zod";
import { type EvolutionPreset, presetFields, presets } from "../../evolution/presets.ts";

const presetName = z.enum(Object.keys(presets) as (keyof typeof presets)[]);

/** `evolution:` of a study: a preset's name, or fields over the preset it names. */
export const evolutionSchema = z
  .union([
    presetName,
    z.strictObject({ preset: presetName.default("default"), ...presetFields }).partial(),
  ])
  .default("default");

/** The names that a suggestion may offer for a field of `evolution`. */
export const evolutionKeys: readonly string[] = ["preset", ...Object.keys(presetFields)];

/** The preset a study asks for, whole. */
export function resolvePreset(written: z.infer<typeof evolutionSchema>): EvolutionPreset {
  if (typeof written === "string") return presets[written];
  const { preset = "default", ...over } = written;
  const given = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  return { ...presets[preset], ...given };
}
