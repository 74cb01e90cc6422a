import { select } from "../conditions.ts";
import type { Reading } from "../thought.ts";

/** Questions to be answered with yes or no: yes where a row fulfils all that is said. */
export const yesNo: Reading = (thought) => {
  const { mentions, question } = thought;
  const [verb = ""] = question.words;
  if (!/^(?:is|was|were|are|did|does|do|has|have|had|can|will)$/.test(verb)) return undefined;
  if (question.words.includes("or") || !thought.on("yes-or-no")) return undefined;
  const rows = select(thought).rows.filter((row) =>
    mentions.every((one) => [one, ...one.others].some((place) => place.rows.includes(row))),
  );
  return { kind: "any", rows: mentions.length === 0 ? [] : rows };
};
