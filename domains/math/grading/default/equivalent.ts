import type { Equivalence, Grader } from "../grader.ts";
import { normalized } from "../hendrycks.ts";
import { extractAnswer, readAnswer } from "./answer-text.ts";
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
  const [left, right] = [readable(() => parse(answer)), readable(() => parse(reference))];
  if (typeof left === "string") return asText(answer, reference, left);
  if (typeof right === "string") return asText(answer, reference, "the reference is unreadable");
  const same = readable(() => sameMathematics(right, left));
  if (typeof same === "string") return asText(answer, reference, same);
  return same
    ? { kind: "equal", because: "the same value" }
    : { kind: "different", because: "another value" };
}

/** What cannot be read as mathematics is compared by Hendrycks' normal form. */
function asText(answer: string, reference: string, problem: string): Equivalence {
  const [a, b] = [normalized(answer), normalized(reference)];
  if (a !== undefined && a !== "" && a === b)
    return { kind: "equal", because: "the same text after normalising" };
  return { kind: "different", because: `another text (not read as mathematics: ${problem})` };
}

/** What is read, or the problem of what cannot be. */
function readable<Result>(read: () => Result): Result | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}
