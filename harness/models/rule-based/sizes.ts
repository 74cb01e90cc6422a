import type { JsonObject, Size } from "../../contracts/index.ts";

/** What sets the sizes of the rule-based agent apart, beside what each knows of a subject. */
export interface SizeTraits {
  /** Characters of a skill's body that it takes in. */
  readonly skillChars: number;
  /** Whether it opens the files that a skill points to. */
  readonly followsReferences: boolean;
}

export const sizes: Readonly<Record<Size, SizeTraits>> = {
  small: { skillChars: 2500, followsReferences: false },
  large: { skillChars: Number.POSITIVE_INFINITY, followsReferences: true },
};

/** Raised when what the model answers changes. */
const version = 4;

/** Everything that decides what a size answers. */
export function identityOf(size: Size, params: JsonObject): JsonObject {
  return { provider: "builtin", name: size, params, version };
}

/** Printed wherever its numbers appear. */
export const label = "builtin (rule-based, not a language model)";
