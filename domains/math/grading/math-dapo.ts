import { isDigits, pythonWhite, strip, tail } from "../../shared/python-text.ts";
import { throughClosingBrace } from "./boxed.ts";
import { byText, type Grader } from "./grader.ts";

/**
 * The reward of DAPO (`math_dapo`): the last `Answer: ...` of the last 300 characters, normalised, is
 * the normalised reference. A box alone is not read.
 */
export const mathDapo: Grader = {
  extract: (response) => lastAnswerLine(tail(response, REWARDED_TAIL)),
  equivalent: (answer, reference) =>
    byText(normalizedFinalAnswer(answer) === normalizedFinalAnswer(reference)),
};

const REWARDED_TAIL = 300;

/** The last `\boxed{`, with its braces; undefined where it is never closed. */
export function lastBracedBox(response: string): string | undefined {
  const start = response.lastIndexOf("\\boxed{");
  return start < 0 ? undefined : throughClosingBrace(response, start);
}

const answerLine = new RegExp(`answer[${pythonWhite}]*:[${pythonWhite}]*([^\\n]+)`, "giu");

/** What follows the last `Answer:` up to the end of its line, or undefined. */
export function lastAnswerLine(response: string): string | undefined {
  let last: string | undefined;
  for (const match of response.matchAll(answerLine)) last = match[1];
  return last;
}

// In this order: a later one sees what an earlier one left.
const replaced: readonly (readonly [string, string])[] = [
  ["an ", ""],
  ["a ", ""],
  [".$", "$"],
  ["\\$", ""],
  ["\\ ", ""],
  [" ", ""],
  ["mbox", "text"],
  [",\\text{and}", ","],
  ["\\text{and}", ","],
  ["\\text{m}", "\\text{}"],
];

// Words and marks that are deleted wherever they stand, in this order.
const words = [
  ...["square", "ways", "integers", "dollars", "mph", "inches", "hours", "km", "units", "\\ldots"],
  ...["sue", "points", "feet", "minutes", "digits", "cents", "degrees", "cm", "gm", "pounds"],
  ...["meters", "meals", "edges", "students", "childrentickets", "multiples"],
];
const marks = [
  ...["\\text{s}", "\\text{.}", "\\text{\ns}", "\\text{}^2", "\\text{}^3", "\\text{\n}"],
  ...["\\text{}", "\\mathrm{th}", "^\\circ", "^{\\circ}", "\\;", ",\\!", "{,}", '"', "\\dots"],
];

const anyWord = new RegExp(words.join("|").replaceAll("\\", "\\\\"));
const anyMark = /[\\"^]|\{,\}/;

/** The normal form of an answer: what follows its last `=`, without words, units and markup. */
export function normalizedFinalAnswer(answer: string): string {
  let text = answer.slice(answer.lastIndexOf("=") + 1);
  for (const [from, to] of replaced) text = text.replaceAll(from, to);
  // A deletion can only bring a word about where another was deleted before.
  if (anyWord.test(text)) text = without(text, words);
  if (anyMark.test(text)) text = without(text, marks);
  if (text.includes("$")) text = eachLine(text, onlyBetweenDollars);
  if (text.includes("\\")) {
    for (const command of ["\\text{", "\\textbf{", "\\overline{"])
      if (text.includes(command)) text = eachLine(text, (line) => unwrapped(line, command));
    if (text.includes("\\boxed{")) text = eachLine(text, unwrappedBox);
  }
  if (text.includes("frac")) text = text.replace(/frac([^{])([^\n])/gu, "frac{$1}{$2}");
  if (text.includes("sqrt")) text = text.replace(/sqrt([^{])/gu, "sqrt{$1}");
  text = text.replaceAll("$", "");
  const bare = text.replaceAll(",", "");
  return strip(isDigits(bare) ? bare : text);
}

function without(text: string, parts: readonly string[]): string {
  return parts.reduce((rest, part) => rest.replaceAll(part, ""), text);
}

function eachLine(text: string, change: (line: string) => string): string {
  return text.includes("\n") ? text.split("\n").map(change).join("\n") : change(text);
}

/** A line with two dollar signs becomes what stands between them, in dollar signs. */
function onlyBetweenDollars(line: string): string {
  const [, inner, ...rest] = line.split("$");
  return inner === undefined || rest.length === 0 ? line : `$${inner}$`;
}

/** Each command with what it holds up to the next closing brace becomes what it holds. */
function unwrapped(line: string, command: string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const start = line.indexOf(command, from);
    const end = start < 0 ? -1 : line.indexOf("}", start + command.length);
    if (end < 0) return result + line.slice(from);
    result += line.slice(from, start) + line.slice(start + command.length, end);
    from = end + 1;
  }
}

/** The first box, taken to reach to the last closing brace of the line, becomes what it holds. */
function unwrappedBox(line: string): string {
  const start = line.indexOf("\\boxed{");
  const inner = start + "\\boxed{".length;
  const end = line.lastIndexOf("}");
  return start < 0 || end < inner
    ? line
    : line.slice(0, start) + line.slice(inner, end) + line.slice(end + 1);
}
