import { distance } from "fastest-levenshtein";
import type { z } from "zod";
import { presets } from "../../evolution/presets.ts";
import { providerNames } from "../../models/registry.ts";
import { authoredConditions, plainConditions } from "../conditions.ts";
import { evolutionKeys } from "./preset-schema.ts";

const conditionNames: readonly string[] = [...plainConditions, ...authoredConditions];

/** What to write instead, for a field that a schema refuses. */
export function fixFor(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  issue: z.core.$ZodIssue,
): string {
  if (issue.code === "unrecognized_keys")
    return suggest(String(path.at(-1)), [...new Set(keysAt(schema, path.slice(0, -1)))]);
  if (path[0] === "conditions" && issue.code === "invalid_value")
    return suggest(String(issue.input), conditionNames);
  if (issue.code === "too_small" && issue.origin === "array") return "Name at least one.";
  if (issue.code === "invalid_value") return `Write one of ${issue.values.map(String).join(", ")}.`;
  if (path[0] === "evolution" || path[0] === "variants")
    return `Write ${Object.keys(presets).join(" or ")}, or a mapping of ${evolutionKeys.join(", ")}.`;
  if (path[0] === "seeds") return "Write whole numbers, such as seeds: [41, 42, 43].";
  if (path[0] === "study") return "Name the study, such as study: my-study.";
  if (path[0] === "models" && path.at(-1) === "provider")
    return `Write ${providerNames.map((name) => `provider: ${name}`).join(" or ")}.`;
  if (issue.code === "custom") return "Remove the second one.";
  if (issue.input === undefined) return "Add the field; README.md shows the shape of a study.";
  return "README.md shows the shape of a study.";
}

/** "Did you mean ...?" for a near miss, otherwise what there is to choose from. */
export function suggest(written: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => distance(written, a) - distance(written, b))[0];
  if (nearest !== undefined && distance(written, nearest) <= Math.max(2, written.length / 3))
    return `Did you mean ${nearest}?`;
  return known.length === 0 ? "None is defined." : `Choose from ${known.join(", ")}.`;
}

/** What the shapes say of themselves that this file reads. */
interface ShapeDef {
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  /** Of a field that may be left out. */
  readonly innerType?: z.ZodType;
  /** Of a mapping with any keys. */
  readonly valueType?: z.ZodType;
  /** Of a union. */
  readonly options?: readonly z.ZodType[];
}

/** The keys that a mapping at a path may have, as the schema knows them. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { shape, innerType, valueType, options } = schema.def as ShapeDef;
  if (innerType !== undefined) return keysAt(innerType, path);
  if (options !== undefined) return options.flatMap((option) => keysAt(option, path));
  const [next, ...rest] = path;
  if (next === undefined) return Object.keys(shape ?? {});
  const inside = valueType ?? shape?.[String(next)];
  return inside === undefined ? [] : keysAt(inside, rest);
}
