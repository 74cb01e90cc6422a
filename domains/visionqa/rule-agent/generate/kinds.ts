import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { captions, type questions } from "../questions.ts";
import * as draw from "./draw.ts";
import { Sheet } from "./sheet.ts";

/** A page, and what it prints in answer to the questions of its kind. */
export interface Drawn {
  readonly sheet: Sheet;
  /** Accepted answers by the name of their question, the printed one first; none for what the page does not have. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** The row that questions about rows name. */
  readonly row?: string;
}

/** Draws a page of each kind. */
export const kinds: Readonly<Record<keyof typeof questions, (rng: Rng) => Drawn>> = {
  letter,
  form,
  invoice,
};

/** A business letter: letterhead, date, reference, addressee, subject, text, signature, sometimes a stamp. */
function letter(rng: Rng): Drawn {
  const sheet = new Sheet(pick(rng, ["serif", "sans-serif"]));
  const [street, town] = draw.address(rng);
  sheet.text(500, 95, draw.firm(rng), { size: 36, bold: true, anchor: "middle" });
  sheet.text(500, 130, `${street}, ${town}`, { size: 20, anchor: "middle" });
  sheet.field(90, 150, 820, 2);

  const written = draw.someDay(rng);
  const date = draw.dayText(written, "long");
  const reference = `${pick(rng, ["KD", "MB", "RT", "WH"])}/${draw.digits(rng, 4)}-${between(rng, 1, 9)}`;
  const [addressee, signer, employer] = [draw.person(rng), draw.person(rng), draw.firm(rng)];
  const subject = pick(rng, draw.subjects);
  const offer = `$${draw.amount(between(rng, 120, 9800) * 100 + pick(rng, [0, 25, 50, 75]))}`;
  const lines = [
    date,
    `${captions.reference}: ${reference}`,
    "",
    addressee,
    employer,
    ...draw.address(rng),
    "",
    `${captions.subject}: ${subject}`,
    "",
    `Dear ${addressee.split(" ")[0]},`,
    "",
    `Thank you for your letter. We can offer to do the work for ${offer},`,
    "which includes carriage to your door.",
    "",
    `Our engineers examined ${between(rng, 14, 96)} samples last month and found no faults.`,
    "A full report is enclosed with this letter.",
    "",
    "Yours sincerely,",
  ];
  for (const [index, line] of lines.entries())
    sheet.text(100, 290 + index * 36, line, { size: 23 });
  const end = 290 + lines.length * 36;
  sheet.text(110, end + 20, signer, { size: 30, italic: true, font: "serif" });
  sheet.text(100, end + 66, signer, { size: 23 });
  sheet.text(100, end + 98, pick(rng, draw.positions), { size: 23 });
  const received = stampOn(sheet, rng, { word: "RECEIVED", x: 640, y: 165 }, written);
  return {
    sheet,
    answers: {
      date: [date],
      reference: [reference],
      signer: [signer],
      addressee: [addressee, `${addressee}, ${employer}`],
      subject: [subject],
      offer: [offer, offer.slice(1)],
      received,
    },
  };
}

/** A form that was filled in, captions above boxes; numbers are corrected now and then. */
function form(rng: Rng): Drawn {
  const sheet = new Sheet("sans-serif");
  const title = pick(rng, draw.formTitles);
  const number = `${pick(rng, ["F", "R", "T"])}-${draw.digits(rng, 5)}`;
  sheet.text(90, 80, draw.firm(rng), { size: 21 });
  sheet.text(500, 140, title, { size: 34, bold: true, anchor: "middle" });
  sheet.text(910, 190, `${captions.form} ${number}`, { size: 21, anchor: "end" });
  sheet.field(90, 205, 820, 2);

  const start = draw.someDay(rng);
  const days = [start, start + between(rng, 3, 30)].map((day) => draw.dayText(day, "slashes"));
  const [department, account] = [pick(rng, draw.departments), corrected(rng, 5)];
  const employee = corrected(rng, 6);
  const fields = [
    [captions.department, department],
    ["Position", pick(rng, draw.positions)],
    [captions.employee, employee.printed],
    [captions.account, account.printed],
    ["Destination", pick(rng, draw.towns)],
    [captions.period, days.join(" - ")],
  ] as const;
  for (const [index, [caption, value]] of fields.entries()) {
    const [x, y] = [90 + (index % 2) * 420, 255 + Math.floor(index / 2) * 118];
    sheet.text(x, y + 18, caption, { size: 19 });
    sheet.field(x, y + 28, 400, 54);
    sheet.text(x + 14, y + 64, value, { size: 24, font: "monospace" });
  }
  const approved = stampOn(sheet, rng, { word: "APPROVED", x: 600, y: 830 }, start - 40);
  sheet.text(90, 720, "Signature of applicant", { size: 19 });
  sheet.text(110, 775, draw.person(rng), { size: 32, italic: true, font: "serif" });
  sheet.field(90, 790, 380, 2);
  const [first = "", last = ""] = days;
  return {
    sheet,
    answers: {
      title: [title],
      number: [number],
      department: [department],
      employee: [employee.value],
      account: [account.value],
      start: [first],
      end: [last],
      approved,
    },
  };
}

