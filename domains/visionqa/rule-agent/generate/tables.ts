import { between, pick } from "../../../../harness/models/rule-based/kit.ts";
import { ask, type Kind, LETTER, mess, Pen } from "./document.ts";
import { happens, thousands } from "./draw.ts";
import { person, towns } from "./vocabulary.ts";

/** What a table is about: its title, the name of a row, the unit, and the columns. */
const topics = [
  {
    title: "SHIPMENTS BY STATION",
    row: "Station",
    unit: "tons",
    columns: ["1989", "1990", "1991", "1992"],
    question: (row: string, column: string) =>
      `How many tons were shipped from ${row} in ${column}?`,
  },
  {
    title: "VISITORS BY QUARTER",
    row: "Branch",
    unit: "persons",
    columns: ["Spring", "Summer", "Autumn", "Winter"],
    question: (row: string, column: string) =>
      `How many visitors came to ${row} in ${column.toLowerCase()}?`,
  },
  {
    title: "RESULTS OF FIELD TRIALS",
    row: "Site",
    unit: "kg per plot",
    columns: ["Plot A", "Plot B", "Plot C", "Control"],
    question: (row: string, column: string) =>
      `What is the value for ${row} in the column ${column}?`,
  },
  {
    title: "MEMBERS AND SUBSCRIPTIONS",
    row: "Chapter",
    unit: "members",
    columns: ["Full", "Student", "Retired", "Honorary"],
    question: (row: string, column: string) =>
      `How many ${column.toLowerCase()} members does ${row} have?`,
  },
] as const;

/** A page of a report: a title, a table with a row of totals, a note below. */
export const table: Kind = (rng) => {
  const pen = new Pen(pick(rng, ["serif", "sans-serif"]));
  const topic = pick(rng, topics);
  const number = `${between(rng, 1, 9)}.${between(rng, 1, 9)}`;
  pen.text(90, 100, "Annual Report", 22, { italic: true });
  pen.text(910, 100, `Page ${between(rng, 3, 88)}`, 22, { anchor: "end" });
  pen.text(500, 170, `Table ${number}`, 26, { anchor: "middle" });
  pen.text(500, 208, topic.title, 30, { bold: true, anchor: "middle" });
  pen.text(500, 242, `(${topic.unit})`, 20, { anchor: "middle" });

  const start = between(rng, 0, towns.length - 1);
  const names = Array.from(
    { length: between(rng, 6, 9) },
    (_, i) => towns[(start + i * 3) % towns.length] ?? "",
  );
  const size = pick(rng, [90, 900, 9000]);
  const values = names.map(() => topic.columns.map(() => between(rng, size / 9, size)));
  const totals = topic.columns.map((_, column) =>
    values.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  const places = [480, 625, 770, 905];
  const isRuled = happens(rng, 0.5);
  const row = (y: number, cells: readonly string[], bold: boolean) => {
    for (const [index, cell] of cells.entries())
      pen.text(index === 0 ? 105 : (places[index - 1] ?? 0), y, cell, 23, {
        bold,
        anchor: index === 0 ? "start" : "end",
      });
  };
  pen.rule(90, 915, 275, 2.5);
  row(312, [topic.row, ...topic.columns], true);
  pen.rule(90, 915, 328, 1.5);
  let y = 372;
  for (const [index, name] of names.entries()) {
    row(y, [name, ...(values[index] ?? []).map(thousands)], false);
    if (isRuled) pen.rule(90, 915, y + 15, 0.8);
    y += 48;
  }
  pen.rule(90, 915, y - 32, 1.5);
  row(y + 4, ["Total", ...totals.map(thousands)], true);
  pen.rule(90, 915, y + 22, 2.5);
  const author = person(rng);
  pen.text(90, y + 66, `Source: records of the Society, compiled by ${author}.`, 20);

  const asked = [0, 1].map(() => {
    const [r, c] = [between(rng, 0, names.length - 1), between(rng, 0, 3)];
    const value = values[r]?.[c] ?? 0;
    return ask(
      "look-up",
      topic.question(names[r] ?? "", topic.columns[c] ?? ""),
      thousands(value),
      String(value),
    );
  });
  const column = between(rng, 0, 3);
  const total = totals[column] ?? 0;
  return {
    sheet: { ...LETTER, height: 1000, marks: pen.marks, mess: mess(rng) },
    asked: [
      ...asked,
      ask(
        "total",
        `What is the total of the column ${topic.columns[column]}?`,
        thousands(total),
        String(total),
      ),
      ask("text", "What is the title of the table?", topic.title),
      ask("key-value", "What is the number of the table?", number, `Table ${number}`),
      ask("text", "Who compiled the table?", author),
    ],
  };
};
