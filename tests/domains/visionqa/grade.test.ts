import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visionqa } from "../../../domains/visionqa/domain.ts";
import { anlsOf, levenshtein } from "../../../domains/visionqa/grading/anls.ts";
import { openCaseGrader } from "../../../domains/visionqa/grading/grade.ts";
import type { Grade, Task } from "../../../harness/contracts/index.ts";
import { judgeSubmission } from "../../support/visionqa/submission.ts";
import { fileSandbox } from "../../support/wtq/file-sandbox.ts";

const { grade: gradeCase } = await openCaseGrader({});

const anls = (answers: readonly string[], prediction: string) => {
  const found = anlsOf(answers, prediction);
  return found.kind === "compared" ? found.anls : found.because;
};

describe("levenshtein", () => {
  test.each([
    ["", "", 0],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["flaw", "lawn", 2],
    ["a😀b", "ab", 1],
    ["😀", "😁", 1],
    ["abab", "baba", 2],
    ["aXbXc", "abc", 2],
  ])("%j to %j is %i", (a, b, distance) => {
    expect(levenshtein(a, b)).toBe(distance);
  });

  test("is a metric, and no larger than the longer text", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "😀"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const distance = levenshtein(a, b);
        expect(distance).toBe(levenshtein(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs([...a].length - [...b].length));
        expect(levenshtein(a, c)).toBeLessThanOrEqual(distance + levenshtein(b, c));
      }),
    );
  });
});

describe("ANLS", () => {
  test.each<[readonly string[], string, number]>([
    [["Total"], "total", 1],
    [["a  b"], " A\tb\n", 1],
    [["abcd"], "abxx", 0.5],
    [["abcde"], "abxxx", 0],
    [["far off", "near by"], "near bx", 6 / 7],
    [[""], "", 1],
    [[""], "a", 0],
    [["abc"], "", 0],
  ])("of %j for %j is %d", (answers, prediction, expected) => {
    expect(anls(answers, prediction)).toBeCloseTo(expected, 12);
  });

  test("divides by the raw text in upper case, so padding lifts it", () => {
    expect(anls(["abc"], `xyz${" ".repeat(100)}`)).toBeGreaterThan(0.97);
  });

  test("is 1 for every accepted answer, whatever its case and spacing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (answers, at) => {
          const chosen = answers[at % answers.length] ?? "";
          expect(anls(answers, chosen)).toBe(1);
          expect(anls(answers, ` ${chosen}\t`)).toBe(1);
        },
      ),
    );
  });

  test("has no value without an accepted answer", () => {
    expect(anls([], "a")).toBe("there is no accepted answer to compare with");
  });

  test("gives up on texts that would take minutes", () => {
    const long = "a".repeat(60_000);
    expect(anls([long], `b${long}`)).toBe("the answer is too long to compare");
  });
});

describe("the grade of a submission", () => {
  const graded = async (answers: readonly string[], submission: unknown): Promise<Grade> => {
    const task: Task = { id: "1", group: "d", input: {}, reference: { answers } };
    const evidence = await visionqa.collect(task, submission as string, fileSandbox(), {});
    return visionqa.grade(task, evidence);
  };

  test("is its ANLS, and passes from 0.5 on", async () => {
    expect(await graded(["abcd"], "abxx")).toMatchObject({ score: 0.5, passed: true });
    expect(await graded(["abcd"], "axxx")).toMatchObject({ score: 0, passed: false });
    expect(await graded(["$1,250.00"], "$1,250.00\n")).toMatchObject({ score: 1, passed: true });
  });

  test.each([
    ["spaces behind", `xyz${" ".repeat(100)}`],
    ["spaces inside", `x${" ".repeat(100)}yz`],
    ["other white space", `xyz${"\u2003\n\u00a0".repeat(40)}`],
    ["letters that grow in upper case", "ΐ".repeat(20)],
    ["sharp s", "ß".repeat(20)],
    ["ligatures", "ﬃ".repeat(20)],
  ])("is not lifted by %s", async (_, submission) => {
    expect(await graded(["abc"], submission)).toMatchObject({ score: 0, passed: false });
  });

  test("is 1 for the accepted answers all the same", async () => {
    for (const answer of ["Straße 5", "oﬃce", "  two  spaces ", "ΐ"])
      expect(await graded(["other", answer], answer), answer).toMatchObject({ score: 1 });
  });

  test("is missing without an accepted answer", async () => {
    expect(await graded([], "a")).toEqual({
      kind: "ungraded",
      because: "there is no accepted answer to compare with",
    });
  });

  test("of anything that is no text is that of its JSON", async () => {
    expect(await graded(["5"], 5)).toMatchObject({ score: 1 });
    expect(await graded(["5"], { value: 5 })).toMatchObject({ score: 0 });
  });

  test("of a gigantic text comes at once", async () => {
    expect(await graded(["abc"], "z".repeat(5_000_000))).toMatchObject({ score: 0 });
  });
});

