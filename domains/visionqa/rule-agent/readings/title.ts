import { type Line, textOf } from "../page-text.ts";
import { asks, type Reading } from "../thought.ts";

/** The title of a page: its first line in capital letters. */
export const title: Reading = (thought) => {
  if (!asks(thought, /^(?:title|heading|headline|shop|store)$/)) return undefined;
  const lines = thought.page.filter(({ cells }) => cells.length > 0);
  const capitals = lines.find((line) => isCapital(line));
  const line =
    capitals !== undefined && capitals !== lines[0] && thought.on("title-capitals")
      ? capitals
      : lines[0];
  const text = line && longest(line);
  return line && text !== undefined ? { text, line: textOf(line) } : undefined;
};

function isCapital(line: Line): boolean {
  const text = longest(line) ?? "";
  const letters = text.replace(/[^\p{L}]/gu, "");
  return letters.length >= 8 && text.includes(" ") && letters === letters.toUpperCase();
}

function longest({ cells }: Line): string | undefined {
  return [...cells].sort((a, b) => b.text.length - a.text.length)[0]?.text;
}
