import type { Expression } from "./expression.ts";
import { intervalOf, sameInterval, solutionOf } from "./intervals.ts";
import { NormalForms } from "./normal-form.ts";
import { sameRelation } from "./relations.ts";
import { assignedValue, bothSigns, hasEitherSign, wordOf } from "./shape.ts";
import { sameValue } from "./values.ts";

/**
 * Whether two parsed answers are the same, by the rules of the README.
 *
 * @throws {TooHard} past the limits.
 * @throws {Unreadable} where one has no value (1/0) or is no answer (a set plus a number).
 */
export function sameAnswer(reference: Expression, answer: Expression): boolean {
  return same(reference, answer, new NormalForms());
}

function same(a: Expression, b: Expression, forms: NormalForms): boolean {
  forms.budget.spend(5);
  if (a.kind === "relation" || b.kind === "relation") return sameRelated(a, b, forms);
  const [listA, listB] = [membersOf(a), membersOf(b)];
  if (listA !== undefined || listB !== undefined) return sameMembers(a, listA, b, listB, forms);
  if (a.kind === "tuple" || b.kind === "tuple") return sameTuple(a, b, forms);
  if (a.kind === "union" && b.kind === "union") return unordered(a.items, b.items, forms);
  if (a.kind === "matrix" && b.kind === "matrix") return sameMatrix(a.rows, b.rows, forms);
  if ([a.kind, b.kind].some((kind) => kind === "union" || kind === "matrix")) return false;
  if (a.kind === "text" || b.kind === "text") return sameWords(a, b);
  return sameNumber(a, b, forms);
}

function sameRelated(a: Expression, b: Expression, forms: NormalForms): boolean {
  if (a.kind === "relation" && b.kind === "relation") {
    const [x, y] = [assignedValue(a), assignedValue(b)];
    const [nameOfA, nameOfB] = [a.sides[0], b.sides[0]];
    if (x !== undefined && y !== undefined && nameOfA !== undefined && nameOfB !== undefined)
      if (a.relations[0] === b.relations[0] && same(nameOfA, nameOfB, forms))
        return same(x, y, forms);
    if (a.relations[0] === "in" || b.relations[0] === "in") return sameSolution(a, b, forms);
    return sameRelation(a, b, forms);
  }
  const [relation, other] = a.kind === "relation" ? [a, b] : [b, a];
  const value = assignedValue(relation);
  if (value !== undefined) return same(value, other, forms);
  const [solution, interval] = [solutionOf(relation, forms), intervalOf(other, forms)];
  return (
    solution !== undefined && interval !== undefined && sameInterval(solution, interval, forms)
  );
}

/** One says `x` is in a set, the other gives its bounds. */
function sameSolution(a: Expression, b: Expression, forms: NormalForms): boolean {
  const [membership, bounds] = a.kind === "relation" && a.relations[0] === "in" ? [a, b] : [b, a];
  const set = assignedValue(membership);
  const interval = set === undefined ? undefined : intervalOf(set, forms);
  const solution = solutionOf(bounds, forms);
  return (
    interval !== undefined && solution !== undefined && sameInterval(interval, solution, forms)
  );
}

/** The members of a list or set, each `\pm` as two; undefined for anything else. */
function membersOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === "list" || expression.kind === "set")
    return expression.items.flatMap((item) => (hasEitherSign(item) ? bothSigns(item) : [item]));
  return hasEitherSign(expression) && expression.kind !== "tuple" && expression.kind !== "union"
    ? bothSigns(expression)
    : undefined;
}

function sameMembers(
  a: Expression,
  listA: readonly Expression[] | undefined,
  b: Expression,
  listB: readonly Expression[] | undefined,
  forms: NormalForms,
): boolean {
  if (listA !== undefined && listB !== undefined) {
    const sets = a.kind === "set" || b.kind === "set";
    return sets
      ? unordered(distinct(listA, forms), distinct(listB, forms), forms)
      : unordered(listA, listB, forms);
  }
  const [members, other, list] = listA !== undefined ? [listA, b, a] : [listB ?? [], a, b];
  // A list without brackets may be a tuple whose brackets were left out; a set may not.
  if (other.kind === "tuple")
    return list.kind === "list" && other.open !== "<" && ordered(members, other.items, forms);
  const [only] = members;
  return members.length === 1 && only !== undefined && same(only, other, forms);
}

function sameTuple(a: Expression, b: Expression, forms: NormalForms): boolean {
  if (a.kind !== "tuple" || b.kind !== "tuple") return false;
  if ((a.open === "<") !== (b.open === "<")) return false;
  if (a.open !== b.open || a.close !== b.close) {
    const [x, y] = [intervalOf(a, forms), intervalOf(b, forms)];
    if (x !== undefined || y !== undefined) return false;
  }
  return ordered(a.items, b.items, forms);
}

function sameMatrix(
  a: readonly (readonly Expression[])[],
  b: readonly (readonly Expression[])[],
  forms: NormalForms,
): boolean {
  return a.length === b.length && a.every((row, index) => ordered(row, b[index] ?? [], forms));
}

function sameWords(a: Expression, b: Expression): boolean {
  const [x, y] = [wordOf(a), wordOf(b)];
  return x !== undefined && x === y;
}

/** A reference in percent is met by the number of percent, too; other than that percent is a hundredth. */
function sameNumber(a: Expression, b: Expression, forms: NormalForms): boolean {
  if (a.kind === "labelled" || b.kind === "labelled") {
    if (a.kind === b.kind && a.kind === "labelled" && b.kind === "labelled" && a.base !== b.base)
      return false;
    return sameValue(a.kind === "labelled" ? a.of : a, b.kind === "labelled" ? b.of : b, forms);
  }
  if (sameValue(a, b, forms)) return true;
  return a.kind === "percent" && b.kind !== "percent" && sameValue(a.of, b, forms);
}

function ordered(a: readonly Expression[], b: readonly Expression[], forms: NormalForms): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && same(item, other, forms);
    })
  );
}

/** Whether each member has a partner of its own on the other side. */
function unordered(
  a: readonly Expression[],
  b: readonly Expression[],
  forms: NormalForms,
): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    const at = left.findIndex((other) => same(item, other, forms));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function distinct(items: readonly Expression[], forms: NormalForms): readonly Expression[] {
  return items.filter(
    (item, index) => !items.slice(0, index).some((earlier) => same(earlier, item, forms)),
  );
}