describe("a prediction made elsewhere", () => {
  test("is graded as it is, padding included", () => {
    const prediction = `xyz${" ".repeat(97)}`;
    expect(gradeCase({ id: "a", answers: ["abc"], prediction }, "x:1")).toEqual({
      id: "a",
      passed: true,
      score: 0.97,
      because: "similarity 0.970 to the nearest accepted answer",
    });
  });

  test("says how far off it is", () => {
    expect(gradeCase({ id: 1, answers: ["abc"], prediction: "abx" }, "x:1").because).toBe(
      "similarity 0.667 to the nearest accepted answer",
    );
    expect(gradeCase({ id: 1, answers: ["abc"], prediction: "axx" }, "x:1").because).toBe(
      "similarity 0.333 to the nearest accepted answer is below 0.5",
    );
    expect(gradeCase({ id: 1, answers: ["abc"], prediction: "ABC" }, "x:1").because).toBe(
      "matches an accepted answer",
    );
  });

  test("has no score where the official script stops", () => {
    expect(gradeCase({ id: "a", answers: [], prediction: "b" }, "x:1")).toEqual({
      id: "a",
      passed: false,
      score: null,
      because: "ungraded: there is no accepted answer to compare with",
    });
  });

  test("may carry other keys", () => {
    expect(gradeCase({ id: 1, answers: ["a"], prediction: "a", model: "m" }, "x:1").score).toBe(1);
  });

  test.each<[string, unknown, RegExp]>([
    ["no id", { answers: ["a"], prediction: "a" }, /^x:3: id: /],
    ["answers that are a text", { id: 1, answers: "a", prediction: "a" }, /^x:3: answers: .*array/],
    ["an answer that is a number", { id: 1, answers: [1], prediction: "a" }, /^x:3: answers\.0: /],
    ["no prediction", { id: 1, answers: ["a"] }, /^x:3: prediction: /],
    ["null for a prediction", { id: 1, answers: ["a"], prediction: null }, /^x:3: prediction: /],
    ["no object", "text", /^x:3: .*expected object.*Write \{"id"/],
  ])("with %s names its line, its field and the fix", (_, value, message) => {
    expect(() => gradeCase(value, "x:3")).toThrow(message);
    expect(() => gradeCase(value, "x:3")).toThrow(expect.objectContaining({ name: "InputError" }));
  });

  test("knows no other grader", async () => {
    await expect(openCaseGrader({ grader: "mine" })).rejects.toThrow(/^--grader: .*one grader/);
  });
});

describe("a whole submission", () => {
  const truth = {
    dataset_name: "x",
    data: [
      { questionId: 1, answers: ["a"] },
      { questionId: 2, answers: ["b"] },
    ],
  };
  const answer = (questionId: unknown, text: unknown) => ({ questionId, answer: text });

  test("has the mean of its questions", () => {
    expect(judgeSubmission(truth, [answer(2, "x"), answer(1, "a")])).toEqual({
      kind: "scored",
      score: 0.5,
    });
    expect(judgeSubmission({ dataset_name: "x", data: [] }, [])).toEqual({
      kind: "scored",
      score: 0,
    });
  });

  test.each<[string, unknown, unknown, string]>([
    ["no ground truth", {}, [], "the ground truth has no data"],
    ["a ground truth without a name", { data: [] }, [], "the ground truth has no dataset_name"],
    ["no list", truth, {}, "the submission is no list"],
    ["too few answers", truth, [answer(1, "a")], "expected 2 answers, found 1"],
    [
      "ids of another type",
      truth,
      [answer("1", "a"), answer("2", "b")],
      "the question ids are not those of the ground truth",
    ],
    [
      "an id twice",
      truth,
      [answer(1, "a"), answer(1, "b")],
      "the question ids are not those of the ground truth",
    ],
    ["no answer", truth, [{ questionId: 1 }, answer(2, "b")], "question 1 has no answer"],
    [
      "a list for an answer",
      truth,
      [answer(1, "a"), answer(2, ["b"])],
      "the answer to question 2 is a list, not a text",
    ],
  ])("with %s is invalid", (_, groundTruth, submission, because) => {
    expect(judgeSubmission(groundTruth, submission)).toEqual({ kind: "invalid", because });
  });

  test.each([5, null, true])("with the answer %j is valid, and stops the scoring", (value) => {
    expect(judgeSubmission(truth, [answer(1, value), answer(2, "b")])).toEqual({
      kind: "unscorable",
      because: "question 1: the answer is no text",
    });
  });
});
