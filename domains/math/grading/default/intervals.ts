import type { Expression, Relation } from "./expression.ts";
import {
  addFractions,
  divideFractions,
  type Fraction,
  multiplyFractions,
  whole,
} from "./fraction.ts";
import { Unreadable } from "./limits.ts";
import type { NormalForms } from "./normal-form.ts";
import { constant, type Polynomial, type Term } from "./polynomial.ts";
import { negated, one } from "./rational.ts";
import { compareConstants, hasSymbols, sameFraction } from "./values.ts";

/** An end of an interval; infinite ones have no value. */
interface End {
  readonly at: Fraction | undefined;
  readonly closed: boolean;
}

/** Real numbers between two ends, and the symbol they are values of where that is said. */
export interface Interval {
  readonly low: End;
  readonly high: End;
  readonly of?: string;
}

const minusOne = whole(constant(negated(one)));

/**
 * Two members in brackets as an interval: with two kinds of brackets always, otherwise where the first end
 * is known to be the smaller one.
 */
export function intervalOf(expression: Expression, forms: NormalForms): Interval | undefined {
  if (expression.kind !== "tuple" || expression.items.length !== 2) return undefined;
  const [first, second] = expression.items;
  if (first === undefined || second === undefined || expression.open === "<") return undefined;
  const low = { at: endOf(first, "low", forms), closed: expression.open === "[" };
  const high = { at: endOf(second, "high", forms), closed: expression.close === "]" };
  if (low.at === "other-infinity" || high.at === "other-infinity") return undefined;
  const mixed = (expression.open === "[") !== (expression.close === "]");
  const ordered =
    low.at === undefined || high.at === undefined || compareConstants(low.at, high.at, forms) < 0;
  if (!mixed && !ordered) return undefined;
  return { low: { ...low, at: low.at }, high: { ...high, at: high.at } };
}

function endOf(
  expression: Expression,
  side: "low" | "high",
  forms: NormalForms,
): Fraction | undefined | "other-infinity" {
  const minus = expression.kind === "negative";
  const inner = minus ? expression.of : expression;
  if (inner.kind !== "constant" || inner.name !== "infinity") return forms.of(expression);
  return minus === (side === "low") ? undefined : "other-infinity";
}

/** Whether two intervals are of the same symbol, if both name one, and have the same ends. */
export function sameInterval(a: Interval, b: Interval, forms: NormalForms): boolean {
  if (a.of !== undefined && b.of !== undefined && a.of !== b.of) return false;
  return sameEnd(a.low, b.low, forms) && sameEnd(a.high, b.high, forms);
}

function sameEnd(a: End, b: End, forms: NormalForms): boolean {
  if (a.at === undefined || b.at === undefined) return a.at === b.at && a.closed === b.closed;
  return a.closed === b.closed && sameFraction(a.at, b.at, forms);
}

/** The interval that a chain of inequalities in one symbol says, such as `-2 <= x < 7`; undefined for other relations. */
export function solutionOf(expression: Expression, forms: NormalForms): Interval | undefined {
  if (expression.kind !== "relation") return undefined;
  const { sides, relations } = expression;
  let result: Interval | undefined;
  for (const [index, relation] of relations.entries()) {
    const [left, right] = [sides[index], sides[index + 1]];
    if (left === undefined || right === undefined) return undefined;
    const step = halfLine(left, relation, right, forms);
    if (step === undefined) return undefined;
    result = result === undefined ? step : both(result, step);
    if (result === undefined) return undefined;
  }
  return result;
}

function halfLine(
  left: Expression,
  relation: Relation,
  right: Expression,
  forms: NormalForms,
): Interval | undefined {
  if (!["<", "le", ">", "ge"].includes(relation)) return undefined;
  const [l, r] = [forms.of(left), forms.of(right)];
  const difference = addFractions(l, multiplyFractions(minusOne, r, forms.budget), forms.budget);
  const linear = linearIn(difference, forms);
  if (linear === undefined) return undefined;
  const closed = relation === "le" || relation === "ge";
  // c * x + rest < 0 bounds x from above where c is positive.
  const at = divideFractions(
    multiplyFractions(minusOne, whole(linear.rest), forms.budget),
    whole(constant(linear.term.coefficient)),
    forms.budget,
  );
  const less = relation === "<" || relation === "le";
  const above = less === linear.term.coefficient.num > 0n;
  const open = { at: undefined, closed: false };
  return above
    ? { of: linear.symbol, low: open, high: { at, closed } }
    : { of: linear.symbol, low: { at, closed }, high: open };
}

/** The one term with a symbol, of the first degree, and the rest without any. */
function linearIn(
  difference: Fraction,
  forms: NormalForms,
): { symbol: string; term: Term; rest: Polynomial } | undefined {
  if (hasSymbols(difference.below, forms)) return undefined;
  const rest = new Map(difference.above);
  let found: { symbol: string; term: Term } | undefined;
  for (const [key, term] of difference.above) {
    const [first, ...others] = term.powers;
    if (first === undefined) continue;
    const meaning = forms.atoms.meaning(first[0]);
    if (meaning.kind !== "symbol") continue;
    if (found !== undefined || others.length > 0 || first[1] !== 1) return undefined;
    found = { symbol: meaning.name, term };
    rest.delete(key);
  }
  if (found === undefined || hasSymbols(rest, forms)) return undefined;
  return { ...found, rest };
}

/** Both a half-line from below and one from above, of the same symbol. */
function both(a: Interval, b: Interval): Interval | undefined {
  if (a.of !== b.of) return undefined;
  const low = a.low.at === undefined ? b.low : a.low;
  const high = a.high.at === undefined ? b.high : a.high;
  if ((a.low.at && b.low.at) || (a.high.at && b.high.at))
    throw new Unreadable("two bounds on one side");
  return { ...(a.of === undefined ? {} : { of: a.of }), low, high };
}
