import { templateReader } from "../../../harness/models/rule-based/kit.ts";
import { by, caption, cellOf, firstOfRow, type Place, top } from "./places.ts";

/**
 * A question about a kind of documents: the generator of the sample asks it where its page has the
 * answer, and the agent knows from it where to look.
 */
export interface PageQuestion {
  readonly kind: "key-value" | "look-up" | "total" | "date";
  /** With `<row>` where the name of a row of the page's table goes. */
  readonly asks: string;
  /** Where the answer stands. */
  readonly at: Place;
}

/** How the pages print what is asked for. */
export const captions = {
  form: "Form No.",
  department: "Department",
  employee: "Employee number",
  account: "Account code",
  invoice: "Invoice No.",
  issued: "Invoice Date",
  due: "Due Date",
  columns: ["Description", "Qty", "Unit Price", "Amount"],
  subtotal: "Subtotal",
  total: "TOTAL DUE",
} as const;

function ask(kind: PageQuestion["kind"], asks: string, at: Place): PageQuestion {
  return { kind, asks, at };
}

/** The value of a caption that the question has other words for. */
const shortened = (wanted: string) => by("caption-words", caption(wanted), top);

/** The value of a caption that shares a word with an earlier one. */
const shared = (wanted: string, earlier: string) =>
  by("whole-caption", caption(wanted), caption(earlier));

const [, , price] = captions.columns;
const total = by("last-total", caption(captions.total), caption(captions.subtotal));
const ofRow = by("row-and-column", cellOf(price), firstOfRow);

/** What is asked of each kind of documents, by the name that the generator gives the answer. */
export const questions = {
  form: {
    number: ask("key-value", "What is the form number?", shortened(captions.form)),
    department: ask("key-value", "What is the department?", caption(captions.department)),
    employee: ask("key-value", "What is the employee number?", caption(captions.employee)),
    account: ask(
      "key-value",
      "What is the account code?",
      shared(captions.account, captions.employee),
    ),
  },
  invoice: {
    number: ask("key-value", "What is the invoice number?", shortened(captions.invoice)),
    due: ask("date", "What is the due date?", shared(captions.due, captions.issued)),
    total: ask("total", "What is the total due?", total),
    price: ask("look-up", "What is the unit price of the <row>?", ofRow),
  },
} as const;

const readers = Object.values(questions)
  .flatMap((ofKind): readonly PageQuestion[] => Object.values(ofKind))
  .map((question) => ({
    question,
    read: templateReader(question.asks),
  }));

/** The question that a text asks, with the row that it names; undefined where it is none of them. */
export function questionIn(text: string): { question: PageQuestion; row: string } | undefined {
  for (const { question, read } of readers) {
    const slots = read(text);
    if (slots) return { question, row: slots["row"] ?? "" };
  }
  return undefined;
}
