import type { Answer } from "./answer.ts";

/** Asks whether a habit is on; asked only where it makes a difference to what is done next. */
export type On = (habit: string) => boolean;

/** A kind of problems that the model can do. */
export interface Kind {
  /** The wording; its named groups are the numbers of the problem. */
  readonly reads: RegExp;
  /** Words of the problem that decide, beside its numbers. */
  answer(on: On, words: Readonly<Record<string, string>>): Answer;
  /** Numbers that the words stand for. */
  numbers?(words: Readonly<Record<string, string>>): Readonly<Record<string, number>>;
}
