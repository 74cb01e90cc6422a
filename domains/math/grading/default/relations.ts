import { doubles } from "./approximate.ts";
import { evaluate } from "./evaluate.ts";
import { ExactArithmetic, isZero, sameExact } from "./exact.ts";
import {
  type Compound,
  contains,
  type Expression,
  node,
  operand,
  type Relation,
  symbolsIn,
  whole,
  withParts,
} from "./expression.ts";
import { type Budget, Unreadable } from "./limits.ts";
import { compareConstants, isConstant, sameValue } from "./values.ts";

type Related = Compound & { readonly kind: "relation" };

/** An end of an interval; infinite ones have no value. */
interface End {
  readonly at: Expression | undefined;
  readonly closed: boolean;
}

/** Real numbers between two ends, and the symbol they are values of where that is said. */
export interface RealInterval {
  readonly low: End;
  readonly high: End;
  readonly of?: string;
}

/** Whether two relations say the same: one equation times a number, or inequalities with one solution. */
export function sameRelation(a: Related, b: Related, budget: Budget): boolean {
  const [first, second] = [solutionOf(a, budget), solutionOf(b, budget)];
  if (first !== undefined && second !== undefined) return sameInterval(first, second, budget);
  const [p, q] = [zeroForm(a), zeroForm(b)];
  if (p === undefined || q === undefined || p.relation !== q.relation) return false;
  if (!areProportional(p.of, q.of, budget)) return false;
  if (p.relation === "=" || p.relation === "ne") return true;
  return evaluate(p.of, doubles(0), budget) > 0 === evaluate(q.of, doubles(0), budget) > 0;
}

/** What a single relation compares with zero, without denominators; `>` is turned to `<`. */
function zeroForm({
  parts,
  relations: [relation],
}: Related): { of: Expression; relation: Relation } | undefined {
  const [left, right, third] = parts;
  if (left === undefined || right === undefined || third !== undefined) return undefined;
  if (relation === undefined || relation === "in") return undefined;
  const difference = node("sum", left, node("negative", right));
  const denominators = denominatorsIn(difference);
  if (relation === "=" || relation === "ne")
    return { of: node("product", difference, ...denominators), relation };
  // Multiplying an inequality by a symbol may turn it round.
  if (denominators.length > 0) return undefined;
  if (relation === ">") return { of: node("negative", difference), relation: "<" };
  if (relation === "ge") return { of: node("negative", difference), relation: "le" };
  return { of: difference, relation };
}

function denominatorsIn(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  contains(expression, (part) => {
    if (part.kind === "quotient" && !isConstant(operand(part, 1))) found.push(operand(part, 1));
    return false;
  });
  return found;
}

/** Whether one formula is a number times the other, whatever the symbols are. */
function areProportional(a: Expression, b: Expression, budget: Budget): boolean {
  // a / b is the same for all values of the symbols; each round has a name of its own for every symbol.
  const numbers = new ExactArithmetic(0, budget);
  const [first, second] = ["first", "second"].map((round) => {
    const [x, y] = [a, b].map((side) => evaluate(renamed(side, round), numbers, budget));
    return x === undefined || y === undefined || isZero(x) || isZero(y)
      ? undefined
      : numbers.divide(x, y);
  });
  return first !== undefined && second !== undefined && sameExact(first, second, 0);
}

function renamed(expression: Expression, round: string): Expression {
  return expression.kind === "symbol"
    ? { kind: "symbol", name: `${round} ${expression.name}` }
    : withParts(expression, (part) => renamed(part, round));
}

/**
 * Two members in brackets as an interval: with two kinds of brackets always, otherwise where the first end
 * is known to be the smaller one.
 */
