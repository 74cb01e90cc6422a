import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grade, openCaseGrader } from "../../../domains/wtq/grading/grade.ts";
import { compare } from "../../../domains/wtq/grading/match.ts";
import { normalize } from "../../../domains/wtq/grading/normalize.ts";
import { readValue } from "../../../domains/wtq/grading/values.ts";
import { unescapeField, unescapeList } from "../../../domains/wtq/tables.ts";
import type { Task } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";

const { grade: gradeCase } = await openCaseGrader({});

function right(
  target: readonly string[],
  prediction: readonly string[],
  canon: readonly string[] | null = null,
): boolean {
  return compare({ target, canon }, prediction).kind === "right";
}

describe("the text of an item", () => {
  test.each([
    ["Zürich", "zurich"],
    ["  two   words ", "two words"],
    ["Kestrel[4]", "kestrel"],
    ["Kestrel†‡ [note 3]*", "kestrel"],
    ["Kestrel (ship) (1901)", "kestrel"],
    ['"Kestrel (live)"', "kestrel"],
    ["The end.", "the end"],
    ["The end...", "the end.."],
    ["ΣΟΦΟΣ", "σοφοσ"],
    ["½ mile", "1⁄2 mile"],
    ["7–4", "7-4"],
  ])("%j is read as %j", (text, expected) => {
    expect(normalize(text)).toBe(expected);
  });

  test.each([
    ["[citation needed]", "a bracket at the start stays unless it holds a number"],
    ["(closed)", "parentheses at the start stay"],
    ["f(x)", "parentheses need a space before them"],
    ["#1", "marks at the start stay"],
    ['say "so" and "so"', "quotation marks inside stay"],
  ])("%j stays: %s", (text) => {
    expect(normalize(text)).toBe(text);
  });

  test("the final period is removed once, and what it uncovers stays", () => {
    expect(normalize("Kestrel (b).")).toBe("kestrel (b)");
    expect(normalize('"Kestrel".')).toBe('"kestrel"');
  });

  test("white space is Python 2's: control separators count, zero-width marks do not", () => {
    expect(normalize("\u001ea\u0085b\u180e")).toBe("a b");
    expect(normalize("\ufeffa\u200b")).toBe("\ufeffa\u200b");
  });

  test("characters newer than Unicode 5.2 are carried through", () => {
    expect(normalize("\u2095")).toBe("\u2095");
    expect(normalize("x\u1ab0")).toBe("x\u1ab0");
    expect(normalize("\u13a0")).toBe("\u13a0");
  });

  test("normalising plain words twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9, ]*$/), (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }),
    );
  });

  test.each([
    ["[", "x"],
    ["[]", "x"],
    [" (a)", "x"],
    ["*", "x"],
    [' "', "x"],
    [" (", "x"],
  ])("a text that ends with %j a hundred thousand times is still read", (unit, start) => {
    expect(normalize(`${start}${unit.repeat(100_000)}`).startsWith(start)).toBe(true);
  });
});

describe("numbers and dates", () => {
  test.each([
    ["12", 12],
    [" +12. ", 12],
    ["- 12", -12],
    [".5", 0.5],
    ["1e3", 1000],
    ["００７", 7],
    ["٣٫", undefined],
    ["1,200", undefined],
    ["1_200", undefined],
    ["0x1f", undefined],
    ["12%", undefined],
    ["nan", undefined],
    ["1e999", undefined],
    ["3.9999995", 3],
    ["4.0000005", 4],
    ["4.00001", 4.00001],
    ["123456789012345678901", 123456789012345678901n],
    ["1998-xx-xx", 1998],
  ])("%j has the amount %s", (text, expected) => {
    const value = readValue(text);
    expect(value.type === "number" ? value.amount : undefined).toBe(expected);
  });

  test.each([
    ["1998-03-09", [1998, 3, 9]],
    ["xxxx-3-XX", [-1, 3, -1]],
    ["1998-02-31", [1998, 2, 31]],
    ["1998-13-01", undefined],
    ["1998-03", undefined],
    ["xx-xx-xx", undefined],
  ])("%j is the date %j", (text, expected) => {
    const value = readValue(text);
    expect(value.type === "date" ? value.ymd : undefined).toEqual(expected);
  });

  test("large integers are compared exactly", () => {
    expect(right(["9007199254740993"], ["9007199254740993.0"])).toBe(false);
    expect(right(["36893488147419103232"], ["36893488147419103232"])).toBe(true);
    expect(right(["36893488147419103232"], ["36893488147419103233"])).toBe(false);
  });

  test("every integer is its own amount, however it is padded", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(5), (integer, zeros) => {
        const sign = integer < 0n ? "-" : "";
        const magnitude = String(integer < 0n ? -integer : integer);
        const value = readValue(` ${sign}${"0".repeat(zeros)}${magnitude}\n`);
        expect(value.type === "number" && BigInt(value.amount)).toBe(integer);
      }),
    );
  });

  test("the canonical form gives the meaning, the raw one the text", () => {
    expect(right(["$2 million"], ["2000000"], ["2000000.0"])).toBe(true);
    expect(right(["$2 million"], ["$2 Million*"], ["2000000.0"])).toBe(true);
    expect(right(["$2 million"], ["2,000,000"], ["2000000.0"])).toBe(false);
    expect(right(["May 4"], ["xx-05-04"], ["xxxx-05-04"])).toBe(true);
    expect(right(["May 4"], ["2001-05-04"], ["xxxx-05-04"])).toBe(false);
  });
});

