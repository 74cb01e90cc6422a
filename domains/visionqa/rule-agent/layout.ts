/** A word on a page, with its place in pixels. */
export interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** A line of words, from left to right. */
export interface WordLine {
  readonly words: readonly Word[];
  readonly top: number;
}

/** Characters across a page, the widest picture as much as the narrowest. */
const COLUMNS = 100;

/** Characters that are kept of a page; what a dense one has, twice over. */
const LONGEST = 8_000;

/**
 * A page as text: a line of the page is a line, and words stand as far from the left as on the page, so
 * that columns stay columns. Words of one cell have one space between them, cells at least two.
 *
 * @param width of the picture, in pixels.
 */
export function layoutOf(lines: readonly WordLine[], width: number): string {
  const unit = width / COLUMNS;
  return [...lines]
    .sort((a, b) => a.top - b.top)
    .map(({ words }) => lineOf(words, unit))
    .filter((line) => line.trim() !== "")
    .join("\n")
    .slice(0, LONGEST);
}

/** What specks and lines of a form are read as. */
const speck = /^[^\p{L}\p{N}$€£&#%-]*$/u;

function lineOf(words: readonly Word[], unit: number): string {
  const kept = words.filter(({ text }) => !speck.test(text.trim()));
  const gap = gapIn(kept, unit);
  let line = "";
  let end = 0;
  for (const { text, left, right } of [...kept].sort((a, b) => a.left - b.left)) {
    const column = Math.round(left / unit);
    const isNear = line !== "" && left - end < gap;
    const spaces = isNear ? 1 : Math.max(line === "" ? 0 : 2, column - line.length);
    line += " ".repeat(spaces) + text.trim();
    end = right;
  }
  return line;
}

/** From this far on, words belong to different cells: about two letters of the line. */
function gapIn(words: readonly Word[], unit: number): number {
  const width = words.reduce((sum, { left, right }) => sum + right - left, 0);
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return Math.max(1.6 * unit, (2 * width) / Math.max(1, letters));
}
