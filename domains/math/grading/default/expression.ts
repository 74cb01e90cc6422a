import type { Rational } from "./rational.ts";

/** Ways to compare two sides. */
export type Relation = "=" | "<" | "le" | ">" | "ge" | "ne" | "in" | "approx";

/** An answer, as it is written. */
export type Expression =
  | { readonly kind: "number"; readonly value: Rational; readonly decimal: boolean }
  /** A number with the base it is written in, such as `204_5`. */
  | { readonly kind: "labelled"; readonly of: Expression; readonly base: string }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "constant"; readonly name: "pi" | "e" | "infinity" }
  | { readonly kind: "sum" | "product"; readonly parts: readonly Expression[] }
  | { readonly kind: "negative" | "percent" | "degrees" | "factorial"; readonly of: Expression }
  | { readonly kind: "quotient"; readonly above: Expression; readonly below: Expression }
  | { readonly kind: "power"; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: "root"; readonly of: Expression; readonly index: Expression }
  /** Both signs; `flipped` is `\mp`, which has the other one at the same time. */
  | { readonly kind: "either-sign"; readonly of: Expression; readonly flipped: boolean }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly Expression[])[] }
  /** In brackets, at least two members; ordered. Two may also be the ends of an interval. */
  | {
      readonly kind: "tuple";
      readonly open: string;
      readonly close: string;
      readonly items: readonly Expression[];
    }
  | { readonly kind: "set"; readonly items: readonly Expression[] }
  /** Members that are only separated by commas, `and` or `or`. */
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "union"; readonly items: readonly Expression[] }
  | {
      readonly kind: "relation";
      readonly sides: readonly Expression[];
      /** One fewer than sides. */
      readonly relations: readonly Relation[];
    }
  | { readonly kind: "text"; readonly words: string };

/** The expressions directly inside of one. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "symbol":
    case "constant":
    case "text":
      return [];
    case "labelled":
    case "negative":
    case "percent":
    case "degrees":
    case "factorial":
    case "either-sign":
      return [expression.of];
    case "sum":
    case "product":
      return expression.parts;
    case "quotient":
      return [expression.above, expression.below];
    case "power":
      return [expression.base, expression.exponent];
    case "root":
      return [expression.of, expression.index];
    case "call":
      return expression.args;
    case "matrix":
      return expression.rows.flat();
    case "relation":
      return expression.sides;
    case "tuple":
    case "set":
    case "list":
    case "union":
      return expression.items;
  }
}

/** Whether any part of an expression, or itself, is as asked. Depth is bounded by the parser. */
export function contains(expression: Expression, wanted: (part: Expression) => boolean): boolean {
  return wanted(expression) || partsOf(expression).some((part) => contains(part, wanted));
}
