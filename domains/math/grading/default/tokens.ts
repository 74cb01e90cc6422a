import { limits, TooHard, Unreadable } from "./limits.ts";
import {
  commandWords,
  functionNames,
  greek,
  isUnit,
  listWords,
  percentWords,
  wordsOf,
} from "./words.ts";

/** A piece of an answer. A `mark` is a character of its own; `\{` and `\}` are the marks `{set` and `}set`. */
export interface Token {
  readonly kind: "number" | "letter" | "command" | "mark" | "text";
  readonly text: string;
}

/** Commands that only change how something looks. */
const looks = wordsOf(`
  left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle scriptstyle limits nolimits quad
  qquad hspace phantom boxed fbox`);

/** Commands whose argument is words, or mathematics set upright. */
const textual = wordsOf(`
  text textbf textit textrm mathrm mathbf mathit mathsf mathtt mbox hbox operatorname textnormal`);

/** Other names of commands, and commands that are marks: what it is, and the names that mean it. */
const synonyms: ReadonlyMap<string, string> = new Map(
  `frac dfrac tfrac cfrac; binom dbinom tbinom; times cdot ast; / div; le leq leqslant; ge geq geqslant; ne neq;
  < lt; > gt; , land; {set lbrace; }set rbrace; [ lbrack; ] rbrack; | lvert rvert vert mid; : colon; circ degree degrees;
  emptyset varnothing; log lg; arccot arcctg; cot ctg; tan tg; phi varphi; epsilon varepsilon; theta vartheta`
    .split(/;\s+/)
    .flatMap((row) => {
      const [meaning = "", ...names] = row.split(" ");
      return names.map((name) => [name, meaning] as const);
    }),
);

/** Commands that the parser knows; a longer unknown one is split after the longest of them (`\cotx`). */
const known: ReadonlySet<string> = new Set([
  ...wordsOf(`
    frac sqrt binom times pm mp le ge ne in cup infty pi emptyset circ approx overline begin end mathbb lfloor
    rfloor lceil rceil langle rangle max min`),
  ...functionNames,
  ...greek,
]);

/** What stands for something else, two characters or one; others outside of ASCII make an answer unreadable. */
const characters: Readonly<Record<string, string>> = {
  ...{ "<=": "\\le ", ">=": "\\ge ", "!=": "\\ne ", "*": "\\times " },
  ...{ "−": "-", π: "\\pi ", "°": "^\\circ ", "∞": "\\infty ", "≤": "\\le ", "≥": "\\ge " },
  ...{ "≠": "\\ne ", "×": "*", "·": "*", "÷": "/", "±": "\\pm ", "∪": "\\cup ", "∈": "\\in " },
  ...{ "∅": "\\emptyset ", "€": "", "£": "", "\u00a0": "" },
};

/**
 * Cuts an answer into tokens: spacing, sizes and currency are dropped, units become text.
 *
 * @throws {Unreadable} for characters and commands without meaning here.
 * @throws {TooHard} past the limits.
 */
export function tokensOf(answer: string): Token[] {
  const tokens: Token[] = [];
  cut(answer, tokens, 0);
  return tokens;
}

function cut(source: string, tokens: Token[], depth: number): void {
  if (depth > limits.depth) throw new TooHard("texts are nested too deeply");
  const text = withoutDoubledBackslashes(source);
  let at = 0;
  while (at < text.length) {
    if (tokens.length > limits.tokens) throw new TooHard("the answer has too many parts");
    at = next(text, at, tokens, depth);
  }
}

/** Undoes escaping twice; a doubled backslash that stays ends the row of a matrix. */
function withoutDoubledBackslashes(text: string): string {
  const runs = text.match(/\\+/g);
  if (runs === null) return text;
  if (runs.every((run) => run.length % 2 === 0)) return text.replaceAll("\\\\", "\\");
  return text.includes("\\begin") ? text : text.replace(/\\\\(?=[A-Za-z])/g, "\\");
}

