import type { Size } from "../../contracts/index.ts";
/** What sets the sizes of the embedded model apart, beside what each knows of a subject. */
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
