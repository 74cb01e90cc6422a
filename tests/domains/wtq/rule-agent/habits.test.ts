import { describe, expect, it } from "vitest";
import { habits } from "../../../../domains/wtq/rule-agent/habits.ts";
import { seededRng, shuffled } from "../../../../harness/rng.ts";
import { habitCases } from "../../../support/builtin-habits.ts";
import {
  contraryIn,
  habitIds,
  lessonsIn,
  ruleFor,
  solve,
} from "../../../support/tables-subject.ts";

const good = habitIds.filter((id) => !habits.get(id)?.harmful);
const idsIn = (text: string) => lessonsIn(text).map((lesson) => lesson.habit);

function rendered(id: string): string {
  const rule = ruleFor(id);
  return `- **${rule.title}.** When ${rule.when}: ${rule.do}. Why: ${rule.why}. Unless: ${rule.unless}. Check: ${rule.check}.`;
}

it("has a case for every habit, and at least 14 good and 2 bad ones", () => {
  expect(Object.keys(habitCases).sort()).toEqual(habitIds);
  expect(good.length).toBeGreaterThanOrEqual(14);
  expect(habitIds.length - good.length).toBeGreaterThanOrEqual(2);
});

describe.each(Object.entries(habitCases))("%s", (id, known) => {
  it("is taught by its own rule and by nothing else in it", () => {
    expect(idsIn(rendered(id))).toEqual([id]);
    expect(contraryIn(rendered(id))).toEqual([]);
  });

  it.each(known.paraphrases)("is taught by the paraphrase: %s", (sentence) => {
    expect(idsIn(sentence)).toEqual([id]);
  });

  it("is forbidden by advice to the contrary", () => {
    expect(contraryIn(known.contrary).map((lesson) => lesson.habit)).toContain(id);
    expect(idsIn(known.contrary)).toEqual([]);
  });

  it("decides the answer where it applies", () => {
    const on = new Set([...good, id]);
    const off = new Set([...good].filter((other) => other !== id));
    expect(solve(known.question, known.table, on).items).toEqual(known.withIt);
    expect(solve(known.question, known.table, off).items).toEqual(known.withoutIt);
    expect(solve(known.question, known.table, on).used).toContain(id);
  });

  it("seldom survives the shuffling of its words", () => {
    let survived = 0;
    for (let seed = 0; seed < 40; seed++) {
      const words = shuffled(rendered(id).slice(2).split(" "), seededRng(seed));
      if (idsIn(words.join(" ")).includes(id)) survived++;
    }
    expect(survived).toBeLessThanOrEqual(8);
  });
});

it("does not apply a habit where the question gives it nothing to do", () => {
  const { question, table } = {
    question: "which country is lanterns from?",
    table: habitCases["dates"]?.table ?? "",
  };
  const { used } = solve(question, table, new Set(habitIds));
  for (const id of ["count-rows", "row-order", "distinct", "one-a-line"]) {
    expect(used).not.toContain(id);
  }
});
