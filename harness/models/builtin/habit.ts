import type { Pattern } from "./teaching.ts";

/** How a habit is worded when it is taught: one rule of a skill. */
export interface Rule {
  readonly title: string;
  readonly when: string;
  readonly do: string;
  readonly why: string;
  readonly unless: string;
  readonly check: string;
}

/** One thing that the embedded model may or may not do when it answers. */
export interface Habit {
  readonly id: string;
  /** Bad advice: it does harm wherever its condition does not happen to hold. */
  readonly harmful: boolean;
  /** Tasks (their question, folded) in which it can matter. */
  readonly applies: RegExp;
  /** What is done with the habit, and what without. The subject asks for it by its id. */
  readonly effect: string;
  readonly taughtBy: readonly Pattern[];
  readonly rule: Rule;
}

/** Ways of saying that something is not to be counted. */
export const drop =
  "skip|ignore|exclude|omit|drop|leave+out|disregard|discard|filter+out|not+count|never+count|not+include|never+include|set+aside";
