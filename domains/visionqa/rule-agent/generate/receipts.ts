import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { ask, type Kind, mess, Pen } from "./document.ts";
import { amount, type DayStyle, day, dayText, digits } from "./draw.ts";
import { address, groceries, shop, telephone } from "./vocabulary.ts";

/** A receipt of a till: narrow, in one width of letters, totals at the end. */
export const receipt: Kind = (rng) => {
  const pen = new Pen("monospace");
  const width = 560;
  const name = shop(rng);
  const [street, town] = address(rng);
  pen.text(width / 2, 80, name.toUpperCase(), 30, { bold: true, anchor: "middle" });
  for (const [index, line] of [street, town, `Tel ${telephone(rng)}`].entries())
    pen.text(width / 2, 118 + index * 30, line, 21, { anchor: "middle" });

  const bought = dayText(day(rng), pick<DayStyle>(rng, ["slashes", "iso", "short-slashes"]));
  const time = `${between(rng, 9, 19)}:${between(rng, 10, 59)}`;
  const number = digits(rng, 6);
  pen.text(40, 240, `Date: ${bought}`, 22);
  pen.text(520, 240, time, 22, { anchor: "end" });
  pen.text(40, 274, `Receipt No: ${number}`, 22);
  const cashier = pick(rng, ["ANNA", "BORIS", "CARLA", "DMITRI", "ELISE", "FRANK"]);
  pen.text(40, 308, `Cashier: ${cashier}`, 22);
  pen.rule(40, 520, 326, 1.5);

  const start = between(rng, 0, groceries.length - 1);
  const items = Array.from(
    { length: between(rng, 4, 8) },
    (_, index) => groceries[(start + index * 5) % groceries.length] ?? (["", 0] as const),
  );
  let y = 366;
  const line = (caption: string, value: string, bold = false) => {
    pen.text(40, y, caption, 22, { bold });
    pen.text(520, y, value, 22, { bold, anchor: "end" });
    y += 36;
  };
  for (const [item, price] of items) line(item, amount(price));
  pen.rule(40, 520, y - 20, 1.5);
  y += 14;
  const subtotal = items.reduce((sum, [, price]) => sum + price, 0);
  const tax = Math.round(subtotal * 0.06);
  const total = subtotal + tax;
  const cash = Math.ceil((total + between(rng, 1, 900)) / 500) * 500;
  line("SUBTOTAL", amount(subtotal));
  line("TAX 6%", amount(tax));
  line("TOTAL", `$${amount(total)}`, true);
  line("CASH", amount(cash));
  line("CHANGE", amount(cash - total));
  pen.text(width / 2, y + 40, "THANK YOU FOR SHOPPING", 21, { anchor: "middle" });
  const [item, price] = pick(rng, items);
  return {
    sheet: { width, height: y + 90, marks: pen.marks, mess: mess(rng) },
    asked: [
      ask("total", "What is the total amount?", `$${amount(total)}`, amount(total)),
      ask("total", "How much change was given?", amount(cash - total), `$${amount(cash - total)}`),
      ask("date", "What is the date of the receipt?", bought),
      ask("key-value", "What is the receipt number?", number),
      ask("key-value", "Who was the cashier?", cashier),
      ask(
        "look-up",
        `What is the price of the ${item.toLowerCase()}?`,
        amount(price),
        `$${amount(price)}`,
      ),
      ask("text", "What is the name of the shop?", name.toUpperCase()),
    ],
  };
};
