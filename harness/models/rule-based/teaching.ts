import type { Pattern } from "../../contracts/index.ts";
import { remembered } from "./memory.ts";
import { fold } from "./text.ts";

/** Ways of saying that something is not to be counted, as one concept of a `Pattern`. */
export const drop =
  "skip|ignore|exclude|omit|drop|leave+out|disregard|discard|filter+out|not+count|never+count|not+include|never+include|set+aside";

/** How a sentence takes a pattern: it says so, it says the contrary, or neither. */
export type Stance = "teaches" | "forbids" | "silent";

/** All concepts of a pattern stand within so many words. */
const window = 16;

/** From one concept to the next there are fewer words than this. */
const reach = 9;

const irregular: Readonly<Record<string, string>> = {
  left: "leave",
  kept: "keep",
  written: "write",
  wrote: "write",
  given: "give",
  gave: "give",
  found: "find",
  took: "take",
  taken: "take",
  chosen: "choose",
  chose: "choose",
  held: "hold",
  said: "say",
  told: "tell",
  stood: "stand",
  does: "do",
  did: "do",
  ties: "tie",
  tied: "tie",
  dashes: "dash",
  dates: "date",
  dated: "date",
  dating: "date",
  dont: "not",
  cannot: "not",
  doesnt: "not",
  isnt: "not",
  arent: "not",
  wont: "not",
  shouldnt: "not",
  mustnt: "not",
};

/** A word without its ending: `counted`, `counting` and `counts` are one. */
export function gist(word: string): string {
  let root = irregular[word] ?? word;
  if (root.length > 4 && root.endsWith("ies")) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && /[^su]s$/.test(root)) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith("ing")) root = root.slice(0, -3);
  else if (root.length > 4 && root.endsWith("ed")) root = root.slice(0, -2);
  if (root.length > 3 && root.endsWith("e")) root = root.slice(0, -1);
  if (root.length > 3 && /([^aeiou])\1$/.test(root)) root = root.slice(0, -1);
  return root;
}

/** A word of a sentence. `pause` is whether punctuation stands before it, `capital` whether it began with one. */
interface Word {
  readonly text: string;
  readonly capital: boolean;
  readonly gist: string;
  readonly pause: boolean;
}

/** Sentences of Markdown prose; headings, tables and fenced code say nothing to learn. */
export function sentencesOf(markdown: string): string[] {
  const blocks: string[] = [];
  let fenced = false;
  let fresh = true;
  for (const line of markdown.split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      fresh = true;
      continue;
    }
    if (fenced || /^\s*(?:#{1,6}\s|\||$)/.test(line)) {
      fresh = true;
      continue;
    }
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (item || fresh) blocks.push(item?.[1] ?? line.trim());
    else blocks[blocks.length - 1] += ` ${line.trim()}`;
    fresh = false;
  }
  return blocks.flatMap((block) =>
    block
      .replace(/\*\*|__/g, "")
      .replace(/\b(e\.g|i\.e|etc|vs|approx|no(?=\.\s*\d))\./gi, "$1")
      .split(/(?<=[.!?;])\s+/)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ""),
  );
}

/** Parts of a rule that give reasons, exceptions and checks; they teach nothing by themselves. */
const aside =
  /^(?:why|unless|exception|reason|because|example)\b|^check:|\w.*\b(?:Why|Unless|Check|Example):/i;