export function intervalOf(expression: Expression, budget: Budget): RealInterval | undefined {
  if (expression.kind !== "tuple" || expression.open === "<") return undefined;
  const [first, second, third] = expression.parts;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const [low, high] = [infinityIn(first), infinityIn(second)];
  if (low === "+" || high === "-") return undefined;
  const mixed = (expression.open === "[") !== (expression.close === "]");
  const isOpen = low === "-" || high === "+";
  // An end without a value is found here.
  const numbers = new ExactArithmetic(0, budget);
  if (low === undefined) evaluate(first, numbers, budget);
  if (high === undefined) evaluate(second, numbers, budget);
  if (!mixed && !isOpen && !(compareConstants(first, second, budget) < 0)) return undefined;
  return {
    low: { at: low === "-" ? undefined : first, closed: expression.open === "[" },
    high: { at: high === "+" ? undefined : second, closed: expression.close === "]" },
  };
}

function infinityIn(expression: Expression): "+" | "-" | undefined {
  const isNegative = expression.kind === "negative";
  const inner = isNegative ? operand(expression) : expression;
  if (inner.kind !== "constant" || inner.name !== "infinity") return undefined;
  return isNegative ? "-" : "+";
}

/** Whether two intervals are of the same symbol, if both name one, and have the same ends. */
export function sameInterval(a: RealInterval, b: RealInterval, budget: Budget): boolean {
  if (a.of !== undefined && b.of !== undefined && a.of !== b.of) return false;
  return sameEnd(a.low, b.low, budget) && sameEnd(a.high, b.high, budget);
}

function sameEnd(a: End, b: End, budget: Budget): boolean {
  if (a.closed !== b.closed) return false;
  if (a.at === undefined || b.at === undefined) return a.at === b.at;
  return sameValue(a.at, b.at, budget);
}

/** The interval that a chain of inequalities in one symbol says, such as `-2 <= x < 7`; undefined for other relations. */
export function solutionOf(expression: Expression, budget: Budget): RealInterval | undefined {
  if (expression.kind !== "relation") return undefined;
  let result: RealInterval | undefined;
  for (const [index, relation] of expression.relations.entries()) {
    const [left, right] = [operand(expression, index), operand(expression, index + 1)];
    const step = halfLine(left, relation, right, budget);
    result = step === undefined || result === undefined ? step : both(result, step);
    if (result === undefined) return undefined;
  }
  return result;
}

function halfLine(
  left: Expression,
  relation: Relation,
  right: Expression,
  budget: Budget,
): RealInterval | undefined {
  if (!["<", "le", ">", "ge"].includes(relation)) return undefined;
  const difference = node("sum", left, node("negative", right));
  const [symbol, other] = symbolsIn(difference);
  if (symbol === undefined || other !== undefined || denominatorsIn(difference).length > 0)
    return undefined;
  const [rest, next, after] = [0, 1, 2].map((value) => withValue(difference, symbol, whole(value)));
  if (rest === undefined || next === undefined || after === undefined) return undefined;
  const slope = node("sum", next, node("negative", rest));
  if (!sameValue(slope, node("sum", after, node("negative", next)), budget)) return undefined;
  const sign = compareConstants(slope, whole(0), budget);
  if (sign === 0 || Number.isNaN(sign)) return undefined;
  const at = node("quotient", node("negative", rest), slope);
  const end = { at, closed: relation === "le" || relation === "ge" };
  const open = { at: undefined, closed: false };
  // c * x + rest < 0 bounds x from above where c is positive.
  const above = (relation === "<" || relation === "le") === sign > 0;
  return above ? { of: symbol, low: open, high: end } : { of: symbol, low: end, high: open };
}

function withValue(expression: Expression, symbol: string, value: Expression): Expression {
  if (expression.kind === "symbol" && expression.name === symbol) return value;
  return withParts(expression, (part) => withValue(part, symbol, value));
}

/** Both a half-line from below and one from above, of the same symbol. */
function both(a: RealInterval, b: RealInterval): RealInterval | undefined {
  if (a.of !== b.of) return undefined;
  if ((a.low.at && b.low.at) || (a.high.at && b.high.at))
    throw new Unreadable("two bounds on one side");
  return { ...a, low: a.low.at ? a.low : b.low, high: a.high.at ? a.high : b.high };
}
