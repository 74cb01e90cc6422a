import { contains, type Expression } from "./expression.ts";

/** Whether an expression has `\pm` or `\mp` in it. */
export function hasEitherSign(expression: Expression): boolean {
  return contains(expression, ({ kind }) => kind === "either-sign");
}

/** The two values of an expression with `\pm`: all upper signs, and all lower ones. */
export function bothSigns(expression: Expression): readonly [Expression, Expression] {
  return [withSign(expression, false), withSign(expression, true)];
}

function withSign(expression: Expression, lower: boolean): Expression {
  const inside = (part: Expression) => withSign(part, lower);
  switch (expression.kind) {
    case "either-sign": {
      const of = inside(expression.of);
      return expression.flipped === lower ? of : { kind: "negative", of };
    }
    case "labelled":
    case "negative":
    case "percent":
    case "degrees":
    case "factorial":
      return { ...expression, of: inside(expression.of) };
    case "sum":
    case "product":
      return { ...expression, parts: expression.parts.map(inside) };
    case "quotient":
      return { ...expression, above: inside(expression.above), below: inside(expression.below) };
    case "power":
      return {
        ...expression,
        base: inside(expression.base),
        exponent: inside(expression.exponent),
      };
    case "root":
      return { ...expression, of: inside(expression.of), index: inside(expression.index) };
    case "call":
      return { ...expression, args: expression.args.map(inside) };
    case "matrix":
      return { ...expression, rows: expression.rows.map((row) => row.map(inside)) };
    case "tuple":
    case "set":
    case "list":
    case "union":
      return { ...expression, items: expression.items.map(inside) };
    case "relation":
      return { ...expression, sides: expression.sides.map(inside) };
    default:
      return expression;
  }
}

/** The letters of a word that was read as a product of symbols, or the words of a text; undefined for anything else. */
export function wordOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "text":
      return expression.words.toLowerCase();
    case "symbol":
      return expression.name.toLowerCase();
    case "constant":
      return expression.name === "e" ? "e" : undefined;
    case "product": {
      const letters = expression.parts.map(wordOf);
      return letters.includes(undefined) ? undefined : letters.join("");
    }
    default:
      return undefined;
  }
}

/**
 * What a chain such as `x = 5`, `AB = 14/3`, `f(x) = 2x` or `1 + 1 = 2` says is the value, or undefined.
 *
 * The first side has to be a name or a number; of `x + y = 5` neither side is the value.
 */
export function assignedValue(expression: Expression): Expression | undefined {
  if (expression.kind !== "relation") return undefined;
  const [first] = expression.sides;
  const last = expression.sides.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (expression.relations.length === 1 && expression.relations[0] === "in")
    return isName(first) ? last : undefined;
  return expression.relations.every((it) => it === "=") && (isName(first) || isConstant(first))
    ? last
    : undefined;
}

/** A symbol with at most a plain subscript, letters side by side, a function of something, words, or a tuple of names. */
function isName(expression: Expression): boolean {
  switch (expression.kind) {
    case "symbol":
      return !expression.name.includes("{");
    case "constant":
      return expression.name === "e";
    case "product":
      return expression.parts.every(isName);
    case "call":
      return /^[a-zA-Z]$/.test(expression.name);
    case "tuple":
      return expression.items.every(isName);
    case "text":
      return true;
    default:
      return false;
  }
}

function isConstant(expression: Expression): boolean {
  return !contains(expression, ({ kind }) =>
    ["symbol", "text", "tuple", "set", "list", "union", "relation", "matrix", "call"].includes(
      kind,
    ),
  );
}
