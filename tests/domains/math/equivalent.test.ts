import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byMeaning } from "../../../domains/math/grading/default/equivalent.ts";

const found = (answer: string, reference: string) => byMeaning.equivalent(answer, reference).kind;

/** Pairs of an answer and a reference, by the rule that makes them equal. */
const equal: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "fractions are numbers": [
    ["\\frac{2}{4}", "1/2"],
    ["0.5", "\\frac12"],
    ["\\frac{-3}{4}", "-\\frac{3}{4}"],
    ["\\frac\\pi6", "\\pi/6"],
    ["3:4", "\\frac34"],
    ["0.\\overline{3}", "1/3"],
    ["0.1\\overline{6}", "1/6"],
  ],
  "a whole number before a fraction is a mixed number": [
    ["5\\frac{1}{2}", "5.5"],
    ["-1\\frac13", "-\\frac43"],
  ],
  "radicals are exact": [
    ["\\sqrt{12}", "2\\sqrt3"],
    ["\\frac{1}{\\sqrt2}", "\\frac{\\sqrt2}{2}"],
    ["\\sqrt[3]{54}", "3\\sqrt[3]{2}"],
    ["51^{1/2}", "\\sqrt{51}"],
    ["sqrt(53)", "\\sqrt{53}"],
    ["(\\sqrt3+1)(\\sqrt3-1)", "2"],
    ["\\frac{2}{\\sqrt5-\\sqrt3}", "\\sqrt5+\\sqrt3"],
  ],
  "digits settle what exact rules do not": [
    ["\\sqrt{2+\\sqrt{3}}", "\\frac{\\sqrt6+\\sqrt2}{2}"],
    ["\\cos\\frac{\\pi}{5}", "\\frac{1+\\sqrt5}{4}"],
    ["\\sin 30^\\circ", "\\frac12"],
    ["\\log_2 8", "3"],
    ["\\sin^2 x+\\cos^2 x", "1"],
    ["2^{x+1}", "2\\cdot 2^x"],
    ["2^{10000}", "2 \\cdot 2^{9999}"],
    ["\\frac{(1+i)^2}{\\sqrt2}", "\\sqrt2 i"],
    ["e^{i\\pi}", "-1"],
    ["|3+4i|", "5"],
    ["\\sin \\pi", "0"],
    ["(1+\\sqrt2)^{12}+(1-\\sqrt2)^{12}", "39202"],
  ],
  "expressions are equal for all values of their symbols": [
    ["2+2k", "2k+2"],
    ["(b+2)(a+5)", "(a+5)(b+2)"],
    ["\\frac{x^2-1}{x-1}", "x+1"],
    ["\\frac{1}{\\tan x}", "\\cot x"],
    ["(1+i)^2", "2i"],
    ["a^{-1}", "\\frac1a"],
    ["\\binom{5}{2}x", "10x"],
    ["4!", "24"],
    ["|-3|", "3"],
    ["\\lfloor 7/2 \\rfloor", "3"],
  ],
  "a decimal is a rounding to six places": [
    ["0.333333", "\\frac13"],
    ["2.9999999", "3"],
    ["3.14159265", "\\pi"],
  ],
  "units, money and degrees are dropped": [
    ["84 square units", "84"],
    ["15\\,\\text{cm}^2", "15"],
    ["5\\text{ m/s}", "5"],
    ["\\$18.90", "18.9"],
    ["145 degrees", "145^\\circ"],
    ["76°", "76"],
  ],
  "percent is a hundredth, and the number of percent will do for a reference in percent": [
    ["50\\%", "0.5"],
    ["28 percent", "28\\%"],
    ["28", "28\\%"],
  ],
  "thousands may be separated": [
    ["1,234,567", "1234567"],
    ["1{,}234", "1234"],
    ["1,\\!234", "1234"],
    ["\\$1,234.50", "1234.5"],
    ["\\(58,500\\)", "58500"],
    ["f(x)=58,500", "58500"],
  ],
  "lists and sets have no order, tuples have": [
    ["6, 5", "5,6"],
    ["5 \\text{ and } 6", "5,6"],
    ["x=5 \\text{ or } x=6", "5,6"],
    ["\\{3,2,1,1\\}", "\\{1,2,3\\}"],
    ["1, 2", "(1,2)"],
    ["[6,31,-1]", "(6,31,-1)"],
    ["\\emptyset", "\\{\\}"],
    ["\\{5\\}", "5"],
  ],
  "plus-minus is two values": [
    ["\\pm 5", "5,-5"],
    ["\\frac{-3 \\pm \\sqrt5}{2}", "\\frac{-3-\\sqrt5}{2}, \\frac{-3+\\sqrt5}{2}"],
  ],
  "intervals keep their ends": [
    ["x \\in [-2,7]", "-2 \\le x \\le 7"],
    ["[2,5)", "2 \\le x < 5"],
    ["(3,4)\\cup(1,2)", "(1,2)\\cup(3,4)"],
    ["\\mathbb{R}", "(-\\infty,\\infty)"],
  ],
  "a name before an equals sign is dropped": [
    ["x=5", "5"],
    ["AB = \\frac{14}{3}", "\\frac{14}{3}"],
    ["f(x)=2x+1", "2x+1"],
    ["1+1 = 2", "2"],
    ["(x,y)=(1,2)", "(1,2)"],
  ],
  "equations and inequalities may be turned round": [
    ["y=-\\frac12x+\\frac34", "2x+4y-3=0"],
    ["xy=1", "1-\\frac{1}{xy}=0"],
    ["\\sqrt2 x < 2", "x < \\sqrt2"],
    ["-x \\ge -1", "x \\le 1"],
    ["5 > x", "x < 5"],
  ],
  "matrices are compared by entry": [
    ["\\begin{bmatrix} 2/2 \\\\ -4 \\end{bmatrix}", "\\begin{pmatrix} 1 \\\\ -4 \\end{pmatrix}"],
  ],
  "words are words": [
    ["east", "\\text{East}"],
    ["(C)", "\\text{C}"],
    ["No solution", "\\text{no solution}"],
  ],
  "markup around an answer is taken off": [
    ["$5$", "5"],
    ["\\(5\\)", "5"],
    ["\\boxed{\\boxed{5}}", "5"],
    ["{\\left( 3, 4 \\right)}", "(3,4)"],
    ["\\\\frac{1}{2}", "\\frac12"],
    [
      "\\\\begin{pmatrix} 1 \\\\\\\\ 2 \\\\end{pmatrix}",
      "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}",
    ],
    ["\\approx 81", "81"],
    ["x=1/3\\approx 0.33", "1/3"],
  ],
  "the last number of a sentence is its answer": [
    ["The largest $n$ is 34.", "34"],
    ["The answer is 3/4", "\\frac34"],
  ],
  "a base is a label": [
    ["204", "204_5"],
    ["204_{5}", "204_5"],
  ],
};

