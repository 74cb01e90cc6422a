import { Cursor, type Grammar } from "./cursor.ts";
import { type Expression, node, operand, type Relation } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";
import { readFactor, startsFactor } from "./parse-factor.ts";
import { tokensOf } from "./tokens.ts";
import { commandWords, listWords } from "./words.ts";

/**
 * Parses an answer.
 *
 * @throws {Unreadable} where it is no expression that the rules cover.
 * @throws {TooHard} past the limits.
 */
export function parse(answer: string): Expression {
  if (isPhrase(answer)) return { kind: "text", words: answer.replace(/[\s.]+/g, " ").trim() };
  const cursor = new Cursor(tokensOf(answer), grammar);
  const result = readList(cursor);
  // A closing brace too many is a leftover of the box around the answer.
  while (cursor.takes("}"));
  if (!cursor.atEnd) throw new Unreadable(`${cursor.peek()?.text ?? ""} in this place`);
  return result;
}

/** Several words, none of which stands for a letter, a function or the end of a list's member. */
function isPhrase(answer: string): boolean {
  if (!/^\s*[A-Za-z]{2,}(?:[ -]+[A-Za-z]{2,})+\s*\.?\s*$/.test(answer)) return false;
  const words = answer.toLowerCase().match(/[a-z]+/g) ?? [];
  return !words.some((word) => commandWords.has(word) || listWords.has(word));
}

const grammar: Grammar = { readList, readItems, readSum };

/** Members up to a closing bracket or the end; one member is itself. */
function readList(cursor: Cursor): Expression {
  const items = readItems(cursor);
  const [only] = items;
  if (only === undefined) throw new Unreadable("there is nothing to read");
  return items.length === 1 ? only : node("list", ...items);
}

/** Members between separators; several separators in a row (`, and`) are one. */
function readItems(cursor: Cursor): Expression[] {
  const items: Expression[] = [];
  while (!closes(cursor)) {
    if (cursor.takes(",") || cursor.takes(";")) continue;
    items.push(cursor.inside(() => readRelation(cursor)));
    if (items.length > limits.items)
      throw new TooHard(`the answer has more than ${limits.items} members`);
    if (!closes(cursor) && !cursor.sees(",") && !cursor.sees(";"))
      throw new Unreadable(`${cursor.peek()?.text ?? ""} in this place`);
  }
  return items;
}

function closes(cursor: Cursor): boolean {
  return (
    cursor.atEnd ||
    ["}", ")", "]", "}set", "rangle", "rfloor", "rceil"].some((mark) => cursor.sees(mark))
  );
}

const relations: readonly (Relation | "approx")[] = [
  "=",
  "<",
  ">",
  "le",
  "ge",
  "ne",
  "in",
  "approx",
];

function readRelation(cursor: Cursor): Expression {
  // An approximation is an answer where it stands alone before a plain decimal.
  const approximate = cursor.takes("approx");
  const first = readUnion(cursor);
  if (approximate && !isPlainNumber(first))
    throw new Unreadable("an approximation of something exact");
  const sides = [first];
  const found: Relation[] = [];
  for (;;) {
    const relation = relations.find((mark) => cursor.takes(mark));
    if (relation === undefined) break;
    const side = readUnion(cursor);
    // What follows an exact answer as its rounding says nothing more.
    if (relation === "approx") continue;
    found.push(relation);
    sides.push(side);
    if (sides.length > limits.items) throw new TooHard("the chain of relations is too long");
  }
  return found.length === 0 ? first : { kind: "relation", parts: sides, relations: found };
}

function isPlainNumber(expression: Expression): boolean {
  return (
    expression.kind === "number" ||
    (expression.kind === "negative" && isPlainNumber(operand(expression)))
  );
}

function readUnion(cursor: Cursor): Expression {
  const items = [readSum(cursor)];
  while (cursor.takes("cup")) items.push(readSum(cursor));
  return items.length === 1 && items[0] !== undefined ? items[0] : node("union", ...items);
}

