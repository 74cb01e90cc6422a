import { gist } from "../../../../harness/models/rule-based/kit.ts";
import { plainWords } from "../likeness.ts";
import { type Cell, cellBelow, type Line, textOf } from "../page-text.ts";
import { type Found, isSmall, type Reading, type Thought } from "../thought.ts";
import { synonymsOf } from "./synonyms.ts";

/** Words that a caption has at most; what is longer is a sentence. */
const longest = 6;

interface Caption {
  readonly line: Line;
  readonly cell: Cell;
  readonly place: number;
  readonly words: readonly string[];
  /** What follows it in its own cell. */
  readonly inline: string;
}

/** The value of the caption that the question speaks of: behind it, beside it, or below it. */
export const caption: Reading = (thought) => {
  const chosen = captionAsked(thought);
  return chosen && valueOfCaption(chosen, thought);
};

function captionAsked(thought: Thought): Caption | undefined {
  const captions = thought.page.flatMap(captionsOf);
  const plain = bestOf(captions, thought.wanted, false);
  const versed = bestOf(captions, thought.wanted, true);
  const withShort = versed?.best !== plain?.best && thought.on("caption-words");
  const found = withShort ? versed : plain;
  if (found === undefined) return undefined;
  return found.first !== found.best && !thought.on("whole-caption") ? found.first : found.best;
}

/** The first caption that shares a word with the question, and the one that shares most. */
function bestOf(
  captions: readonly Caption[],
  wanted: readonly string[],
  withShort: boolean,
): { readonly first: Caption; readonly best: Caption } | undefined {
  const shares = (word: string, { words }: Caption) =>
    words.some(
      (other) => gist(other) === gist(word) || (withShort && synonymsOf(word).includes(other)),
    );
  // A word that many captions have says little.
  const weights = new Map(
    wanted.map(
      (word) => [word, captions.filter((one) => shares(word, one)).length ** -0.5] as const,
    ),
  );
  const scored = captions.map((one) => {
    const shared = wanted.filter((word) => shares(word, one));
    const others = one.words.filter((word) => !isSmall(word)).length - shared.length;
    const weight = shared.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
    return { one, score: shared.length === 0 ? 0 : weight - 0.1 * Math.max(0, others) };
  });
  const first = scored.find(({ score }) => score > 0);
  if (first === undefined) return undefined;
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), first);
  return { first: first.one, best: best.one };
}

function captionsOf(line: Line): readonly Caption[] {
  return line.cells.flatMap((cell, place) => {
    const [label, inline] = partsOf(cell.text);
    const words = plainWords(label);
    if (words.length === 0 || words.length > longest || !/\p{L}{2}/u.test(label)) return [];
    return [{ line, cell, place, words, inline }];
  });
}

/** Caption and value of a cell: before and behind a colon, or before and from the first word with a digit. */
function partsOf(text: string): readonly [string, string] {
  const colon = /^([^:]*\p{L}[^:]*):\s*(.*)$/u.exec(text);
  if (colon) return [colon[1] ?? "", colon[2] ?? ""];
  const [, label, value] = /^((?:[^\s\d]+\s+){1,4}?)(\S*\d.*)$/.exec(text) ?? [];
  return label !== undefined && value !== undefined ? [label, value] : [text, ""];
}

function valueOfCaption(
  { line, cell, place, inline }: Caption,
  thought: Thought,
): Found | undefined {
  const whole = textOf(line);
  if (inline !== "") return { text: inline, line: whole, captioned: cell.text };
  const right = line.cells[place + 1];
  const below = cellBelow(thought.page, line, cell);
  const isValue = right !== undefined && (/\d/.test(right.text) || cell.text.endsWith(":"));
  const takesBelow = !isValue && below !== undefined && thought.on("value-below");
  if (takesBelow) return { text: below.text, line: below.text };
  return right && { text: right.text, line: whole, captioned: `${cell.text} ${right.text}` };
}
