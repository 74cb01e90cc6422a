import type { Equivalence, Grader } from "../grader.ts";
import { normalized } from "../hendrycks.ts";
import { extractAnswer, readAnswer } from "./answer-text.ts";
import type { Expression } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";
import { parse } from "./parse.ts";
import { sameMathematics } from "./same-mathematics.ts";

/** The project's own grader: answers are parsed and compared as mathematics. Its rules are in the README. */
export const byMeaning: Grader = { extract: extractAnswer, equivalent };

function equivalent(answer: string, reference: string): Equivalence {
  if (answer.trim() === "") return { kind: "different", because: "the answer is empty" };
  if (answer.trim() === reference.trim()) return { kind: "equal", because: "the same text" };
  if (Math.max(answer.length, reference.length) > limits.characters)
    return { kind: "undecided", because: `it is longer than ${limits.characters} characters` };
  try {
    return compared(readAnswer(answer), readAnswer(reference));
  } catch (error) {
    if (error instanceof TooHard) return { kind: "undecided", because: error.message };
    throw error;
  }
}

function compared(answer: string, reference: string): Equivalence {
  const [left, right] = [parsed(answer), parsed(reference)];
  if (!("problem" in left) && !("problem" in right)) {
    try {
      return sameMathematics(right.expression, left.expression)
        ? { kind: "equal", because: "the same value" }
        : { kind: "different", because: "another value" };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return asText(answer, reference, error.message);
    }
  }
  return asText(
    answer,
    reference,
    "problem" in left ? left.problem : "the reference is unreadable",
  );
}

/** What cannot be read as mathematics is compared by Hendrycks' normal form. */
function asText(answer: string, reference: string, problem: string): Equivalence {
  const [a, b] = [normalized(answer), normalized(reference)];
  if (a !== undefined && a !== "" && a === b)
    return { kind: "equal", because: "the same text after normalising" };
  return { kind: "different", because: `another text (not read as mathematics: ${problem})` };
}

function parsed(text: string): { readonly expression: Expression } | { readonly problem: string } {
  try {
    return { expression: parse(text) };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}
