import type { Size } from "./mind.ts";

/** What sets the sizes of the embedded model apart. */
export interface SizeTraits {
  /** Habits it has without reading of them. */
  readonly knows: readonly string[];
  /** Characters of a skill's body that it takes in. */
  readonly skillChars: number;
  /** Whether it opens the files that a skill points to. */
  readonly followsReferences: boolean;
}

export const sizes: Readonly<Record<Size, SizeTraits>> = {
  small: {
    knows: ["count-rows", "one-a-line", "exact-text", "yes-or-no"],
    skillChars: 2500,
    followsReferences: false,
  },
  large: {
    knows: [
      "count-rows",
      "one-a-line",
      "exact-text",
      "yes-or-no",
      "asked-column",
      "either-or",
      "every-condition",
      "dates",
      "absolute-difference",
    ],
    skillChars: Number.POSITIVE_INFINITY,
    followsReferences: true,
  },
};