describe("answers as sets", () => {
  test("order and repetition do not count, extra and missing items do", () => {
    expect(right(["a", "b"], ["B", "a", "a."])).toBe(true);
    expect(right(["a", "b"], ["a"])).toBe(false);
    expect(right(["a"], ["a", "b"])).toBe(false);
    expect(right(["a"], ["a", ""])).toBe(false);
    expect(right(["a"], [])).toBe(false);
  });

  test("a number and the same text as a string are two items", () => {
    expect(right(["8"], ["8", "8*"])).toBe(false);
    expect(right(["oak"], ["oak", "oak*"])).toBe(true);
  });

  test("one prediction may answer two targets, but not the reverse", () => {
    expect(right(["0.25", "0.2500001"], ["0.25", "3"])).toBe(true);
    expect(right(["0.25", "3"], ["0.25", "0.2500001"])).toBe(false);
  });

  test("every answer matches itself, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 6 }),
        (items) => {
          expect(right(items, items)).toBe(true);
          expect(right(items, [...items].reverse())).toBe(true);
        },
      ),
    );
  });

  test("where the official evaluator stops, the answer is wrong and says so", () => {
    const task: Task = {
      id: "t",
      group: "g",
      input: {},
      reference: { target: ["5"], canon: null },
    };
    expect(grade(task, { items: ["9".repeat(400)] })).toEqual({
      kind: "graded",
      score: 0,
      passed: false,
      because: "the official evaluator stops: an integer is too large",
    });
  });
});

describe("fields of the files", () => {
  test("escapes are replaced one kind after the other", () => {
    expect(unescapeField("a\\pb\\nc")).toBe("a|b\nc");
    expect(unescapeField("a\\\\nb")).toBe("a\\\nb");
    expect(unescapeList("a|b\\pc|")).toEqual(["a", "b|c", ""]);
  });
});

describe("cases of the grade command", () => {
  test("a case is graded", () => {
    const line = { id: "q1", target: ["12 km"], canon: ["12.0"], prediction: ["12"] };
    expect(gradeCase(line, "cases.jsonl:1")).toEqual({
      id: "q1",
      passed: true,
      score: 1,
      because: "every item matches",
    });
    expect(gradeCase({ ...line, prediction: [] }, "cases.jsonl:1")).toMatchObject({
      passed: false,
      because: "expected 1 distinct item(s), got 0",
    });
  });

  test("fields beside those of a case are passed over", () => {
    const line = { id: "q", target: ["a"], prediction: ["a"], expected: true, source: "mine" };
    expect(gradeCase(line, "cases.jsonl:1").passed).toBe(true);
  });

  test("no items are expected where the target has none", () => {
    expect(gradeCase({ id: "q", target: [], prediction: [] }, "c:1").passed).toBe(true);
    expect(gradeCase({ id: "q", target: [], prediction: ["a"] }, "c:1").passed).toBe(false);
  });

  test.each([
    [{ id: "q", target: "a", prediction: [] }, "target"],
    [{ id: "q", target: ["a"] }, "prediction"],
    [{ id: "q", target: ["a"], prediction: ["a", 3] }, "prediction.1"],
    [{ id: "q", target: ["a"], canon: [], prediction: ["a"] }, "canon"],
    [{ target: ["a"], prediction: ["a"] }, "id"],
  ])("%j names the line and the field", (line, field) => {
    expect(() => gradeCase(line, "cases.jsonl:7")).toThrow(InputError);
    expect(() => gradeCase(line, "cases.jsonl:7")).toThrow(`cases.jsonl:7: ${field}: `);
  });
});
