import type { Expression, Relation } from "./expression.ts";
import { crossDifference } from "./fraction.ts";
import { sameInterval, solutionOf } from "./intervals.ts";
import type { NormalForms } from "./normal-form.ts";
import { type Polynomial, scale, subtract } from "./polynomial.ts";
import { inverse, type Rational, times } from "./rational.ts";

type Related = Extract<Expression, { kind: "relation" }>;

/** Whether two relations say the same: one equation times a number, or inequalities with one solution. */
export function sameRelation(a: Related, b: Related, forms: NormalForms): boolean {
  const [first, second] = [solutionOf(a, forms), solutionOf(b, forms)];
  if (first !== undefined && second !== undefined) return sameInterval(first, second, forms);
  if (a.relations.length !== 1 || b.relations.length !== 1) return false;
  const [p, q] = [zeroForm(a, forms), zeroForm(b, forms)];
  if (p === undefined || q === undefined || p.relation !== q.relation) return false;
  const ratio = ratioOf(p.of, q.of);
  if (ratio === undefined) return false;
  if (ratio.num < 0n && p.relation !== "=" && p.relation !== "ne") return false;
  return subtract(p.of, scale(q.of, ratio), forms.budget).size === 0;
}

interface ZeroForm {
  /** What is compared with zero. */
  readonly of: Polynomial;
  readonly relation: Relation;
}

/** A relation with zero on the right, `>` turned to `<`. */
function zeroForm({ sides, relations }: Related, forms: NormalForms): ZeroForm | undefined {
  const [left, right] = sides;
  const [relation] = relations;
  if (left === undefined || right === undefined || relation === undefined) return undefined;
  if (relation === "in" || relation === "approx") return undefined;
  const turned = relation === ">" || relation === "ge";
  const [first, second] = turned ? [right, left] : [left, right];
  const [a, b] = [forms.of(first), forms.of(second)];
  const plain = relation === "=" || relation === "ne" || a.below === b.below;
  if (!plain) return undefined;
  return {
    of: crossDifference(a, b, forms.budget),
    relation: relation === ">" ? "<" : relation === "ge" ? "le" : relation,
  };
}

/** How many times the second is in the first, by one of their terms; undefined where they share none. */
function ratioOf(a: Polynomial, b: Polynomial): Rational | undefined {
  for (const [key, { coefficient }] of a) {
    const other = b.get(key);
    if (other === undefined) return undefined;
    return times(coefficient, inverse(other.coefficient));
  }
  return undefined;
}