const different: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "values that are near": [
    ["2^{10000}+1", "2^{10000}"],
    ["\\pi+10^{-30}", "\\pi"],
    ["(x+y+z)^{40}", "(x+y+z)^{41}"],
    ["0.5469", "\\frac{35}{64}"],
    ["29.0001", "29"],
    ["3.14", "\\pi"],
    ["2.828", "2\\sqrt2"],
    ["0.0000671", "0.0000672"],
  ],
  "order and ends": [
    ["(4,2)", "(2,4)"],
    ["[5,\\infty]", "(5,\\infty)"],
    ["[0,1)", "[0,9)"],
    ["\\langle 1,2\\rangle", "(1,2)"],
    ["(1,000,2)", "(1000,2)"],
    ["\\{100,200\\}", "100200"],
    ["1,2,2", "1,1,2"],
  ],
  "other names and relations": [
    ["x=5", "y=5"],
    ["0", "5x-7y=0"],
    ["x < 5", "x > 5"],
    ["x \\le 5", "x < 5"],
    ["5y", "5x"],
    ["10_3", "10_4"],
  ],
  "what has no real value": [
    ["5/0", "1/0"],
    ["i", "\\sqrt{-1}"],
    ["\\ln(-1)", "5"],
    ["|x|", "x"],
    ["\\sqrt{x^2}", "x"],
  ],
  "what is not mathematics": [
    ["\\frac", "5"],
    ["(5", "5"],
    ["\\sqrt{", "5"],
    ["√51", "\\sqrt{51}"],
    ["5**2", "25"],
    ["two", "2"],
    ["\\approx p - q", "p - q"],
    ["1 1/2", "3/2"],
    ["teas", "east"],
  ],
};

describe("default: equal", () => {
  for (const [rule, pairs] of Object.entries(equal))
    test.each(pairs)(`${rule}: %s is %s`, (answer, reference) => {
      expect(found(answer, reference)).toBe("equal");
    });
});

describe("default: different", () => {
  for (const [rule, pairs] of Object.entries(different))
    test.each(pairs)(`${rule}: %s is not %s`, (answer, reference) => {
      expect(found(answer, reference)).toBe("different");
    });

  test.each(["", "  \n"])("an empty answer %j", (answer) => {
    expect(found(answer, "5")).toBe("different");
  });
});

