import type { Rng } from "../../../../harness/contracts/index.ts";
import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { captions, type questions } from "../questions.ts";
import * as draw from "./draw.ts";
import { PageDrawing } from "./page-drawing.ts";

/** A page, and what it prints in answer to the questions of its kind. */
export interface Drawn {
  readonly page: PageDrawing;
  /** Accepted answers by the name of their question, the printed one first. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** The row that questions about rows name. */
  readonly row?: string;
}

/** Draws a page of each kind. */
export const kinds: Readonly<Record<keyof typeof questions, (rng: Rng) => Drawn>> = {
  form,
  invoice,
};

/** A form that was filled in, captions above boxes; numbers are corrected now and then. */
function form(rng: Rng): Drawn {
  const page = new PageDrawing();
  const number = `${pick(rng, ["F", "R", "T"])}-${draw.digits(rng, 5)}`;
  page.text(90, 80, draw.firm(rng), { size: 21 });
  page.text(500, 140, "TRAVEL REQUEST", { size: 34, bold: true, anchor: "middle" });
  page.text(910, 190, `${captions.form} ${number}`, { size: 21, anchor: "end" });
  page.field(90, 205, 820, 2);

  const department = pick(rng, draw.departments);
  const [employee, account] = [corrected(rng, 6), corrected(rng, 5)];
  const fields = [
    [captions.department, department],
    ["Position", pick(rng, draw.positions)],
    [captions.employee, employee.printed],
    [captions.account, account.printed],
    ["Date of request", draw.dayText(draw.someDay(rng))],
  ] as const;
  for (const [index, [caption, value]] of fields.entries()) {
    const [x, y] = [90 + (index % 2) * 420, 255 + Math.floor(index / 2) * 118];
    page.text(x, y + 18, caption, { size: 19 });
    page.field(x, y + 28, 400, 54);
    page.text(x + 14, y + 64, value, { size: 24 });
  }
  return {
    page,
    answers: {
      number: [number],
      department: [department],
      employee: [employee.value],
      account: [account.value],
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
  const page = new PageDrawing();
  page.text(90, 100, draw.firm(rng), { size: 30, bold: true });
  page.text(910, 100, "INVOICE", { size: 40, bold: true, anchor: "end" });

  const issued = draw.someDay(rng);
  const due = draw.dayText(issued + between(rng, 14, 60));
  const number = draw.digits(rng, 6);
  const head = [
    [captions.invoice, number],
    [captions.issued, draw.dayText(issued)],
    [captions.due, due],
  ] as const;
  for (const [index, [caption, value]] of head.entries()) {
    page.text(560, 220 + index * 34, `${caption}:`);
    page.text(910, 220 + index * 34, value, { anchor: "end" });
  }

  const positions = positionsOf(rng);
  const total = table(page, positions);
  const { name, price } = pick(rng, positions.slice(1));
  return {
    page,
    row: name,
    answers: {
      number: [number],
      due: [due],
      total: [total, total.slice(1)],
      price: [draw.amount(price), `$${draw.amount(price)}`],
    },
  };
}

/** Positions of an invoice, no goods twice. */
function positionsOf(rng: Rng) {
  const start = between(rng, 0, draw.goods.length - 1);
  return Array.from({ length: between(rng, 4, 7) }, (_, index) => ({
    name: draw.goods[(start + index * 4) % draw.goods.length] ?? "",
    quantity: between(rng, 2, 24),
    price: between(rng, 290, 21_000),
  }));
}

/** Sets the positions and the sums below them. @returns the total, as printed. */
function table(page: PageDrawing, positions: ReturnType<typeof positionsOf>): string {
  const places = [105, 540, 720, 895];
  const line = (y: number, cells: readonly string[], bold = false) => {
    for (const [index, cell] of cells.entries())
      page.text(places[index] ?? 0, y, cell, { bold, anchor: index === 0 ? "start" : "end" });
  };
  line(420, captions.columns, true);
  page.field(90, 436, 820, 2);
  for (const [index, { name, quantity, price }] of positions.entries()) {
    const amounts = [price, price * quantity].map(draw.amount);
    line(474 + index * 42, [name, String(quantity), ...amounts]);
  }
  const end = 474 + positions.length * 42;
  page.field(90, end - 16, 820, 2);
  const subtotal = positions.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const tax = Math.round(subtotal * 0.06);
  const total = `$${draw.amount(subtotal + tax)}`;
  const sums = [
    [captions.subtotal, draw.amount(subtotal)],
    ["Sales tax 6%", draw.amount(tax)],
    [captions.total, total],
  ] as const;
  for (const [index, [caption, value]] of sums.entries()) {
    page.text(600, end + 30 + index * 40, caption);
    page.text(895, end + 30 + index * 40, value, { anchor: "end" });
  }
  return total;
}
