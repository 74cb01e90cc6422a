import type { Message, Outcome, ToolCall } from "../contracts/index.ts";

/**
 * Steps that an episode already had, one after the other, that end it: the model is told after the first.
 *
 * Of 11 recorded episodes of a small model that made a step twice, and had turns left, none ever made
 * another one; they went on to as many as nine.
 */
const mostRepeats = 2;

/** What a model is told that makes a step again. */
const repeatedNote =
  "You did this before, and its result was the same: it stands above. Doing it again changes nothing. Do something else, or submit your answer";

const lostToForm = ["malformed-too-often", "repeated", "cut-off", "no-answer"] as const;

/** Whether an episode ended for a reason of form alone: it says nothing of whether the agent could solve the task. */
export function isLostToForm(outcome: string): outcome is (typeof lostToForm)[number] {
  return lostToForm.some((kind) => kind === outcome);
}

/** Whether an episode that ended so may have been lost by its form: an agent that is lost in it also runs out of turns. */
export function isFormOutcome(outcome: string): boolean {
  return isLostToForm(outcome) || outcome === "out-of-turns";
}

/** Watches the form of an episode's replies, apart from what they are worth. */
export interface FormWatch {
  /** Replies whose calls were written in another form than the one that was asked for, by form. */
  readonly recovered: ReadonlyMap<string, number>;
  /** Counts replies that were understood from another form. */
  recover(form: string): void;
  /** Counts a reply that nothing could be done with, and says how the episode ends, if that is one too many. */
  unusable(isCut: boolean): Outcome | undefined;
  /**
   * Compares a step with all before it.
   *
   * The same calls with another result are no repetition: a script was changed and run again. Nor does a
   * repetition count on once something new was done.
   *
   * @param results what the calls led to, without notes.
   * @returns what the model has to be told, or how the episode ends.
   */
  step(
    calls: readonly ToolCall[],
    results: readonly Message[],
  ): { readonly note: string | undefined } | Outcome;
}

/** @param mostUnusable replies without a usable action that are answered with a reminder. */
export function formWatch(mostUnusable: number): FormWatch {
  const recovered = new Map<string, number>();
  const steps = new Set<string>();
  let unusable = 0;
  let cut = 0;
  let repeats = 0;
  return {
    recovered,
    recover: (form) => void recovered.set(form, (recovered.get(form) ?? 0) + 1),
    unusable(isCut) {
      unusable++;
      if (isCut) cut++;
      if (unusable <= mostUnusable) return undefined;
      return { kind: cut * 2 > unusable ? "cut-off" : "malformed-too-often" };
    },
    step(calls, results) {
      const made = calls.map(({ name, arguments: args }) => [name, args]);
      const led = results.map((message) => ({ ...message, callId: undefined }));
      const step = JSON.stringify([made, led]);
      repeats = steps.has(step) ? repeats + 1 : 0;
      steps.add(step);
      if (repeats >= mostRepeats) return { kind: "repeated" };
      return { note: repeats > 0 ? repeatedNote : undefined };
    },
  };
}
