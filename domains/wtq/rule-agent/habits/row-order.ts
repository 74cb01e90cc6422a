import type { Habit } from "../../../../harness/contracts/index.ts";
/** Answers before/after/next/previous with the row beside the named one; without it with the named row. */
export const rowOrder: Habit = {
  id: "row-order",
  harmful: false,
  applies: /after|before|next|previous|prior|following|above|below|preced|follow|behind|ahead/,
  effect:
    "Answers before/after/next/previous with the row beside the named one; without it with the named row.",
  taughtBy: [
    "take|look|go|move|use|read|choose|pick|return|answer row|line|entry directly|immediately|right|just|next|adjacent|one after|before|below|above|preceding|following",
    "take|look|go|move|use|read|choose|pick|return|answer next|previous|adjacent|neighboring|neighbouring|following|preceding row|line|entry",
    "find|locate name row|entry|item take|read|answer|return|move|step next|previous|below|above|after|before",
    "row|line|entry below|above|after|before|beneath name|mention answer",
    "position|order row|table|list decide|determine|give|tell|show next|previous|before|after",
  ],
  rule: {
    title: "Take the neighbouring row",
    when: "the question asks what comes after, before, next to or previous to a named entry",
    do: "find the named entry and answer from the row directly below or above it",
    why: "the named row itself is what the question already says",
    unless: "the question is about years as bounds",
    check: "the answer is not the named entry",
  },
};
