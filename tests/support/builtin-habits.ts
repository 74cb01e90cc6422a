import { tables } from "./builtin-tables.ts";

/** What is known of a habit: sentences that teach it or do not, and a question where it decides. */
export interface HabitCase {
  readonly paraphrases: readonly [string, string];
  /** Advice to the contrary. */
  readonly contrary: string;
  readonly question: string;
  readonly table: string;
  /** The answer with all good habits, this one among them (for a bad one: with it added). */
  readonly withIt: readonly string[];
  readonly withoutIt: readonly string[];
}

export const habitCases: Readonly<Record<string, HabitCase>> = {
  "plain-numbers": {
    paraphrases: [
      "Strip commas and units from every figure before you compare or add them.",
      "Convert cell values such as `1,204` to numbers first.",
    ],
    contrary: "Do not convert cell values to numbers.",
    question: "which game had the highest attendance by opponent?",
    table: tables.games,
    withIt: ["United"],
    withoutIt: ["Rovers"],
  },
  "skip-totals": {
    paraphrases: [
      "Ignore any summary rows when you look for the largest value.",
      "Rows labelled Total must be left out of every count.",
    ],
    contrary: "Never skip the total rows.",
    question: "how many nations are listed?",
    table: tables.medals,
    withIt: ["4"],
    withoutIt: ["5"],
  },
  dates: {
    paraphrases: [
      "Sort the dates chronologically, not as text.",
      "Convert dates to year, month and day, then sort the rows.",
    ],
    contrary: "You need not sort the dates chronologically.",
    question: "which film opened earliest?",
    table: tables.films,
    withIt: ["Red, the Fox"],
    withoutIt: ["North Wind"],
  },
  "row-order": {
    paraphrases: [
      "Look at the row immediately after the one that is named.",
      "For these questions take the next row of the table.",
    ],
    contrary: "Never take the row directly below the named one.",
    question: "which nation is listed after kenya?",
    table: tables.medals,
    withIt: ["Peru"],
    withoutIt: ["Kenya"],
  },
  distinct: {
    paraphrases: [
      "Count every different value only once.",
      "If the question asks for unique names, count the distinct ones.",
    ],
    contrary: "Do not count each distinct value once.",
    question: "how many different opponents are there?",
    table: tables.games,
    withIt: ["3"],
    withoutIt: ["4"],
  },
  "count-rows": {
    paraphrases: [
      "Count the rows that satisfy the conditions of the question.",
      "For how many, tally the matching entries.",
    ],
    contrary: "Never count the matching rows.",
    question: "how many games were at home park?",
    table: tables.games,
    withIt: ["2"],
    withoutIt: ["9,800 people"],
  },
  "every-condition": {
    paraphrases: [
      "Check that each condition of the question is met by the row, and keep only rows that meet all conditions.",
      "Apply all filters together.",
    ],
    contrary: "You should not apply every condition.",
    question: "how many films from spain opened before 2000?",
    table: tables.films,
    withIt: ["1"],
    withoutIt: ["2"],
  },
  "either-or": {
    paraphrases: [
      "Answer with one of the two options that are named.",
      "If it offers two alternatives, compare them and choose.",
    ],
    contrary: "Do not answer with one of the two named.",
    question: "who won more gold, kenya or norway?",
    table: tables.medals,
    withIt: ["Norway"],
    withoutIt: ["14"],
  },
  "yes-or-no": {
    paraphrases: ["Reply with a plain yes or no.", "Such questions want yes or no as the answer."],
    contrary: "Do not answer with yes or no.",
    question: "did ana ruiz direct north wind?",
    table: tables.films,
    withIt: ["yes"],
    withoutIt: ["Spain"],
  },
  "sum-rows": {
    paraphrases: [
      "Add up the numbers of all rows that match.",
      "When a total is asked for, sum the values.",
    ],
    contrary: "Do not add up the values of all matching rows.",
    question: "what is the total budget of the films by ana ruiz?",
    table: tables.films,
    withIt: ["35"],
    withoutIt: ["20"],
  },
  "count-groups": {
    paraphrases: [
      "Count how often every name occurs.",
      "Group the rows by value and compare the sizes.",
    ],
    contrary: "Do not count how often each value occurs.",
    question: "which singer has the most titles?",
    table: tables.tracks.replace("1,Song A0,Mira", "1,Song A0,Lone"),
    withIt: ["Mira"],
    withoutIt: ["Lone"],
  },
  "one-a-line": {
    paraphrases: ["Put every answer on a separate line.", "List several results one per line."],
    contrary: "Do not write each answer on its own line.",
    question: "which films were directed by ana ruiz?",
    table: tables.films,
    withIt: ["Quiet Sea", "North Wind"],
    withoutIt: ["Quiet Sea, North Wind"],
  },
  "whole-table": {
    paraphrases: [
      "Print the entire file before you answer.",
      "If the output was cut, read the rest of it.",
    ],
    contrary: "Do not read the whole file.",
    question: "how many songs did oskar sing?",
    table: tables.tracks,
    withIt: ["12"],
    withoutIt: ["1"],
  },
  "asked-column": {
    paraphrases: [
      "Read the result from the column that the question names.",
      "Determine which column the answer comes from.",
    ],
    contrary: "Do not take the answer from the column that the question asks for.",
    question: "which country is lanterns from?",
    table: tables.films,
    withIt: ["Japan"],
    withoutIt: ["Kei Ito"],
  },
  "named-measure": {
    paraphrases: [
      "Rank rows using the column that the question refers to.",
      "Choose the column of numbers that the comparison is about.",
    ],
    contrary: "Do not compare by the column that the question mentions.",
    question: "which film had the largest budget?",
    table: tables.films.replace("121.5,60", "90,60"),
    withIt: ["Lanterns"],
    withoutIt: ["Red, the Fox"],
  },
  "always-drop-last-row": {
    paraphrases: ["Skip the final row of each table.", "The last line should be ignored."],
    contrary: "Do not leave out the last row.",
    question: "how many films are from spain or japan?",
    table: tables.films,
    withIt: ["2"],
    withoutIt: ["3"],
  },
  "one-item": {
    paraphrases: ["Give only one answer.", "Always choose a single item."],
    contrary: "Do not submit only one item.",
    question: "which films were directed by ana ruiz?",
    table: tables.films,
    withIt: ["Quiet Sea"],
    withoutIt: ["Quiet Sea", "North Wind"],
  },
};
