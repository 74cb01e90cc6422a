import { limits, TooHard, Unreadable } from "./limits.ts";
import { commandWords, isUnit, listWords, percentWords } from "./words.ts";

/** A piece of an answer. `mark` is a character of its own, with `\{` and `\}` as `open` and `close` sets. */
export type Token =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "letter"; readonly text: string }
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "mark"; readonly text: string }
  | { readonly kind: "text"; readonly text: string };

/** Commands that only change how something looks. */
const looks = new Set(
  `left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle scriptstyle limits nolimits quad
  qquad hspace phantom`.split(/\s+/),
);

/** Commands whose argument is words, or mathematics set upright. */
const textual = new Set(
  "text textbf textit textrm mathrm mathbf mathit mathsf mathtt mbox hbox operatorname textnormal".split(
    " ",
  ),
);

/** Other names of one command. */
const synonyms: Readonly<Record<string, string>> = {
  dfrac: "frac",
  tfrac: "frac",
  cfrac: "frac",
  dbinom: "binom",
  tbinom: "binom",
  cdot: "times",
  ast: "times",
  div: "/",
  leq: "le",
  leqslant: "le",
  geq: "ge",
  geqslant: "ge",
  neq: "ne",
  lt: "<",
  gt: ">",
  land: ",",
  lbrace: "{set",
  rbrace: "}set",
  lbrack: "[",
  rbrack: "]",
  lvert: "|",
  rvert: "|",
  vert: "|",
  mid: "|",
  varnothing: "emptyset",
  degree: "circ",
  degrees: "circ",
  lg: "log",
  arcctg: "arccot",
  ctg: "cot",
  tg: "tan",
  colon: ":",
  varphi: "phi",
  varepsilon: "epsilon",
  vartheta: "theta",
};

/** Commands that the parser knows; a longer unknown one is split after the longest of them (`\cotx`). */
const known = new Set(
  `frac sqrt binom times pm mp le ge ne in cup infty pi emptyset circ approx overline boxed begin end mathbb sin cos
  tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh ln log exp lfloor rfloor lceil rceil langle rangle
  alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega
  Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell max min`.split(/\s+/),
);

/** Characters and what they stand for. Others outside of ASCII make an answer unreadable. */
const characters: Readonly<Record<string, string>> = {
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
  if (/[-+*/^_(){}[\],;:=<>|!%&']/.test(character)) return readMark(text, at, tokens);
  const meant = Object.hasOwn(characters, character) ? characters[character] : undefined;
  if (meant === undefined) throw new Unreadable(`the character ${JSON.stringify(character)}`);
  cut(meant, tokens, depth + 1);
  return at + 1;
}

const numberAt = /\d+(?:\.\d*)?|\.\d+/y;

function readNumber(text: string, at: number, tokens: Token[]): number {
  numberAt.lastIndex = at;
  const digits = numberAt.exec(text)?.[0];
  if (digits === undefined) return readStray(text, at, tokens);
  tokens.push({ kind: "number", text: digits });
  return at + digits.length;
}

/** A full stop is dropped at the end of words and of degrees only; after anything else it is not mathematics. */
function readStray(text: string, at: number, tokens: Token[]): number {
  const last = tokens.at(-1);
  const sentence = last?.kind === "text" || (last?.kind === "command" && last.text === "circ");
  if (text.slice(at + 1).trim() !== "" || !sentence) throw new Unreadable("a stray full stop");
  return at + 1;
}

const wordAt = /[A-Za-z]+/y;

function readWord(text: string, at: number, tokens: Token[]): number {
  wordAt.lastIndex = at;
  const word = wordAt.exec(text)?.[0] ?? "";
  const end = at + word.length;
  const last = tokens.at(-1);
  const afterText = last?.kind === "text";
  const afterValue =
    last?.kind === "number" || afterText || (last?.kind === "mark" && /[)}]/.test(last.text));
  const command = commandWords.get(word);
  const lower = word.toLowerCase();
  if (command !== undefined) tokens.push({ kind: "command", text: command });
  else if (listWords.has(lower)) tokens.push({ kind: "mark", text: "," });
  else if (percentWords.has(lower)) tokens.push({ kind: "mark", text: "%" });
  else if (lower.startsWith("degree")) pushDegree(tokens);
  else if (word.length >= 4 || (afterValue && word.length > 1 && isUnit(word)))
    tokens.push({ kind: "text", text: word });
  else for (const letter of word) tokens.push({ kind: "letter", text: letter });
  return end;
}

