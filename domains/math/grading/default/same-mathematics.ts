import {
  assignedValue,
  bothSigns,
  type Expression,
  hasEitherSign,
  operand,
  wordOf,
} from "./expression.ts";
import { Budget } from "./limits.ts";
import { intervalOf, sameInterval, sameRelation, solutionOf } from "./relations.ts";
import { sameValue } from "./values.ts";

/**
 * Whether two parsed answers are the same, by the rules of the README.
 *
 * @throws {TooHard} past the limits.
 * @throws {Unreadable} where one has no value (1/0) or is no answer (a set plus a number).
 */
export function sameMathematics(reference: Expression, answer: Expression): boolean {
  return same(reference, answer, new Budget());
}

function same(a: Expression, b: Expression, budget: Budget): boolean {
  budget.spend(5);
  if (a.kind === "relation" || b.kind === "relation") return sameRelated(a, b, budget);
  const [listA, listB] = [membersOf(a), membersOf(b)];
  if (listA !== undefined && listB !== undefined) {
    const sets = a.kind === "set" || b.kind === "set";
    const of = (list: readonly Expression[]) => (sets ? distinct(list, budget) : list);
    return unordered(of(listA), of(listB), budget);
  }
  if (listA !== undefined) return isOnly(a, listA, b, budget);
  if (listB !== undefined) return isOnly(b, listB, a, budget);
  if (a.kind === "tuple" || b.kind === "tuple") return sameTuple(a, b, budget);
  if (a.kind === "union" && b.kind === "union") return unordered(a.parts, b.parts, budget);
  if (a.kind === "matrix" && b.kind === "matrix") return ordered(a.parts, b.parts, budget);
  if ([a.kind, b.kind].some((kind) => kind === "union" || kind === "matrix")) return false;
  if (a.kind === "text" || b.kind === "text") return sameWords(a, b);
  return sameNumber(a, b, budget);
}

function sameRelated(a: Expression, b: Expression, budget: Budget): boolean {
  if (a.kind === "relation" && b.kind === "relation") {
    const [x, y] = [assignedValue(a), assignedValue(b)];
    const alike = x !== undefined && y !== undefined && a.relations[0] === b.relations[0];
    if (alike && same(operand(a), operand(b), budget)) return same(x, y, budget);
    // One says that `x` is in a set, the other gives its bounds.
    if (a.relations[0] === "in") return isSolution(b, x, budget);
    if (b.relations[0] === "in") return isSolution(a, y, budget);
    return sameRelation(a, b, budget);
  }
  const [relation, other] = a.kind === "relation" ? [a, b] : [b, a];
  const value = assignedValue(relation);
  if (value !== undefined) return same(value, other, budget);
  return isSolution(relation, other, budget);
}

/** Whether inequalities in one symbol say that it is in an interval. */
function isSolution(bounds: Expression, set: Expression | undefined, budget: Budget): boolean {
  const interval = set === undefined ? undefined : intervalOf(set, budget);
  const solution = solutionOf(bounds, budget);
  return (
    interval !== undefined && solution !== undefined && sameInterval(interval, solution, budget)
  );
}

/** The members of a list or set, each `\pm` as two; undefined for anything else. */
function membersOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === "list" || expression.kind === "set")
    return expression.parts.flatMap((item) => (hasEitherSign(item) ? bothSigns(item) : [item]));
  return hasEitherSign(expression) && expression.kind !== "tuple" && expression.kind !== "union"
    ? bothSigns(expression)
    : undefined;
}

/** Whether a list of members is the same as what is no list. */
function isOnly(
  list: Expression,
  members: readonly Expression[],
  other: Expression,
  budget: Budget,
): boolean {
  // A list without brackets may be a tuple whose brackets were left out; a set may not.
  if (other.kind === "tuple")
    return list.kind === "list" && other.open !== "<" && ordered(members, other.parts, budget);
  const [only, more] = members;
  return only !== undefined && more === undefined && same(only, other, budget);
}

function sameTuple(a: Expression, b: Expression, budget: Budget): boolean {
  if (a.kind !== "tuple" || b.kind !== "tuple") return false;
  if ((a.open === "<") !== (b.open === "<")) return false;
  if (a.open !== b.open || a.close !== b.close) {
    const [x, y] = [intervalOf(a, budget), intervalOf(b, budget)];
    if (x !== undefined || y !== undefined) return false;
  }
  return ordered(a.parts, b.parts, budget);
}

function sameWords(a: Expression, b: Expression): boolean {
  const [x, y] = [wordOf(a), wordOf(b)];
  return x !== undefined && x === y;
}

/** A reference in percent is met by the number of percent, too; other than that percent is a hundredth. */
function sameNumber(a: Expression, b: Expression, budget: Budget): boolean {
  if (a.kind === "labelled" && b.kind === "labelled" && a.base !== b.base) return false;
  if (a.kind === "labelled" || b.kind === "labelled") {
    const bare = (it: Expression) => (it.kind === "labelled" ? operand(it) : it);
    return sameValue(bare(a), bare(b), budget);
  }
  if (sameValue(a, b, budget)) return true;
  return a.kind === "percent" && b.kind !== "percent" && sameValue(operand(a), b, budget);
}

function ordered(a: readonly Expression[], b: readonly Expression[], budget: Budget): boolean {
  const isSame = (item: Expression, index: number) => {
    const other = b[index];
    return other !== undefined && same(item, other, budget);
  };
  return a.length === b.length && a.every(isSame);
}

/** Whether each member has a partner of its own on the other side. */
function unordered(a: readonly Expression[], b: readonly Expression[], budget: Budget): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    const at = left.findIndex((other) => same(item, other, budget));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function distinct(items: readonly Expression[], budget: Budget): readonly Expression[] {
  return items.filter(
    (item, index) => !items.slice(0, index).some((earlier) => same(earlier, item, budget)),
  );
}
