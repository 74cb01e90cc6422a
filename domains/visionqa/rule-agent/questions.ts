import {
  aboveSalutation,
  belowClosing,
  by,
  capitals,
  caption,
  cellOf,
  endOf,
  firstAmount,
  firstDay,
  firstOfRow,
  type Place,
  stamped,
  top,
} from "./places.ts";

/**
 * A question about a kind of documents: the generator of the sample asks it where its page has the
 * answer, and the agent knows from it where to look.
 */
export interface Question {
  readonly kind: "key-value" | "look-up" | "total" | "date" | "stamp" | "text";
  /** With `<row>` where the name of a row of the page's table goes. */
  readonly asks: string;
  /** Where the answer stands. */
  readonly at: Place;
}

/** How the pages print what is asked for. */
export const captions = {
  reference: "Our ref",
  subject: "Subject",
  form: "Form No.",
  department: "Department",
  employee: "Employee number",
  account: "Account code",
  period: "Dates of travel",
  invoice: "Invoice No.",
  issued: "Invoice Date",
  due: "Due Date",
  columns: ["Description", "Shipped", "Qty", "Unit Price", "Amount"],
  subtotal: "Subtotal",
  total: "TOTAL DUE",
} as const;

function ask(kind: Question["kind"], asks: string, at: Place): Question {
  return { kind, asks, at };
}

const [, shipped, quantity, price] = captions.columns;
const period = caption(captions.period);
const employee = caption(captions.employee);

/** What is asked of each kind of documents, by the name that the generator gives the answer. */
export const questions = {
  letter: {
    date: ask("date", "What is the date of the letter?", firstDay),
    reference: ask(
      "key-value",
      "What is the reference number of the letter?",
      by("caption-words", caption(captions.reference), top),
    ),
    signer: ask("text", "Who signed the letter?", by("closing-name", belowClosing, top)),
    addressee: ask(
      "text",
      "To whom is the letter addressed?",
      by("address-block", aboveSalutation, top),
    ),
    subject: ask("key-value", "What is the subject of the letter?", caption(captions.subject)),
    offer: ask("text", "What amount is offered in the letter?", firstAmount),
    received: ask(
      "stamp",
      "On what date was the letter received?",
      by("stamped-date", stamped("RECEIVED"), firstDay),
    ),
  },
  form: {
    title: ask("text", "What is the title of the form?", by("title-capitals", capitals, top)),
    number: ask(
      "key-value",
      "What is the form number?",
      by("caption-words", caption(captions.form), top),
    ),
    department: ask("key-value", "What is the department?", caption(captions.department)),
    employee: ask("key-value", "What is the employee number?", employee),
    account: ask(
      "key-value",
      "What is the account code?",
      by("whole-caption", caption(captions.account), employee),
    ),
    start: ask("date", "What is the start date of the travel?", endOf(period, "first")),
    end: ask("date", "What is the end date of the travel?", endOf(period, "last")),
    approved: ask(
      "stamp",
      "On what date was the form approved?",
      by("stamped-date", stamped("APPROVED"), firstDay),
    ),
  },
  invoice: {
    number: ask(
      "key-value",
      "What is the invoice number?",
      by("caption-words", caption(captions.invoice), top),
    ),
    due: ask(
      "date",
      "What is the due date?",
      by("whole-caption", caption(captions.due), caption(captions.issued)),
    ),
    total: ask(
      "total",
      "What is the total due?",
      by("last-total", caption(captions.total), caption(captions.subtotal)),
    ),
    price: ask(
      "look-up",
      "What is the unit price of the <row>?",
      by("row-and-column", cellOf(price), firstOfRow),
    ),
    quantity: ask(
      "look-up",
      "What is the quantity of the <row>?",
      by("row-and-column", cellOf(quantity), firstOfRow),
    ),
    shipped: ask("look-up", "On what date was the <row> shipped?", cellOf(shipped)),
    paid: ask(
      "stamp",
      "On what date was the invoice paid?",
      by("stamped-date", stamped("PAID"), firstDay),
    ),
  },
} as const;

const readers = Object.values(questions)
  .flatMap((ofKind): readonly Question[] => Object.values(ofKind))
  .map((question) => ({
    question,
    pattern: new RegExp(`^${question.asks.replace("?", "\\?").replace("<row>", "(.+)")}$`),
  }));

/** The question that a text asks, with the row that it names; undefined where it is none of them. */
export function questionIn(text: string): { question: Question; row: string } | undefined {
  for (const { question, pattern } of readers) {
    const match = pattern.exec(text);
    if (match) return { question, row: match[1] ?? "" };
  }
  return undefined;
}