/** Reads what stands at `at` and gives back where it ends. */
function next(text: string, at: number, tokens: Token[], depth: number): number {
  const character = text[at] ?? "";
  if (/[\s~$"]/.test(character)) return at + 1;
  if (/[0-9.]/.test(character)) return readNumber(text, at, tokens);
  if (/[A-Za-z]/.test(character)) return readWord(text, at, tokens);
  if (character === "\\") return readCommand(text, at, tokens, depth);
  const pair = text.slice(at, at + 2);
  if (pair === "**") throw new Unreadable("the operator **");
  for (const piece of [pair, character]) {
    const meant = Object.hasOwn(characters, piece) ? characters[piece] : undefined;
    if (meant === undefined) continue;
    cut(meant, tokens, depth + 1);
    return at + piece.length;
  }
  if (!/[-+/^_(){}[\],;:=<>|!%&']/.test(character))
    throw new Unreadable(`the character ${JSON.stringify(character)}`);
  tokens.push({ kind: "mark", text: character });
  return at + 1;
}

const numberAt = /\d+(?:\.\d*)?|\.\d+/y;

function readNumber(text: string, at: number, tokens: Token[]): number {
  numberAt.lastIndex = at;
  const digits = numberAt.exec(text)?.[0];
  if (digits !== undefined) {
    tokens.push({ kind: "number", text: digits });
    return at + digits.length;
  }
  // A full stop ends words and degrees only; after anything else it is not mathematics.
  const last = tokens.at(-1);
  const sentence = last?.kind === "text" || (last?.kind === "command" && last.text === "circ");
  if (text.slice(at + 1).trim() !== "" || !sentence) throw new Unreadable("a stray full stop");
  return at + 1;
}

const wordAt = /[A-Za-z]+/y;

function readWord(text: string, at: number, tokens: Token[]): number {
  wordAt.lastIndex = at;
  const word = wordAt.exec(text)?.[0] ?? "";
  const last = tokens.at(-1);
  const afterValue =
    last?.kind === "number" ||
    last?.kind === "text" ||
    (last?.kind === "mark" && /[)}]/.test(last.text));
  if (commandWords.has(word)) tokens.push({ kind: "command", text: word });
  else if (pushMeaning(word.toLowerCase(), tokens)) return at + word.length;
  else if (word.length >= 4 || (afterValue && word.length > 1 && isUnit(word)))
    tokens.push({ kind: "text", text: word });
  else for (const letter of word) tokens.push({ kind: "letter", text: letter });
  return at + word.length;
}

/** Pushes what a word stands for: a separator, percent or degrees; false where it is another word. */
function pushMeaning(lower: string, tokens: Token[]): boolean {
  if (listWords.has(lower)) tokens.push({ kind: "mark", text: "," });
  else if (percentWords.has(lower)) tokens.push({ kind: "mark", text: "%" });
  else if (lower.startsWith("degree")) pushDegree(tokens);
  else return false;
  return true;
}

function readCommand(text: string, at: number, tokens: Token[], depth: number): number {
  wordAt.lastIndex = at + 1;
  const name = wordAt.exec(text)?.[0];
  if (name === undefined) return readEscaped(text, at, tokens);
  const end = at + 1 + name.length;
  if (looks.has(name)) return afterInvisible(text, end);
  if (textual.has(name)) return readText(text, end, { command: name, tokens, depth });
  const command = synonyms.get(name) ?? name;
  if (known.has(command)) {
    if (command === "circ") pushDegree(tokens);
    else tokens.push({ kind: "command", text: command });
    return end;
  }
  if (command !== name) {
    tokens.push({ kind: "mark", text: command });
    return end;
  }
  for (let length = name.length - 1; length > 1; length--) {
    const start = name.slice(0, length);
    if (known.has(synonyms.get(start) ?? start))
      return readCommand(`\\${start} `, 0, tokens, depth) && at + 1 + length;
  }
  throw new Unreadable(`the command \\${name}`);
}

/** A lone degree sign stands in an exponent; a word for it becomes one. */
function pushDegree(tokens: Token[]): void {
  const [before, last] = [tokens.at(-2), tokens.at(-1)];
  const inExponent = isMark(last, "^") || (isMark(last, "{") && isMark(before, "^"));
  if (!inExponent) tokens.push({ kind: "mark", text: "^" });
  tokens.push({ kind: "command", text: "circ" });
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

/** `\left.` and `\right.` are brackets that are not drawn. */
function afterInvisible(text: string, at: number): number {
  return text[at] === "." && !/\d/.test(text[at + 1] ?? "") ? at + 1 : at;
}

/** Marks that are written with a backslash. */
const escapes: Readonly<Record<string, string>> = {
  "{": "{set",
  "}": "}set",
  "%": "%",
  "\\": "\\\\",
  "|": "|",
};

function readEscaped(text: string, at: number, tokens: Token[]): number {
  const escaped = text[at + 1] ?? "";
  const mark = escapes[escaped];
  if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
  else if (!/^[\s,;:!$()[\]]?$/.test(escaped)) throw new Unreadable(`the command \\${escaped}`);
  return at + 2;
}

/** The argument of a text command: words as text, anything else as mathematics. */
function readText(
  text: string,
  at: number,
  { command, tokens, depth }: { command: string; tokens: Token[]; depth: number },
): number {
  let start = at;
  while (text[start] === " ") start++;
  if (text[start] !== "{") return at;
  let level = 0;
  let end = start;
  for (; end < text.length; end++) {
    if (text[end] === "{") level++;
    else if (text[end] === "}" && --level === 0) break;
  }
  const inner = text.slice(start + 1, end);
  const words = inner.replace(/[\s~]+/g, " ").trim();
  const measured = followsMeasure(tokens) && !(command === "mathrm" && /^[ei]$/.test(words));
  if (pushMeaning(words.toLowerCase().replace(/[.,]/g, "").trim(), tokens)) return end + 1;
  if (/^[A-Za-z .,'/-]*$/.test(words) && (words.length > 1 || measured))
    tokens.push({ kind: "text", text: words });
  else cut(inner, tokens, depth + 1);
  return end + 1;
}

/** Whether a number comes before, or a unit and a slash: then a single letter is a unit, too. */
function followsMeasure(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.kind === "number" || (isMark(last, "/") && tokens.at(-2)?.kind === "text");
}
