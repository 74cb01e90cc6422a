import type { Habit } from "../../../../harness/contracts/index.ts";
/** Takes first and last by the date column; without it by the place in the table. */
export const lastByDate: Habit = {
  id: "last-by-date",
  harmful: false,
  applies: /first|last|earliest|latest|final|recent/,
  effect: "Takes first and last by the date column; without it by the place in the table.",
  taughtBy: [
    "take|pick|use|choose|answer|find|give row|line|entry|one earliest|latest|newest|oldest|recent date|year",
    "first|last|latest|earliest|final mean|by|use|go|refer|decide|determine|pick|take|find date|year|chronologically|time not|rather|instead|even|whatever|column",
    "date|year|chronology not|rather|instead|never position|order|place|row|bottom|top first|last|latest|earliest",
    "use|check|consult|look|read|pick|take date|year column|earliest|latest|cell first|last|latest|earliest|final",
    "first|last|latest|earliest|final use|check|consult|look|read|pick|take earliest|latest|date|year date|year|column",
  ],
  rule: {
    title: "First and last go by date",
    when: "the question asks for the first or last one and the table has a date or year column",
    do: "take the row with the earliest or latest date, whatever its place in the table",
    why: "tables often list the newest on top",
    unless: "the question asks about the list itself",
    check: "no row has an earlier or later date",
  },
};
