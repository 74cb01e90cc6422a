import { Fraction } from "fraction.js";

/** Ways to compare two sides. */
export type Relation = "=" | "<" | "le" | ">" | "ge" | "ne" | "in";

/** An answer, as it is written: a tree whose inner nodes have their operands in `parts`. */
export type Expression = Leaf | Compound;

type Leaf =
  | { readonly kind: "number"; readonly value: Fraction; readonly decimal: boolean }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "constant"; readonly name: "pi" | "e" | "infinity" }
  | { readonly kind: "text"; readonly words: string };

type Operation =
  | "sum"
  | "product"
  | "negative"
  /** The first part over the second. */
  | "quotient"
  /** Base, exponent. */
  | "power"
  /** Radicand, index. */
  | "root"
  | "percent"
  | "degrees"
  | "factorial"
  | "set"
  /** Members that are only separated by commas, `and` or `or`. */
  | "list"
  | "union"
  /** Rows, each a list. */
  | "matrix";

export type Compound = { readonly parts: readonly Expression[] } & (
  | { readonly kind: Operation }
  /** A number with the base it is written in, such as `204_5`. */
  | { readonly kind: "labelled"; readonly base: string }
  /** Both signs; `flipped` is `\mp`, which has the other one at the same time. */
  | { readonly kind: "either-sign"; readonly flipped: boolean }
  | { readonly kind: "call"; readonly name: string }
  /** In brackets, at least two members; ordered. Two may also be the ends of an interval. */
  | { readonly kind: "tuple"; readonly open: string; readonly close: string }
  /** Sides, and one relation fewer than sides. */
  | { readonly kind: "relation"; readonly relations: readonly Relation[] }
);

/** A node without anything but its operands. */
export function node(kind: Operation, ...parts: readonly Expression[]): Compound {
  return { kind, parts };
}

/** A whole number. */
export function whole(value: number): Expression {
  return { kind: "number", value: new Fraction(value), decimal: false };
}

/** An operand that the parser has put there. */
export function operand(of: Compound, at = 0): Expression {
  const part = of.parts[at];
  if (part === undefined) throw new Error(`a ${of.kind} without part ${at}`);
  return part;
}

/** Whether any part of an expression, or itself, is as asked. Depth is bounded by the parser. */
export function contains(expression: Expression, wanted: (part: Expression) => boolean): boolean {
  return (
    wanted(expression) ||
    ("parts" in expression && expression.parts.some((part) => contains(part, wanted)))
  );
}

/** The same expression with its operands changed. */
export function withParts(
  expression: Expression,
  change: (part: Expression) => Expression,
): Expression {
  return "parts" in expression
    ? { ...expression, parts: expression.parts.map(change) }
    : expression;
}

/** The names of the symbols in an expression. */
export function symbolsIn(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  contains(expression, (part) => {
    if (part.kind === "symbol") names.add(part.name);
    return false;
  });
  return names;
}

/** Whether an expression has `\pm` or `\mp` in it. */
export function hasEitherSign(expression: Expression): boolean {
  return contains(expression, ({ kind }) => kind === "either-sign");
}

/** The two values of an expression with `\pm`: all upper signs, and all lower ones. */
export function bothSigns(expression: Expression): readonly [Expression, Expression] {
  return [withSign(expression, false), withSign(expression, true)];
}

function withSign(expression: Expression, lower: boolean): Expression {
  const inside = withParts(expression, (part) => withSign(part, lower));
  if (inside.kind !== "either-sign") return inside;
  return inside.flipped === lower ? operand(inside) : node("negative", operand(inside));
}

/** The letters of a word that was read as a product of symbols, or the words of a text; undefined for anything else. */
export function wordOf(expression: Expression): string | undefined {
  if (expression.kind === "text") return expression.words.toLowerCase();
  if (expression.kind === "symbol") return expression.name.toLowerCase();
  if (expression.kind === "constant") return expression.name === "e" ? "e" : undefined;
  if (expression.kind !== "product") return undefined;
  const letters = expression.parts.map(wordOf);
  return letters.includes(undefined) ? undefined : letters.join("");
}

/**
 * What a chain such as `x = 5`, `AB = 14/3`, `f(x) = 2x` or `1 + 1 = 2` says is the value, or undefined.
 *
 * The first side has to be a name or a number; of `x + y = 5` neither side is the value.
 */
export function assignedValue(expression: Expression): Expression | undefined {
  if (expression.kind !== "relation") return undefined;
  const { parts, relations } = expression;
  const first = operand(expression);
  if (relations.length === 1 && relations[0] === "in")
    return isName(first) ? parts.at(-1) : undefined;
  const isChain = relations.every((it) => it === "=") && (isName(first) || isConstant(first));
  return isChain ? parts.at(-1) : undefined;
}

/** A symbol with at most a plain subscript, letters side by side, a function of something, words, or a tuple of names. */
function isName(expression: Expression): boolean {
  switch (expression.kind) {
    case "symbol":
      return !expression.name.includes("{");
    case "constant":
      return expression.name === "e";
    case "product":
    case "tuple":
      return expression.parts.every(isName);
    case "call":
      return /^[a-zA-Z]$/.test(expression.name);
    default:
      return expression.kind === "text";
  }
}

const notConstant = "symbol text tuple set list union relation matrix call".split(" ");

function isConstant(expression: Expression): boolean {
  return !contains(expression, ({ kind }) => notConstant.includes(kind));
}
