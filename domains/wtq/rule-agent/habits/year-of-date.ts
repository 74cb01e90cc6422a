import type { Habit } from "../../../../harness/contracts/index.ts";
/** Answers `what year` with the year of a date cell; without it with the whole cell. */
export const yearOfDate: Habit = {
  id: "year-of-date",
  harmful: false,
  applies: /year/,
  effect: "Answers `what year` with the year of a date cell; without it with the whole cell.",
  taughtBy: [
    "give|answer|submit|return|report|extract|take|write|keep|pull only|just|four|alone|out year|digit date|cell|full|whole|day|answer",
    "give|answer|submit|return|report|extract|take|write|keep|pull year date|cell|alone|only",
    "year ask|want|question give|answer|submit|return|report|extract|take|write year only|alone|not|date|without",
    "only year|digit date submit|answer|give",
  ],
  rule: {
    title: "Only the year",
    when: "the question asks for a year and the cell holds a full date",
    do: "extract the year from the date and answer with that alone",
    why: "a full date is not a year",
    unless: "the cell is already a year",
    check: "the answer has four digits",
  },
};
