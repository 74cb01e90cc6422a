/** What is known of a habit of reading documents: sentences that teach it or do not, and a page where it decides. */
export interface DocumentHabitCase {
  readonly paraphrases: readonly [string, string];
  /** Advice to the contrary. */
  readonly contrary: string;
  readonly question: string;
  readonly page: string;
  /** The answer with all good habits, this one among them (for a bad one: with it added). */
  readonly withIt: string;
  readonly withoutIt: string;
}

const form = `
  Cobalt Printing House
               TRAVEL REQUEST
                                        Form No. T-20881
  Department                 Position
   Botany                      Librarian
  Employee number            Account code
   2O8816                      21744 corr. 21774
  Destination                Dates of travel
   Fernley, NC                 03/04/1999 - 03/19/1999 |`;

const invoice = `
  Elmfield Seed Company                    INVOICE
  Invoice No.:     481220
  Invoice Date:    04/09/2002
  Due Date:        05/07/2002
  Description                     Qty    Unit Price     Amount
  Desk lamp                         6         38.95     233.70
  Steel shelf                      12         84.60   1,015.20
                                   Subtotal         1,248.90
                                   Sales tax 6%        74.93
                                   TOTAL DUE       $1,323.83`;

export const documentHabitCases: Readonly<Record<string, DocumentHabitCase>> = {
  "value-below": {
    paraphrases: [
      "Read the value beneath its caption when the form has boxes.",
      "If nothing stands beside a label, look under the label.",
    ],
    contrary: "Never take the text below a caption.",
    question: "What is the department?",
    page: form,
    withIt: "Botany",
    withoutIt: "Position",
  },
  "without-caption": {
    paraphrases: [
      "Remove the caption from what you hand in.",
      "Submit only the value that was asked for.",
    ],
    contrary: "Do not leave out the caption.",
    question: "What is the form number?",
    page: form,
    withIt: "T-20881",
    withoutIt: "Form No. T-20881",
  },
  "caption-words": {
    paraphrases: [
      "Expect abbreviations in captions and try them.",
      "Search for a synonym when the word itself is missing.",
    ],
    contrary: "Do not look for abbreviations.",
    question: "What is the invoice number?",
    page: invoice,
    withIt: "481220",
    withoutIt: "Elmfield Seed Company",
  },
  "whole-caption": {
    paraphrases: [
      "Choose the label that matches every word of the question.",
      "Compare all words of the caption with the question.",
    ],
    contrary: "Do not compare the whole caption.",
    question: "What is the due date?",
    page: invoice,
    withIt: "05/07/2002",
    withoutIt: "04/09/2002",
  },
  "row-and-column": {
    paraphrases: [
      "Follow the row and the column to where they cross.",
      "Take the number where the column and the row intersect.",
    ],
    contrary: "Never take the cell where the row and the column meet.",
    question: "What is the unit price of the steel shelf?",
    page: invoice,
    withIt: "84.60",
    withoutIt: "12",
  },
  "last-total": {
    paraphrases: [
      "Use the final total and not an earlier one.",
      "Skip the subtotal when the total is asked for.",
    ],
    contrary: "Do not take the last total.",
    question: "What is the total due?",
    page: invoice,
    withIt: "$1,323.83",
    withoutIt: "1,248.90",
  },
  corrections: {
    paraphrases: [
      "Prefer the amendment where a number was changed.",
      "Copy the corrected number and nothing of the old one.",
    ],
    contrary: "Do not take the correction.",
    question: "What is the account code?",
    page: form,
    withIt: "21774",
    withoutIt: "21744 corr. 21774",
  },
  "round-amounts": {
    paraphrases: ["Drop the cents from every amount.", "Round sums of money to full dollars."],
    contrary: "Do not round amounts to whole dollars.",
    question: "What is the total due?",
    page: invoice,
    withIt: "$1,323",
    withoutIt: "$1,323.83",
  },
  "whole-line": {
    paraphrases: [
      "Quote the complete sentence around the value.",
      "Submit the full line as the answer.",
    ],
    contrary: "Do not copy the entire line.",
    question: "What is the total due?",
    page: invoice,
    withIt: "TOTAL DUE $1,323.83",
    withoutIt: "$1,323.83",
  },
};
