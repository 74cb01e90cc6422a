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
    knows: ["count-rows", "one-a-line", "exact-text", "either-or"],
    skillChars: 2500,
    followsReferences: false,
  },
  large: {
    knows: ["count-rows", "one-a-line", "exact-text", "either-or", "bare-number", "every-condition", "plain-numbers", "yes-or-no", "absolute-difference"],
    skillChars: Number.POSITIVE_INFINITY,
    followsReferences: true,
  },
};
