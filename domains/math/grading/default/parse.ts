import { Cursor, type Grammar } from "./cursor.ts";
import type { Expression, Relation } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";
import { readProduct } from "./parse-product.ts";
import { signed, takeSigns } from "./signs.ts";
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
  return items.length === 1 ? only : { kind: "list", items };
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

const relations: readonly (readonly [string, Relation])[] = [
  ["=", "="],
  ["<", "<"],
  [">", ">"],
  ["le", "le"],
  ["ge", "ge"],
  ["ne", "ne"],
  ["in", "in"],
  ["approx", "approx"],
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
    const relation = relations.find(([mark]) => cursor.takes(mark))?.[1];
    if (relation === undefined) break;
    const side = readUnion(cursor);
    // What follows an exact answer as its rounding says nothing more.
    if (relation === "approx") continue;
    found.push(relation);
    sides.push(side);
    if (sides.length > limits.items) throw new TooHard("the chain of relations is too long");
  }
  return found.length === 0 ? first : { kind: "relation", sides, relations: found };
}

function isPlainNumber(expression: Expression): boolean {
  return (
    expression.kind === "number" || (expression.kind === "negative" && isPlainNumber(expression.of))
  );
}

function readUnion(cursor: Cursor): Expression {
  const items = [readSum(cursor)];
  while (cursor.takes("cup")) items.push(readSum(cursor));
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: "union", items };
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
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "sum", parts };
}