/** A number, and how a form has it: as it is, or after a wrong one. */
function corrected(rng: Rng, length: number): { readonly value: string; readonly printed: string } {
  const [wrong, value] = [draw.digits(rng, length), draw.digits(rng, length)];
  return { value, printed: rng.next() < 0.7 ? `${wrong} corr. ${value}` : value };
}

/** An invoice: numbers and dates beside their captions, positions in a table, totals below it. */
function invoice(rng: Rng): Drawn {
  const sheet = new Sheet("sans-serif");
  sheet.text(90, 100, draw.firm(rng), { size: 30, bold: true });
  sheet.text(910, 100, "INVOICE", { size: 40, bold: true, anchor: "end" });
  for (const [index, line] of draw.address(rng).entries()) sheet.text(90, 134 + index * 28, line);

  const issued = draw.someDay(rng);
  const due = draw.dayText(issued + between(rng, 14, 60), "slashes");
  const number = draw.digits(rng, 6);
  const head = [
    [captions.invoice, number],
    [captions.issued, draw.dayText(issued, "slashes")],
    [captions.due, due],
    ["Customer No.", draw.digits(rng, 5)],
  ] as const;
  for (const [index, [caption, value]] of head.entries()) {
    sheet.text(560, 220 + index * 34, `${caption}:`);
    sheet.text(910, 220 + index * 34, value, { anchor: "end" });
  }

  const rows = rowsOf(rng, issued);
  const places = [105, 420, 540, 720, 895];
  const line = (y: number, cells: readonly string[], bold = false) => {
    for (const [index, cell] of cells.entries())
      sheet.text(places[index] ?? 0, y, cell, { bold, anchor: index === 0 ? "start" : "end" });
  };
  line(420, captions.columns, true);
  sheet.field(90, 436, 820, 2);
  for (const [index, { name, shipped, quantity, price }] of rows.entries()) {
    const cells = [
      name,
      shipped.printed,
      String(quantity),
      draw.amount(price),
      draw.amount(price * quantity),
    ];
    line(474 + index * 42, cells);
  }
  const end = 474 + rows.length * 42;
  sheet.field(90, end - 16, 820, 2);
  const subtotal = rows.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const tax = Math.round(subtotal * 0.06);
  const total = `$${draw.amount(subtotal + tax)}`;
  const sums = [
    [captions.subtotal, draw.amount(subtotal)],
    ["Sales tax 6%", draw.amount(tax)],
    [captions.total, total],
  ] as const;
  for (const [index, [caption, value]] of sums.entries()) {
    sheet.text(600, end + 30 + index * 40, caption, { bold: index === 2 });
    sheet.text(895, end + 30 + index * 40, value, { bold: index === 2, anchor: "end" });
  }
  const paid = stampOn(sheet, rng, { word: "PAID", x: 170, y: end + 150 }, issued);
  const { name, shipped, quantity, price } = pick(rng, rows.slice(1));
  return {
    sheet,
    row: name,
    answers: {
      number: [number],
      due: [due],
      total: [total, total.slice(1)],
      price: [draw.amount(price), `$${draw.amount(price)}`],
      quantity: [String(quantity)],
      shipped: [shipped.value],
      paid,
    },
  };
}

/** Positions of an invoice; a ditto mark stands for the day above it. */
function rowsOf(rng: Rng, issued: draw.Day) {
  const start = between(rng, 0, draw.goods.length - 1);
  let value = "";
  return Array.from({ length: between(rng, 4, 7) }, (_, index) => {
    const isDitto = index > 0 && rng.next() < 0.6;
    if (!isDitto) value = draw.dayText(issued - between(rng, 1, 20), "slashes");
    return {
      name: draw.goods[(start + index * 4) % draw.goods.length] ?? "",
      shipped: { value, printed: isDitto ? "ditto" : value },
      quantity: between(rng, 2, 24),
      price: between(rng, 290, 21_000),
    };
  });
}

/** Sets a stamp on a part of the pages. @returns its date, as printed. */
function stampOn(
  sheet: Sheet,
  rng: Rng,
  { word, x, y }: { readonly word: string; readonly x: number; readonly y: number },
  after: draw.Day,
): readonly string[] {
  if (rng.next() < 0.5) return [];
  const date = draw.dayText(after + between(rng, 2, 9), "stamp");
  sheet.stamp(x, y, between(rng, -5, 5), [word, date]);
  return [date];
}
