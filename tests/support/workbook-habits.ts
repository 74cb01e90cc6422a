/** What is known of a habit of workbooks: sentences that teach it, and one that speaks against it. */
export interface WorkbookHabitCase {
  readonly paraphrases: readonly [string, string];
  readonly contrary: string;
}

export const workbookHabitCases: Readonly<Record<string, WorkbookHabitCase>> = {
  "right-sheet": {
    paraphrases: [
      "Check every sheet before you start, until the data is found.",
      "The data may lie on another sheet than the first one.",
    ],
    contrary: "Do not look at every sheet to find the data.",
  },
  "find-headings": {
    paraphrases: [
      "Locate the row with the headers below the title.",
      "The headings often stand lower than the first line.",
    ],
    contrary: "Never search for the row of headings below a title.",
  },
  "totals-row": {
    paraphrases: ["Exclude the total row from every count.", "A line with totals is no entry."],
    contrary: "Do not skip the totals row.",
  },
  "clear-leftovers": {
    paraphrases: [
      "Erase the rows that remain below after a deletion.",
      "Never leave stale rows at the bottom.",
    ],
    contrary: "Do not clear the rows left over below.",
  },
  "match-loosely": {
    paraphrases: [
      "Ignore upper case and spaces when you match names.",
      "Trim both texts before comparing them.",
    ],
    contrary: "Never ignore the case when you compare words.",
  },
  "text-numbers": {
    paraphrases: ["Convert text into numbers before adding.", "Strip the spaces from amounts."],
    contrary: "Do not convert text cells into numbers.",
  },
  "blank-stays": {
    paraphrases: [
      "Keep the result blank when the input is missing.",
      "Never treat a missing value as zero.",
    ],
    contrary: "Do not leave the result empty where the number is missing.",
  },
  "plain-values": {
    paraphrases: ["Store computed values in the cells.", "Do not leave formulas behind."],
    contrary: "Do not write plain values.",
  },
  "asked-digits": {
    paraphrases: [
      "Round to as many places as requested.",
      "Give as many digits as were requested.",
    ],
    contrary: "Do not round to the digits that the task names.",
  },
  "limit-included": {
    paraphrases: ["Count the threshold too.", "Include the bound itself."],
    contrary: "Do not count the limit itself.",
  },
  "whole-results": {
    paraphrases: ["Drop the decimals of every result.", "Round all values to the nearest integer."],
    contrary: "Never round results to whole numbers.",
  },
};
