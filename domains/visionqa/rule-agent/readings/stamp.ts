import { type Cell, type Line, type PageText, textOf } from "../page-text.ts";
import type { Found, Reading } from "../thought.ts";
import { daysIn } from "../values.ts";

const words = /^(?:received|approved|paid|stamped|filed)$/;

/** Lines below the word of a stamp in which its date may stand. */
const below = 3;

/** The date of a stamp, beside or below the word that the question and the stamp share; without the habit the first of the page. */
export const stamp: Reading = ({ page, question, on }) => {
  const word = question.find((one) => words.test(one));
  if (word === undefined) return undefined;
  for (const line of page) {
    const cell = line.cells.find(({ text }) => text.toLowerCase().includes(word));
    if (cell === undefined) continue;
    const found = dateAt(line, cell, page.slice(line.number + 1, line.number + 1 + below));
    if (found !== undefined) return on("stamped-date") ? found : firstDay(page);
  }
  return undefined;
};

function firstDay(page: PageText): Found | undefined {
  for (const line of page) {
    const text = textOf(line);
    const [day] = daysIn(text);
    if (day !== undefined) return { text: day, line: text };
  }
  return undefined;
}

function dateAt(line: Line, word: Cell, following: readonly Line[]): Found | undefined {
  const isUnder = ({ start, end }: Cell) => start < word.end + 8 && end > word.start - 8;
  const beside = line.cells.filter(({ start }) => start >= word.start);
  const rows = [beside, ...following.map(({ cells }) => cells.filter(isUnder))];
  for (const [index, cells] of rows.entries()) {
    const day = daysIn(cells.map(({ text }) => text).join(" "))[0];
    const at = index === 0 ? line : following[index - 1];
    if (day !== undefined && at !== undefined) return { text: day, line: textOf(at) };
  }
  return undefined;
}
