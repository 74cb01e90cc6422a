import { describe, expect, test } from "vitest";
import { openCaseGrader } from "../../../domains/math/grading/grade.ts";
import { graderNames } from "../../../domains/math/grading/graders.ts";

const { grade: gradeCase } = await openCaseGrader({});

describe("a prediction made elsewhere", () => {
  test("is compared with its reference", () => {
    expect(gradeCase({ id: "a", gold: "1/2", pred: "0.5" }, "x:1")).toEqual({
      id: "a",
      passed: true,
      score: 1,
      because: "the same value",
    });
    expect(gradeCase({ id: 7, gold: "1/2", pred: "0.6" }, "x:1")).toMatchObject({
      id: 7,
      passed: false,
      score: 0,
    });
  });

  test.each([
    ["default", "Thus \\boxed{5}.", true],
    ["hendrycks", "Thus \\boxed{5}.", true],
    ["verl_math", "Thus $\\boxed 5$.", true],
    ["math_dapo", "Thus \\boxed{5}.", false],
    ["math_dapo", "Answer: 5", true],
  ])("is looked for in a response first, as %s does in %j", async (grader, response, passed) => {
    const { grade } = await openCaseGrader({ grader });
    expect(grade({ id: "a", gold: "5", response }, "x:1").passed).toBe(passed);
  });

  test("that is not to be found is wrong", async () => {
    for (const grader of graderNames) {
      const { grade } = await openCaseGrader({ grader });
      expect(grade({ id: "a", gold: "5", response: "" }, "x:1")).toEqual({
        id: "a",
        passed: false,
        score: 0,
        because: "no answer was found in the response",
      });
    }
  });

  test("that cannot be compared has no score", () => {
    expect(gradeCase({ id: "a", gold: "5", pred: "9^9^9^9" }, "x:1")).toEqual({
      id: "a",
      passed: false,
      score: null,
      because: "ungraded: the answer cannot be compared: a value is too large to compare",
    });
  });

  test("may carry other keys", () => {
    expect(gradeCase({ id: "a", gold: "5", pred: "5", model: "m" }, "x:1").passed).toBe(true);
  });
});

describe("a bad case names its line, its field and the fix", () => {
  test.each<[string, unknown, RegExp]>([
    ["no id", { gold: "5", pred: "5" }, /^x:3: id: /],
    ["a gold that is no text", { id: "a", gold: 5, pred: "5" }, /^x:3: gold: .*expected string/],
    ["no gold", { id: "a", pred: "5" }, /^x:3: gold: /],
    ["a pred that is no text", { id: "a", gold: "5", pred: null }, /^x:3: pred: .*expected string/],
    [
      "neither pred nor response",
      { id: "a", gold: "5" },
      /^x:3: pred: there is neither pred nor response\. Write \{"id"/,
    ],
    ["no object", [1], /^x:3: .*expected object/],
  ])("%s", (_, value, message) => {
    expect(() => gradeCase(value, "x:3")).toThrow(message);
    expect(() => gradeCase(value, "x:3")).toThrow(expect.objectContaining({ name: "InputError" }));
  });

  test("a grader that does not exist", async () => {
    await expect(openCaseGrader({ grader: "mine" })).rejects.toThrow(
      /--grader: there is no grader "mine"\. Choose one of default, math_dapo, hendrycks, verl_math\./,
    );
  });
});
