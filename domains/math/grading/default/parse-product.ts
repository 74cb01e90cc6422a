import type { Cursor } from "./cursor.ts";
import type { Expression } from "./expression.ts";
import { limits, TooHard, Unreadable } from "./limits.ts";
import { readFactor, startsFactor } from "./parse-factor.ts";
import { isInteger } from "./rational.ts";
import { signed, takeSigns } from "./signs.ts";

/** Factors with `\times`, `/` or nothing between them; what stands side by side binds tighter than `/`. */
export function readProduct(cursor: Cursor): Expression {
  return cursor.inside(() => {
    let result = readSideBySide(cursor);
    for (let count = 0; ; count++) {
      if (count > limits.terms) throw new TooHard("a product has too many factors");
      if (cursor.takes("times")) result = product([result, readSigned(cursor)]);
      else if (cursor.takes("/") || cursor.takes(":"))
        result = { kind: "quotient", above: result, below: readSigned(cursor) };
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
      factors[factors.length - 1] = { kind: "sum", parts: [previous, factor] };
    else factors.push(factor);
  }
  if (factors.length > 0) return product(factors);
  if (words.length > 0) return { kind: "text", words: words.join(" ") };
  throw new Unreadable(
    cursor.atEnd ? "something is missing at the end" : `${cursor.peek()?.text ?? ""} in this place`,
  );
}

function product(parts: readonly Expression[]): Expression {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "product", parts };
}

function isWhole(expression: Expression): boolean {
  return expression.kind === "number" && !expression.decimal && isInteger(expression.value);
}

function isWholeFraction(expression: Expression): boolean {
  return expression.kind === "quotient" && isWhole(expression.above) && isWhole(expression.below);
}