function wordsOf(sentence: string): Word[] {
  const plain = sentence
    .replace(/`[^`]*`/g, " code ")
    .replace(/’/g, "'")
    .replace(/n't\b/g, " not")
    .replace(/'s\b/g, "");
  const words: Word[] = [];
  let pause = true;
  for (const token of plain.match(/[\p{L}\p{N}]+(?:[-'][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? []) {
    if (/[\p{L}\p{N}]/u.test(token)) {
      for (const part of token.split(/[-']/)) {
        const text = fold(part);
        words.push({ text, capital: /^[A-Z][a-z]/.test(part), gist: gist(text), pause });
        pause = false;
      }
    } else if (!/['*_]/.test(token)) pause = true;
  }
  return words;
}

const article = /^(?:the|a|an|its|their|every)$/;
const linking =
  /^(?:of|in|on|with|for|from|by|at|into|as|than|to|and|or|but|is|are|was|were|be|has|have|does|do|if|when|that|which|because|unless|not|then)$/;
const bound = /^(?:of|with|at|into|than|and|or|but|if|when|because|unless|before|after|whose)$/;
/** Words that begin a sentence or follow punctuation when they have a capital. */
const opening =
  /^(?:when|why|unless|check|if|the|a|an|for|to|do|not|never|always|use|give|take|copy|count|compare|add|read|write|submit|skip|look|find|keep|turn|apply|leave|strip|treat|put|answer|in|on|is|and|or|before|after|with|it|one|every|each|all|as|by|most|extract|subtract|choose)$/;
const open =
  /^(?:the|a|an|of|and|or|with|is|are|when|than|if|as|every|each|its|be|into|their|but|not|whose|has)$/;

const quantity = /^(?:all|any|each|only|never|always|no|one|per|it|them|you|both|several)$/;

/** Whether the small words stand where a sentence can have them; shuffled words seldom do. */
function readsAsSentence(words: readonly Word[]): boolean {
  const last = words[words.length - 1];
  if (words.length < 3 || !last || open.test(last.text)) return false;
  if (/^(?:of|and|or|than|is|are|be|was)$/.test(words[0]?.text ?? "")) return false;
  const hasSmall = words.some(
    (word) => article.test(word.text) || linking.test(word.text) || quantity.test(word.text),
  );
  if (words.length > 5 && !hasSmall) return false;
  return words.every((word, at) => {
    const next = words[at + 1];
    if (at > 0 && word.capital && !word.pause && opening.test(word.text)) return false;
    if (!next) return true;
    if (next.pause) return !article.test(word.text) && !/^(?:of|whose)$/.test(word.text);
    if (article.test(word.text)) return !article.test(next.text) && !linking.test(next.text);
    if (bound.test(word.text))
      return !/^(?:of|than|and|or|but|is|are|was|be)$/.test(next.text) || word.text === next.text;
    if (/^(?:must|should|can)$/.test(word.text))
      return !/^(?:of|than|and|or|but|is|are)$/.test(next.text);
    if (/^(?:is|are|be|was)$/.test(word.text))
      return !/^(?:is|are|be|was|of|do|does|have)$/.test(next.text);
    return true;
  });
}

const negators = new Set([
  "not",
  "never",
  "avoid",
  "no",
  "without",
  "stop",
  "needles",
  "refrain",
  "instead",
  "rather",
  "unnecessary",
]);
const cancels = new Set(["forget", "fail", "neglect", "hesitat", "only", "just"]);

interface Element {
  readonly alternatives: readonly (readonly string[])[];
}

function compile(pattern: Pattern): Element[] {
  return pattern.split(" ").map((concept) => ({
    alternatives: concept.split("|").map((words) => words.split("+").map(gist)),
  }));
}

/** Where a concept ends if it starts at `at`, and the words it takes. */
function conceptAt(
  words: readonly Word[],
  at: number,
  element: Element,
): readonly number[] | undefined {
  for (const alternative of element.alternatives) {
    if (words[at]?.gist !== alternative[0]) continue;
    const places = [at];
    for (const part of alternative.slice(1)) {
      const from = (places[places.length - 1] ?? at) + 1;
      const found = words.findIndex(
        (word, place) => place >= from && place < from + 4 && word.gist === part,
      );
      if (found < 0) break;
      places.push(found);
    }
    if (places.length === alternative.length) return places;
  }
  return undefined;
}

function occurrence(
  words: readonly Word[],
  elements: readonly Element[],
  start: number,
): number[] | undefined {
  const [first, ...rest] = elements;
  const places = first && conceptAt(words, start, first);
  if (!places) return undefined;
  const all = [...places];
  for (const element of rest) {
    let found: readonly number[] | undefined;
    const last = all[all.length - 1] ?? start;
    const end = Math.min(words.length, start + window, last + reach);
    for (let at = last + 1; at < end && !found; at++) {
      found = conceptAt(words, at, element);
    }
    if (!found) return undefined;
    all.push(...found);
  }
  return all;
}

/** Whether a sentence teaches what a pattern says. */
export function stanceOf(sentence: string, patterns: readonly Pattern[]): Stance {
  if (aside.test(sentence)) return "silent";
  const words = remembered("sentence", sentence, () => {
    const found = wordsOf(sentence);
    return readsAsSentence(found) ? found : [];
  });
  if (words.length === 0) return "silent";
  let stance: Stance = "silent";
  for (const pattern of patterns) {
    const elements = remembered("pattern", pattern, () => compile(pattern));
    for (let start = 0; start < words.length; start++) {
      const places = occurrence(words, elements, start);
      if (!places) continue;
      if (!isNegated(words, places)) return "teaches";
      stance = "forbids";
    }
  }
  return stance;
}

/** Whether a word that denies stands before the match or between its concepts, and is not part of it. */
function isNegated(words: readonly Word[], places: readonly number[]): boolean {
  const first = places[0] ?? 0;
  for (let at = Math.max(0, first - 3); at < (places[places.length - 1] ?? 0); at++) {
    const word = words[at];
    if (!word || places.includes(at) || !negators.has(word.gist)) continue;
    const next = words[at + 1]?.gist ?? "";
    if (cancels.has(next)) continue;
    const pauses = words.slice(at + 1, Math.max(at + 2, first + 1)).some((other) => other.pause);
    const following = at > first ? places.find((place) => place > at) : first;
    if (following !== undefined && following - at <= 3 && !(at < first && pauses)) return true;
  }
  return false;
}
