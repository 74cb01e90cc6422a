import type { HabitText } from "../habits.ts";

/** Habits about where things are: sheets, headings, ends, and what is left behind. */
export const placeHabits: readonly HabitText[] = [
  {
    id: "right-sheet",
    taughtBy: [
      "choose|find|use|pick|take sheet headings|heading|columns match|name|fit|mention|hold",
      "look|check|go every|all|each sheet before|until|find data|headings|ledger",
      "data|ledger|table may|can|might|not lie|stand|be any|another|other|second|later|first sheet|them",
    ],
    rule: {
      title: "Find the sheet with the data",
      when: "the workbook has several sheets",
      do: "choose the sheet whose headings the instruction names",
      why: "notes and cover pages often stand in front",
      unless: "there is one sheet only",
      check: "every heading of the instruction stands there",
    },
  },
  {
    id: "find-headings",
    taughtBy: [
      "find|locate|look|search|identify row heading|headings|header|headers",
      "title|titles|banner|notes row|rows|often|may stand|come|lie above heading|headings|header|headers|it|them",
      "heading|headings|header|headers may|can|often|might stand|lie|be|begin|start below|under|lower|later",
      "not|never assume|suppose|take heading|headings|header|headers row|line first|1|one|top",
    ],
    rule: {
      title: "Headings may stand lower",
      when: "the upper rows hold a title or nothing",
      do: "find the row of headings below the title",
      why: "row 1 is often a banner",
      unless: "row 1 has a name in every column",
      check: "the next row is an entry",
    },
  },
  {
    id: "totals-row",
    taughtBy: [
      "skip|ignore|exclude|omit|drop|leave+out|disregard|set+aside|not+count|not+include total|totals|subtotal|summary row|line|rows|lines",
      "total|totals|summary row|line be|is not|no entry|record|data",
      "row|line|rows|lines total|totals be|is no|not entry|record|data",
    ],
    rule: {
      title: "A totals row is no entry",
      when: "the last row is labelled Total",
      do: "leave out the totals row of every sum, count, rank and column",
      why: "it repeats the entries above it",
      unless: "the instruction asks for it",
      check: "no result stands beside it",
    },
  },
  {
    id: "clear-leftovers",
    applies: /duplicate|twice|unique|delete|remove|drop/,
    taughtBy: [
      "clear|empty|blank|erase|wipe row|rows|cells|lines left|leftover|remain|over|below|freed|vacated",
      "row|rows|cells|lines left|leftover|remain|freed below|over|end|behind clear|empty|blank|erase|wipe",
      "not|never leave old|stale|leftover|former row|rows|values|copies below|end|behind|bottom",
    ],
    rule: {
      title: "Clear what is left over",
      when: "rows were removed and the others moved up",
      do: "clear the old rows left over below",
      why: "the last rows would stand there twice",
      unless: "nothing was removed",
      check: "the cells below the last entry are empty",
    },
  },
];
