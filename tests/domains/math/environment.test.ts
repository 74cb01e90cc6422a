import { describe, expect, test } from "vitest";
import { math } from "../../../domains/math/domain.ts";
import type { Json, Task } from "../../../harness/contracts/index.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const task: Task = {
  id: "t",
  group: "t",
  input: { problem: "Compute $$1 + 1$$ and $&.\n" },
  reference: { answer: "\\frac{4}{2}" },
};

const collected = (submission: Json, grader = "default") =>
  math.collect(task, submission, fileSandbox(), { grader });
const graded = async (submission: Json, grader?: string) =>
  math.grade(task, await collected(submission, grader));

describe("what the agent sees", () => {
  test("the problem as it is written, and no file", async () => {
    expect(math.prompt(task, {})).toBe(
      "Problem: Compute $$1 + 1$$ and $&.\n\nSubmit the final answer alone.",
    );
    expect(await math.files(task, {})).toEqual(new Map());
  });

  test("python is spoken of only where it is asked for", () => {
    expect(math.instructions({})).toBe(math.instructions({ tools: "none" }));
    expect(math.instructions({})).not.toMatch(/python/);
    expect(math.instructions({ tools: "python" })).toMatch(/python3/);
  });

  test("nothing of the answer", () => {
    for (const text of [math.prompt(task, {}), math.instructions({}), math.about])
      expect(text).not.toContain("\\frac{4}{2}");
  });
});

describe("what is collected", () => {
  test("the answer that the grader finds in the text, else the text", async () => {
    expect(await collected("so \\boxed{2}.")).toEqual({ answer: "2", grader: "default" });
    expect(await collected("Answer: 2", "math_dapo")).toEqual({ answer: "2", grader: "math_dapo" });
    expect(await collected("\\boxed{2}", "math_dapo")).toEqual({
      answer: "\\boxed{2}",
      grader: "math_dapo",
    });
  });

  test.each<[Json]>([[2], [["2"]], [null], [{ answer: "2" }]])(
    "%j without a fault",
    async (submission) => {
      expect(typeof (await collected(submission))["answer"]).toBe("string");
    },
  );
});

describe("the grade", () => {
  test("is by value for the default grader and by text for the others", async () => {
    expect(await graded("2")).toMatchObject({ kind: "graded", score: 1, passed: true });
    for (const grader of ["math_dapo", "hendrycks", "verl_math"]) {
      expect(await graded("2", grader)).toMatchObject({ kind: "graded", score: 0, passed: false });
      expect(await graded("\\frac{4}{2}", grader)).toMatchObject({ score: 1, passed: true });
    }
  });

  test("is withheld, with the reason, for an answer that is too hard to compare", async () => {
    const grade = await graded("9^{9^{9^9}}");
    expect(grade).toEqual({
      kind: "ungraded",
      because: "the answer cannot be compared: a value is too large to compare",
    });
  });

  test("is shown to analysts with the reference as its one item", () => {
    expect(math.reveal(task)).toEqual({
      text: "Expected answer:\n\\frac{4}{2}",
      items: ["\\frac{4}{2}"],
    });
  });
});

test.each([
  ["the last box", "Either \\boxed{3} or rather \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"],
  ["a line", "It is 5, so:\n**Answer:** $5$", "$5$"],
  ["a last line", "#### Step 1\n2 + 3 = 5\n#### 5\n", "5"],
  ["a box that is empty", "Put it in \\boxed{}.", undefined],
  ["prose alone", "The sum is 5.", undefined],
  ["a heading", "#### Step 1", undefined],
])("a final reply states its answer in %s", (_, reply, answer) => {
  expect(math.answerIn?.(reply, {})).toBe(answer);
});

describe("asked directly", () => {
  const form = math.direct?.({ tools: "none" });

  test("is the default where the agent is only to reason, and impossible where it is to calculate", () => {
    expect(form?.isDefault).toBe(true);
    expect(math.direct?.({})?.isDefault).toBe(true);
    expect(math.direct?.({ tools: "python" })).toBeUndefined();
  });

  test("the message is the problem and asks for a box, which is then read", () => {
    expect(form?.material).toBeUndefined();
    expect(form?.message(task, "")).toBe(
      "Problem: Compute $$1 + 1$$ and $&.\n\nReason step by step, and put the final answer within \\boxed{}.",
    );
    expect(math.answerIn?.("So it is \\boxed{2}.", {})).toBe("2");
  });

  test("no text speaks of a tool", () => {
    for (const text of [form?.instructions, form?.about, form?.message(task, "")])
      expect(text).not.toMatch(/`|shell|bash|submit/i);
  });
});
