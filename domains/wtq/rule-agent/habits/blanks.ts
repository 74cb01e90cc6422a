import type { Habit } from "../../../../harness/contracts/index.ts";
import { drop } from "../../../../harness/models/rule-based/kit.ts";
/** Treats empty cells and dashes as missing; without it they compare as nought. */
export const blanks: Habit = {
  id: "blanks",
  harmful: false,
  applies: /./,
  effect: "Treats empty cells and dashes as missing; without it they compare as nought.",
  taughtBy: [
    "treat|regard|read|take|consider|see|count|handle blank|empty|dash|hyphen|missing missing|unknown|absent|nothing|no+value|no+data|not+zero|never+zero",
    `${drop} blank|empty|dash|hyphen|missing cell|value|entry|field`,
    `blank|empty|dash|hyphen cell|value|entry|field ${drop}`,
    "blank|empty|dash|hyphen mean|be|stand|denote|count missing|unknown|absent|nothing|no+value|no+data|not+zero|never+zero",
  ],
  rule: {
    title: "Dashes are missing values",
    when: "cells in the compared column are empty or a dash",
    do: "treat empty cells and dashes as missing, never as nought",
    why: "an unknown value is not the lowest",
    unless: "the table says that a dash means none",
    check: "the chosen cell has something in it",
  },
};
