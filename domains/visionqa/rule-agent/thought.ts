import { plainWords } from "./likeness.ts";
import { type PageText, readLines } from "./page-text.ts";

/** One attempt to answer a question of a page, with the habits that are on. */
export interface Thought {
  readonly page: PageText;
  /** The words of the question. */
  readonly question: readonly string[];
  /** Those that say what is looked for. */
  readonly wanted: readonly string[];
  /** Whether a habit is on; asked only where it makes a difference. */
  on(habit: string): boolean;
}

/** Where an answer was found. */
export interface Found {
  readonly text: string;
  /** The whole line that it stands in. */
  readonly line: string;
  /** The answer with its caption, where it stands in one cell with it. */
  readonly captioned?: string;
}

/** Understands a part of the questions; undefined where the question is none of its kind, or nothing is found. */
export type Reading = (thought: Thought) => Found | undefined;

const small =
  /^(?:what|which|who|whom|when|where|how|much|many|is|was|were|are|did|does|do|the|a|an|of|on|in|to|by|for|this|that|given|has|have|whose|it)$/;

/** Whether a word says nothing of what is looked for. */
export function isSmall(word: string): boolean {
  return small.test(word);
}

export function think(question: string, page: string, on: (habit: string) => boolean): Thought {
  const words = plainWords(question);
  return {
    page: readLines(page),
    question: words,
    wanted: words.filter((word) => !isSmall(word)),
    on,
  };
}

/** Whether the question has a word that matches. */
export function asks({ question }: Thought, pattern: RegExp): boolean {
  return question.some((word) => pattern.test(word));
}
