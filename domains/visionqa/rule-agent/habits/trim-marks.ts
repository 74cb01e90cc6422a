import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes stray signs off both ends of what was read. */
export const trimMarks: Habit = {
  id: "trim-marks",
  harmful: false,
  applies: /./,
  effect: "Takes stray signs off both ends of what was read.",
  taughtBy: [
    "remove|trim|strip|cut|clean|delete stray|loose mark|sign|character|punctuation|dot",
    "remove|trim|strip|cut|clean mark|sign|speck|punctuation|noise end|edge|around",
    "stray|loose mark|sign|character remove|trim|strip|clean",
  ],
  rule: {
    title: "Trim stray marks",
    when: "specks left signs at the ends of what was read",
    do: "remove stray marks at both ends",
    why: "dirt on the glass is read as print",
    unless: "the sign belongs to the value",
    check: "it begins and ends with a letter or a digit",
  },
};
