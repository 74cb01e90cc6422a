import { type Line, textOf } from "../page-text.ts";
import { asks, type Found, type Reading } from "../thought.ts";

const closing = /\b(?:sincerely|faithfully|truly|regards|respectfully|cordially)\b/i;
const name = /^(?:\p{Lu}[\p{L}.'-]*\.?\s+){1,4}\p{Lu}[\p{L}'-]+$/u;

/** Who signed a letter: the name after its closing words, typed below the signature. */
export const signer: Reading = (thought) => {
  if (!asks(thought, /^(?:signed|signs|signature|signatory|wrote)$/)) return undefined;
  const { page, on } = thought;
  const end = page.findIndex((line) => closing.test(textOf(line)));
  if (end < 0) return undefined;
  if (!on("closing-name")) return first(page.find(({ cells }) => cells.length > 0));
  const below = page.slice(end + 1, end + 4);
  const names = below.filter(({ cells }) => name.test(cells[0]?.text ?? ""));
  return first(names[1] ?? names[0] ?? below[0]);
};

/** Whom a letter is for: the first line of the block above the salutation. */
export const addressee: Reading = (thought) => {
  if (!asks(thought, /^(?:addressed|addressee)$/)) return undefined;
  const { page, on } = thought;
  const salutation = page.findIndex((line) => /^\W*dear\b/i.test(textOf(line)));
  if (salutation < 0) return undefined;
  if (!on("address-block")) return first(page.find(({ cells }) => cells.length > 0));
  // The block begins below the date and the reference; a stamp may stand beside it.
  const above = page.slice(0, salutation);
  const head = above.findLastIndex(({ cells: [cell] }) =>
    /\bref|our ?ref|\d{4}-\d\d|\b(?:19|20)\d\d$/i.test(cell?.text ?? ""),
  );
  const block = above.slice(head + 1);
  return first(block.find(({ cells }) => name.test(cells[0]?.text ?? "")) ?? block[0]);
};

function first(line: Line | undefined): Found | undefined {
  const cell = line?.cells[0];
  return line && cell && { text: cell.text, line: textOf(line) };
}
