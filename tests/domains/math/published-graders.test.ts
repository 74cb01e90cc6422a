import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Grader } from "../../../domains/math/grading/grader.ts";
import { hendrycks, normalized } from "../../../domains/math/grading/hendrycks.ts";
import { mathDapo, normalizedFinalAnswer } from "../../../domains/math/grading/math-dapo.ts";
import { verlMath } from "../../../domains/math/grading/verl-math.ts";
import { isDigits, tail } from "../../../domains/shared/python-text.ts";
import { dapoReward } from "../../support/math/dapo-reward.ts";

const graders: readonly [string, Grader][] = [
  ["hendrycks", hendrycks],
  ["verl_math", verlMath],
  ["math_dapo", mathDapo],
];

const fragments = fc.constantFrom(
  ..."\\frac,\\sqrt,\\text{ ,\\text{m},\\boxed{,\\boxed ,{,},$,\\$,\\%,\\\\%,=,/, .,0.5,12,-3,\n,\u2028,😀,², cm,Answer:,**"
    .split(",")
    .concat(","),
);
const texts = fc.array(fragments, { maxLength: 14 }).map((parts) => parts.join(""));

describe.each(graders)("%s", (_, grader) => {
  test("never throws, decides every pair, and finds a text equal to itself", () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        grader.extract(a);
        expect(grader.equivalent(a, b).kind).toBe(grader.equivalent(b, a).kind);
        expect(grader.equivalent(a, a).kind).toBe("equal");
      }),
    );
  });

  test.each(["$", "\\text{", "\\boxed{", "\\frac", "answer ", "{", "a", "1,"])(
    "a million characters of %j are dealt with at once",
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      expect(() => [grader.extract(text), grader.equivalent(text, "5")]).not.toThrow();
    },
    2000,
  );
});

describe("hendrycks", () => {
  test.each([
    ["\\dfrac12", "\\frac{1}{2}"],
    ["0.5", "\\frac{1}{2}"],
    ["3/4", "\\frac{3}{4}"],
    ["k=7", "7"],
    ["abc=7", "abc=7"],
    ["1 1/2", "\\frac{11}{2}"],
    ["90^\\circ", "90"],
    ["5\\text{ cm}", "5"],
    ["\\$12\\%", "12"],
    ["5\\\\\\%%", "5"],
    ["2\\sqrt3", "2\\sqrt{3}"],
    ["{.5}", "{0.5}"],
  ])("%s becomes %s", (text, form) => {
    expect(normalized(text)).toBe(form);
  });

  test.each(["\\frac", "\\sqrt", "5\\text{ cm}\\text{ }"])(
    "%s has no normal form, and equals itself alone",
    (text) => {
      expect(normalized(text)).toBeUndefined();
      expect(hendrycks.equivalent(text, text).kind).toBe("equal");
      expect(hendrycks.equivalent(text, `${text} `).kind).toBe("different");
    },
  );

  test.each([
    ["so \\boxed{1} or \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"],
    ["\\fbox{3}", undefined],
    ["\\boxed 5", undefined],
    ["\\boxed{5", undefined],
    ["no box", undefined],
  ])("of %j it takes %j", (response, answer) => {
    expect(hendrycks.extract(response)).toBe(answer);
  });
});

describe("verl_math", () => {
  test("a box with a space wins over later braces, up to the dollar sign", () => {
    expect(verlMath.extract("$\\boxed 5$ then \\boxed{6}")).toBe("5");
  });

  test("an fbox is found and then not opened", () => {
    expect(verlMath.extract("\\fbox{3}")).toBeUndefined();
  });
});

describe("math_dapo", () => {
  test.each([
    ["x = 1,234", "1234"],
    ["25 degrees", "25"],
    ["an apple a day", "appleday"],
    ["the value $\\frac12$ is it", "\\frac{1}{2}"],
    ["$$25$$", ""],
    ["\\boxed{7}", "7"],
    ["\\text{east}", "east"],
    ["025", "025"],
    ["²,³", "²³"],
  ])("%j becomes %j", (text, form) => {
    expect(normalizedFinalAnswer(text)).toBe(form);
  });

  test("takes the last answer line of the last 300 characters, and no box", () => {
    expect(mathDapo.extract("Answer: 7\nno,\nANSWER : 8\n")).toBe("8");
    expect(mathDapo.extract(`Answer: 7\n${"x".repeat(300)}`)).toBeUndefined();
    expect(mathDapo.extract("\\boxed{7}")).toBeUndefined();
  });

  test("pays the strict reward for the raw text of a box in the last 100 characters", () => {
    expect(dapoReward("\\boxed{7}", "7", "strict-box")).toEqual({ score: 1, prediction: "7" });
    expect(dapoReward("\\boxed{7.0}", "7", "strict-box").score).toBe(-1);
    expect(
      dapoReward(`\\boxed{7}${" ".repeat(100)}`, "7", "strict-box").prediction,
    ).toBeUndefined();
  });
});

describe("text as Python sees it", () => {
  test("is counted by code point", () => {
    expect(tail("a😀b", 2)).toBe("😀b");
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "😀", "\ud83d", "\ude00") }),
        fc.nat(20),
        (text, count) => {
          expect(tail(text, count)).toBe(
            [...text].slice(Math.max(0, [...text].length - count)).join(""),
          );
        },
      ),
    );
  });

  test.each([
    ["12", true],
    ["٣", true],
    ["²", true],
    ["½", false],
    ["1.0", false],
    ["", false],
  ])("isdigit of %j is %j", (text, expected) => {
    expect(isDigits(text)).toBe(expected);
  });
});
