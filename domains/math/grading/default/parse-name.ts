import { Fraction } from "fraction.js";
import type { Cursor } from "./cursor.ts";
import { type Expression, node } from "./expression.ts";
import { Unreadable } from "./limits.ts";
import { ofDecimal, withinDigits } from "./rational.ts";

/** Letters that are functions where brackets follow: `f(x)` is no product. */
const functionLetters = new Set(["f", "g", "h", "F", "G", "H"]);

/** A number whose token was read, with the digits that repeat. */
export function readNumber(cursor: Cursor, text: string): Expression {
  const decimal = text.includes(".");
  const value = ofDecimal(text);
  if (!decimal || !cursor.sees("overline") || !cursor.sees("{", 1))
    return { kind: "number", value, decimal };
  const digits = cursor.peek(2);
  if (digits?.kind !== "number" || !/^\d+$/.test(digits.text) || !cursor.sees("}", 3))
    throw new Unreadable("what the line is over");
  for (let count = 0; count < 4; count++) cursor.skip();
  // 0.1 with 6 repeating is 1/10 + 6/(9 * 10).
  const before = 10n ** BigInt((text.split(".")[1] ?? "").length);
  const nines = (10n ** BigInt(digits.text.length) - 1n) * before;
  const repeating = new Fraction(BigInt(digits.text), nines);
  return { kind: "number", value: withinDigits(value.add(repeating)), decimal: false };
}

/** A symbol, a constant or the value of an unknown function, whose letter was read. */
export function readLetter(cursor: Cursor, letter: string): Expression {
  if (functionLetters.has(letter) && cursor.sees("(")) {
    cursor.skip();
    const parts = cursor.grammar.readItems(cursor);
    cursor.expect(")");
    return { kind: "call", name: letter, parts };
  }
  if (cursor.takes("_")) return { kind: "symbol", name: `${letter}_${subscript(cursor)}` };
  return letter === "e" ? { kind: "constant", name: "e" } : { kind: "symbol", name: letter };
}

/** A subscript as text: a letter, digits, or a group of them; anything else is kept in braces. */
export function subscript(cursor: Cursor): string {
  const token = cursor.peek();
  cursor.skip();
  if (token === undefined) throw new Unreadable("a subscript is missing");
  if (token.kind !== "mark" || token.text !== "{") return token.text;
  let text = "";
  for (let level = 1; ; ) {
    const inner = cursor.peek();
    if (inner === undefined) throw new Unreadable("a subscript is not closed");
    cursor.skip();
    if (inner.kind === "mark" && inner.text === "{") level++;
    else if (inner.kind === "mark" && inner.text === "}" && --level === 0) return text;
    text += inner.kind === "number" || inner.kind === "letter" ? inner.text : `{${inner.text}}`;
  }
}

/** The real numbers are an interval; other sets of numbers are names. */
export function readNumberSet(cursor: Cursor): Expression {
  const braced = cursor.takes("{");
  const letter = cursor.peek();
  cursor.skip();
  if (braced) cursor.expect("}");
  if (letter?.kind !== "letter") throw new Unreadable("a set of numbers");
  if (letter.text !== "R") return { kind: "symbol", name: `mathbb ${letter.text}` };
  const infinity: Expression = { kind: "constant", name: "infinity" };
  return { kind: "tuple", open: "(", close: ")", parts: [node("negative", infinity), infinity] };
}
