import { describe, expect, it, test } from "vitest";
import { visionqa } from "../../../../domains/visionqa/domain.ts";
import { documentProblem, documents } from "../../../../domains/visionqa/rule-agent/documents.ts";
import { solve } from "../../../../harness/models/rule-based/solving.ts";
import { contraryIn, lessonsIn } from "../../../../harness/models/rule-based/taught.ts";
import { readSkill } from "../../../../harness/skills/read-skill.ts";
import { documentHabitCases } from "../../../support/document-habits.ts";

const ids = [...documents.habits.keys()];
const good = ids.filter((id) => !documents.habits.get(id)?.harmful);
const taughtBy = (text: string) => lessonsIn(text, documents).map(({ habit }) => habit);

it("has a case for every habit, at least 7 good and 2 bad ones", () => {
  expect(Object.keys(documentHabitCases).sort()).toEqual([...ids].sort());
  expect(good.length).toBeGreaterThanOrEqual(7);
  expect(ids.length - good.length).toBeGreaterThanOrEqual(2);
});

describe.each(Object.entries(documentHabitCases))("%s", (id, known) => {
  it.each(known.paraphrases)("is taught by the paraphrase: %s", (sentence) => {
    expect(taughtBy(sentence)).toEqual([id]);
  });

  it("is forbidden by advice to the contrary", () => {
    expect(contraryIn(known.contrary, documents).map(({ habit }) => habit)).toContain(id);
    expect(taughtBy(known.contrary)).toEqual([]);
  });

  it("decides the answer where it applies", () => {
    const problem = documentProblem(known.question, known.page);
    const on = new Set([...good, id]);
    const off = new Set(good.filter((other) => other !== id));
    expect(solve(problem, on).items).toEqual([known.withIt]);
    expect(solve(problem, on).used).toContain(id);
    expect(solve(problem, off).items).toEqual([known.withoutIt]);
  });
});

test("the human-written skill teaches most good habits and no bad one, the placebo none", async () => {
  const body = async (name: "human-written" | "placebo") =>
    (await readSkill(visionqa.skills[name])).files.get("SKILL.md") ?? "";
  const written = taughtBy(await body("human-written"));
  expect(written.length).toBeGreaterThanOrEqual(5);
  expect(written.filter((id) => documents.habits.get(id)?.harmful)).toEqual([]);
  expect(taughtBy(await body("placebo"))).toEqual([]);
});

test("a wrong answer leads to the habit that was missing", () => {
  const { question, page, withIt } = documentHabitCases["value-below"] ?? {
    question: "",
    page: "",
    withIt: "",
  };
  expect(documents.agrees([withIt], "Expected answer:\nBotany")).toBe(true);
  const without = new Set(good.filter((id) => id !== "value-below"));
  expect(documents.agrees(solve(documentProblem(question, page), without).items, "Botany")).toBe(
    false,
  );
});
