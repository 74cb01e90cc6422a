import { describe, expect, it } from "vitest";
import { mathematics, mathProblem } from "../../../../domains/math/rule-agent/mathematics.ts";
import { solve } from "../../../../harness/models/rule-based/solving.ts";
import { contraryIn, lessonsIn } from "../../../../harness/models/rule-based/taught.ts";
import { mathHabitCases } from "../../../support/math-habits.ts";

const ids = [...mathematics.habits.keys()];
const good = ids.filter((id) => !mathematics.habits.get(id)?.harmful);
const idsIn = (text: string) => lessonsIn(text, mathematics).map(({ habit }) => habit);

it("has a case for every habit, at least 12 good and 3 bad ones", () => {
  expect(Object.keys(mathHabitCases).sort()).toEqual([...ids].sort());
  expect(good.length).toBeGreaterThanOrEqual(12);
  expect(ids.length - good.length).toBeGreaterThanOrEqual(3);
});

describe.each(Object.entries(mathHabitCases))("%s", (id, known) => {
  it.each(known.paraphrases)("is taught by the paraphrase: %s", (sentence) => {
    expect(idsIn(sentence)).toEqual([id]);
  });

  it("is forbidden by advice to the contrary", () => {
    expect(contraryIn(known.contrary, mathematics).map(({ habit }) => habit)).toEqual([id]);
    expect(idsIn(known.contrary)).toEqual([]);
  });

  it("decides the answer where it applies", () => {
    const problem = mathProblem(known.problem);
    const on = solve(problem, new Set([...good, id]));
    const off = solve(problem, new Set(good.filter((other) => other !== id)));
    expect([on.items, off.items]).toEqual([[known.withIt], [known.withoutIt]]);
    expect(on.used).toContain(id);
  });
});