const pairs: Readonly<Record<string, string>> = { "<=": "le", ">=": "ge", "!=": "ne" };

function readMark(text: string, at: number, tokens: Token[]): number {
  const pair = text.slice(at, at + 2);
  if (pair === "**") throw new Unreadable("the operator **");
  const two = pairs[pair];
  if (two !== undefined) {
    tokens.push({ kind: "command", text: two });
    return at + 2;
  }
  const mark = text[at] ?? "";
  if (mark === "*") tokens.push({ kind: "command", text: "times" });
  else tokens.push({ kind: "mark", text: mark });
  return at + 1;
}

function readCommand(text: string, at: number, tokens: Token[], depth: number): number {
  wordAt.lastIndex = at + 1;
  const name = wordAt.exec(text)?.[0];
  if (name === undefined) return readEscaped(text, at, tokens);
  const end = at + 1 + name.length;
  if (looks.has(name)) return afterInvisible(text, end);
  if (textual.has(name)) return readText(text, end, tokens, depth, name);
  if (name === "boxed" || name === "fbox") return end;
  const command = synonyms[name] ?? name;
  if (known.has(command)) {
    if (command === "circ") pushDegree(tokens);
    else tokens.push({ kind: "command", text: command });
    return end;
  }
  if (command !== name) {
    tokens.push({ kind: "mark", text: command });
    return end;
  }
  for (let length = name.length - 1; length > 1; length--)
    if (known.has(synonyms[name.slice(0, length)] ?? name.slice(0, length)))
      return readCommand(`\\${name.slice(0, length)} `, 0, tokens, depth) && at + 1 + length;
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

function readEscaped(text: string, at: number, tokens: Token[]): number {
  const escaped = text[at + 1] ?? "";
  if (escaped === "{") tokens.push({ kind: "mark", text: "{set" });
  else if (escaped === "}") tokens.push({ kind: "mark", text: "}set" });
  else if (escaped === "%") tokens.push({ kind: "mark", text: "%" });
  else if (escaped === "\\") tokens.push({ kind: "mark", text: "\\\\" });
  else if (escaped === "|") tokens.push({ kind: "mark", text: "|" });
  else if (!/[\s,;:!$()[\]]/.test(escaped) && escaped !== "")
    throw new Unreadable(`the command \\${escaped}`);
  return at + 2;
}

/** The argument of a text command: words as text, anything else as mathematics. */
function readText(
  text: string,
  at: number,
  tokens: Token[],
  depth: number,
  command: string,
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
  const lower = words.toLowerCase().replace(/[.,]/g, "").trim();
  const measured = followsMeasure(tokens) && !(command === "mathrm" && /^[ei]$/.test(words));
  if (listWords.has(lower)) tokens.push({ kind: "mark", text: "," });
  else if (percentWords.has(lower)) tokens.push({ kind: "mark", text: "%" });
  else if (lower.startsWith("degree")) pushDegree(tokens);
  else if (/^[A-Za-z .,'/-]*$/.test(words) && (words.length > 1 || measured))
    tokens.push({ kind: "text", text: words });
  else cut(inner, tokens, depth + 1);
  return end + 1;
}

/** Whether a number comes before, or a unit and a slash: then a single letter is a unit, too. */
function followsMeasure(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.kind === "number" || (isMark(last, "/") && tokens.at(-2)?.kind === "text");
}