const many = (piece: string, count: number) => piece.repeat(count);

describe("default: hostile expressions are left ungraded, with a reason", () => {
  test.each([
    ["a tower of powers", "9^9^9^9"],
    ["a tower of exponentials", "e^{e^{e^{e^{e}}}}"],
    ["deep brackets", many("(", 400) + many(")", 400)],
    ["deep fractions", `${many("\\frac{1}{", 100)}2${many("}", 100)}`],
    ["deep roots", `${many("\\sqrt{", 100)}2${many("}", 100)}`],
    ["a megabyte", many("1+", 500_000)],
    ["a long list", many("1,", 1000)],
    ["a long number", many("9", 9000)],
    ["many signs", many("-", 5000)],
    ["texts in texts", many("\\text{", 1500)],
  ])("%s", (_, answer) => {
    const result = byMeaning.equivalent(answer, "5");
    expect(result.kind).toBe("undecided");
    expect(result.because).not.toBe("");
  });

  test.each([
    ["many bars", many("|", 3000)],
    ["many dollars", many("$", 9999)],
    ["unbalanced braces", `${many("{", 20)}1`],
    ["a large angle", "\\sin(10^{300})"],
    ["a large factorial", "10^{10}!"],
    ["control characters", "\u0000\ud800"],
    ["a large index", "\\sqrt[1000000]{2}"],
    ["a large power of a symbol", "(x+1)^{1000000000}"],
    ["a product of many sums", many("(x+y+z+w)", 30)],
  ])("%s is merely wrong", (_, answer) => {
    expect(found(answer, "5")).toBe("different");
  });
});

const pieces = fc.constantFrom(
  ..."\\frac \\sqrt \\left( \\right) \\begin{pmatrix} \\end{pmatrix} \\\\ & { } ( ) [ ] | , ; = < \\le \\in \\cup \\pm ^ _ ! % $ + - * / . 0 1 2 3.5 x i e \\pi \\infty \\sin \\log \\text{cm} \\{ \\} \\boxed{ and answer π √".split(
    " ",
  ),
);
const scribbles = fc.array(pieces, { maxLength: 16 }).map((parts) => parts.join(" "));

describe("default: properties", () => {
  test("never throws, and a text that is not empty equals itself", () => {
    fc.assert(
      fc.property(scribbles, scribbles, (a, b) => {
        byMeaning.extract(a);
        expect(["equal", "different", "undecided"]).toContain(found(a, b));
        if (a.trim() !== "") expect(found(a, a)).toBe("equal");
      }),
      { numRuns: 400 },
    );
  });

  test("a fraction equals itself extended, and no other", () => {
    const size = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(size, size, size, (p, q, k) => {
        expect(found(`\\frac{${p * k}}{${q * k}}`, `${p}/${q}`)).toBe("equal");
        expect(found(`\\frac{${p * k + 1}}{${q * k}}`, `${p}/${q}`)).toBe("different");
      }),
    );
  });

  test("a product of linear factors equals its expansion", () => {
    const size = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(size, size, (a, b) => {
        expect(found(`(x-(${a}))(x-(${b}))`, `x^2+(${-a - b})x+(${a * b})`)).toBe("equal");
        expect(found(`(x-(${a}))(x-(${b}))`, `x^2+(${-a - b})x+(${a * b + 1})`)).toBe("different");
      }),
    );
  });
});

describe("default: extraction", () => {
  test.each([
    ["so \\boxed{\\frac{1}{2}}. Or \\boxed{7}?", "7"],
    ["She pays 3 + 4 = 7.\n#### 7", "7"],
    ["16 \\sqrt{3}", "16 \\sqrt{3}"],
    ["x = 5", "x = 5"],
    ["We add.\nThe final answer is $\\frac{2}{3}$.", "\\frac{2}{3}"],
    ["We add.\n**Answer:** 12.5", "12.5"],
    ["We add.\nAnswer: 7\nNo.\nAnswer: 8", "8"],
    ["First we find that $a=2$,\nand then $b=3$ follows.", "b=3"],
    ["First we add\nand so there are 12 ducks left", "12"],
  ])("of %j it takes %j", (response, answer) => {
    expect(byMeaning.extract(response)).toBe(answer);
  });

  test.each(["", "I do not know.\nSorry."])("of %j it takes nothing", (response) => {
    expect(byMeaning.extract(response)).toBeUndefined();
  });
});
