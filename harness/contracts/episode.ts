import type { Json } from "./json.ts";
import type { Message } from "./model.ts";

/** How an episode ended. Only `submitted` has something to grade. */
export type Outcome =
  | {
      readonly kind: "submitted";
      readonly submission: Json;
      /** Where no tool took it: a final reply stated it in the form that the domain asks for. */
      readonly by?: "text";
    }
  | { readonly kind: "out-of-turns" }
  | { readonly kind: "out-of-tokens" }
  | { readonly kind: "out-of-time" }
  | { readonly kind: "context-exceeded" }
  | { readonly kind: "malformed-too-often" }
  /** Steps with the same calls and the same results as before, although the model was told. */
  | { readonly kind: "repeated" }
  /** The one reply of a direct episode states no answer. */
  | { readonly kind: "no-answer" }
  /** Replies reached the limit of their length before anything usable was in them. */
  | { readonly kind: "cut-off" }
  | { readonly kind: "refused" }
  | { readonly kind: "broken"; readonly where: "model" | "sandbox"; readonly error: string };

/** Model calls of a unit, added up. */
export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The part of `inputTokens` that providers served from their prompt caches. */
  readonly cachedInputTokens?: number;
  /** Calls whose provider gave no token counts; their tokens are unknown, not 0. */
  readonly unmetered: number;
  /** What had to be tried again, and why. */
  readonly retries: readonly string[];
}

/** One trajectory: every message in order, and how it ended. */
export interface Episode {
  readonly messages: readonly Message[];
  readonly outcome: Outcome;
  readonly turns: number;
  /** Replies whose calls were understood from another form than the one asked for, by form; absent where there are none. */
  readonly recovered?: Readonly<Record<string, number>>;
  readonly spent: Spent;
  readonly elapsedMs: number;
}

/** What a grader found. `ungraded` is left out of every mean, counted beside it, and run again. */
export type Grade =
  | {
      readonly kind: "graded";
      /** From 0 to 1. */
      readonly score: number;
      readonly passed: boolean;
      readonly because: string;
      readonly metrics?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "ungraded"; readonly because: string };