/** Terms with their signs. */
function readSum(cursor: Cursor): Expression {
  const parts: Expression[] = [];
  for (let first = true; ; first = false) {
    const sign = takeSigns(cursor);
    if (sign === "" && !first) break;
    parts.push(signed(readProduct(cursor), sign));
    if (parts.length > limits.terms) throw new TooHard("a sum has too many terms");
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : node("sum", ...parts);
}

/** The sign of a term; nothing is a plus that is not written. */
type Sign = "" | "+" | "-" | "pm" | "mp";

/** The sign before a term, where several are one: `+`, `-`, `pm`, `mp`, or nothing. */
function takeSigns(cursor: Cursor): Sign {
  let sign: Sign = "";
  for (;;) {
    if (cursor.takes("+")) sign = sign === "" ? "+" : sign;
    else if (cursor.takes("-"))
      sign = sign === "-" ? "+" : sign === "pm" ? "mp" : sign === "mp" ? "pm" : "-";
    else if (cursor.takes("pm")) sign = sign === "-" ? "mp" : "pm";
    else if (cursor.takes("mp")) sign = sign === "-" ? "pm" : "mp";
    else return sign;
  }
}

/** A term with its sign. */
function signed(of: Expression, sign: Sign): Expression {
  if (sign === "-") return node("negative", of);
  if (sign === "pm" || sign === "mp")
    return { kind: "either-sign", parts: [of], flipped: sign === "mp" };
  return of;
}

/** Factors with `\times`, `/` or nothing between them; what stands side by side binds tighter than `/`. */
function readProduct(cursor: Cursor): Expression {
  return cursor.inside(() => {
    let result = readSideBySide(cursor);
    for (let count = 0; ; count++) {
      if (count > limits.terms) throw new TooHard("a product has too many factors");
      if (cursor.takes("times")) result = product([result, readSigned(cursor)]);
      else if (cursor.takes("/") || cursor.takes(":"))
        result = node("quotient", result, readSigned(cursor));
      else return result;
    }
  });
}

function readSigned(cursor: Cursor): Expression {
  const sign = takeSigns(cursor);
  return signed(readSideBySide(cursor), sign);
}

/** Factors side by side. Words among them are units, and are dropped with their exponents. */
function readSideBySide(cursor: Cursor): Expression {
  const factors: Expression[] = [];
  const words: string[] = [];
  while (startsFactor(cursor)) {
    if (factors.length + words.length > limits.terms)
      throw new TooHard("a product has too many factors");
    const token = cursor.peek();
    if (token?.kind === "text") {
      words.push(token.text);
      cursor.skip();
      if (cursor.takes("^")) readFactor(cursor);
      // Units of a rate, such as `\text{m}/\text{s}`.
      if (factors.length > 0 && cursor.sees("/") && cursor.peek(1)?.kind === "text") cursor.skip();
      continue;
    }
    if (words.length > 0) throw new Unreadable("words before a value");
    const factor = readFactor(cursor);
    const previous = factors.at(-1);
    // A whole number before a fraction of two whole numbers is a mixed number.
    if (previous !== undefined && isWhole(previous) && isWholeFraction(factor))
      factors[factors.length - 1] = node("sum", previous, factor);
    else factors.push(factor);
  }
  if (factors.length > 0) return product(factors);
  if (words.length > 0) return { kind: "text", words: words.join(" ") };
  throw new Unreadable(
    cursor.atEnd ? "something is missing at the end" : `${cursor.peek()?.text ?? ""} in this place`,
  );
}

function product(parts: readonly Expression[]): Expression {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : node("product", ...parts);
}

function isWhole(expression: Expression): boolean {
  return expression.kind === "number" && !expression.decimal && expression.value.d === 1n;
}

function isWholeFraction(expression: Expression): boolean {
  return expression.kind === "quotient" && expression.parts.every(isWhole);
}
