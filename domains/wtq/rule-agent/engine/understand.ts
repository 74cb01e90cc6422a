import type { Answer } from "./answer.ts";
import { average } from "./readings/average.ts";
import { difference } from "./readings/difference.ts";
import { eitherOr } from "./readings/either-or.ts";
import { firstLast } from "./readings/first-last.ts";
import { howMany } from "./readings/how-many.ts";
import { lookUp } from "./readings/look-up.ts";
import { neighbour } from "./readings/neighbour.ts";
import { sameAs } from "./readings/same-as.ts";
import { superlative } from "./readings/superlative.ts";
import { yesNo } from "./readings/yes-no.ts";
import type { Reading, Thought } from "./thought.ts";

/** From the most particular kind of question to the most general. */
const readings: Readonly<Record<string, Reading>> = {
  "yes-no": yesNo,
  "either-or": eitherOr,
  difference,
  average,
  "same-as": sameAs,
  neighbour,
  "how-many": howMany,
  superlative,
  "first-last": firstLast,
  "look-up": lookUp,
};

/** The first reading that makes something of the question. */
export function understand(
  thought: Thought,
): { readonly answer: Answer; readonly reading: string } | undefined {
  for (const [name, reading] of Object.entries(readings)) {
    const answer = reading(thought);
    if (answer) return { answer, reading: name };
  }
  return undefined;
}
