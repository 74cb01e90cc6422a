import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { ask, type Kind, LETTER, mess, Pen } from "./document.ts";
import { amount, type DayStyle, day, dayText, digits, happens, later } from "./draw.ts";
import { address, firm, goods, person } from "./vocabulary.ts";

/** An invoice: numbers and dates beside their captions, positions in a table, totals below it. */
export const invoice: Kind = (rng) => {
  const pen = new Pen("sans-serif");
  const [seller, buyer] = [firm(rng), firm(rng)];
  const [street, town] = address(rng);
  pen.text(90, 100, seller, 30, { bold: true });
  pen.text(90, 134, street, 20);
  pen.text(90, 162, town, 20);
  pen.text(910, 100, "INVOICE", 40, { bold: true, anchor: "end" });

  const issued = day(rng);
  const style = pick<DayStyle>(rng, ["slashes", "short-slashes", "long", "iso"]);
  const terms = pick(rng, [14, 30, 45, 60]);
  const head = {
    "Invoice No.": `${pick(rng, ["", "INV-", "A"])}${digits(rng, 6)}`,
    "Invoice Date": dayText(issued, style),
    "Due Date": dayText(later(issued, terms), style),
    "Customer No.": digits(rng, 5),
    Terms: `Net ${terms} days`,
  } as const;
  for (const [index, [caption, value]] of Object.entries(head).entries()) {
    pen.text(560, 220 + index * 34, `${caption}:`, 21);
    pen.text(910, 220 + index * 34, value, 21, { anchor: "end" });
  }
  const contact = person(rng);
  pen.text(90, 220, "BILL TO", 20, { bold: true });
  for (const [index, line] of [buyer, ...address(rng), `Attn: ${contact}`].entries())
    pen.text(90, 254 + index * 32, line, 21);

  const positions = positionsOf(rng);
  pen.box(90, 440, 820, 44, 226);
  const columns = [105, 600, 750, 895];
  for (const [index, caption] of ["Description", "Qty", "Unit Price", "Amount"].entries())
    pen.text(columns[index] ?? 0, 470, caption, 21, {
      bold: true,
      anchor: index === 0 ? "start" : "end",
    });
  let y = 520;
  for (const { name, quantity, price } of positions) {
    const cells = [name, String(quantity), amount(price), amount(price * quantity)];
    for (const [index, cell] of cells.entries())
      pen.text(columns[index] ?? 0, y, cell, 21, { anchor: index === 0 ? "start" : "end" });
    y += 42;
  }
  pen.rule(90, 910, y - 12, 2);

  const subtotal = positions.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const rate = pick(rng, [5, 6, 7, 8]);
  const tax = Math.round((subtotal * rate) / 100);
  const total = `$${amount(subtotal + tax)}`;
  const sums = {
    Subtotal: amount(subtotal),
    [`Sales tax ${rate}%`]: amount(tax),
    "TOTAL DUE": total,
  };
  for (const [index, [caption, value]] of Object.entries(sums).entries()) {
    const bold = index === 2;
    pen.text(600, y + 34 + index * 40, caption, 22, { bold });
    pen.text(895, y + 34 + index * 40, value, 22, { bold, anchor: "end" });
  }
  pen.text(
    90,
    1180,
    `Please quote the invoice number with your payment. Thank you for your order.`,
    19,
  );
  const paid = dayText(later(issued, between(rng, 5, 25)), "stamp");
  const isPaid = happens(rng, 0.4);
  if (isPaid) pen.stamp(170, y + 60, between(rng, -6, 6), "PAID", paid);

  const one = pick(rng, positions);
  const asked = [
    ask("key-value", "What is the invoice number?", head["Invoice No."]),
    ask("date", "What is the invoice date?", head["Invoice Date"]),
    ask("date", "What is the due date?", head["Due Date"]),
    ask("total", "What is the total due?", total, total.slice(1)),
    ask("total", "What is the subtotal?", sums.Subtotal ?? "", `$${sums.Subtotal}`),
    ask(
      "look-up",
      `What is the unit price of the ${one.name}?`,
      amount(one.price),
      `$${amount(one.price)}`,
    ),
    ask("look-up", `What is the quantity of the ${one.name}?`, String(one.quantity)),
    ask("text", "Who is the invoice billed to?", buyer),
    ask("key-value", "What is the customer number?", head["Customer No."]),
    ...(isPaid ? [ask("stamp", "On what date was the invoice paid?", paid)] : []),
  ];
  return { sheet: { ...LETTER, marks: pen.marks, mess: mess(rng) }, asked };
};

interface Position {
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
}

function positionsOf(rng: Parameters<Kind>[0]): readonly Position[] {
  const start = between(rng, 0, goods.length - 1);
  return Array.from({ length: between(rng, 4, 7) }, (_, index) => {
    const [name, price] = goods[(start + index * 5) % goods.length] ?? ["", 0];
    return { name, price, quantity: between(rng, 2, 24) };
  });
}
