import fc from "fast-check";
import { expect, test } from "vitest";
import { dayNumber, isoDay } from "../../../domains/shared/calendar.ts";
import type { CellValue } from "../../../domains/spreadsheet/grading/cell-value.ts";
import { sameCell, transformed } from "../../../domains/spreadsheet/grading/compare/cell-rule.ts";
import { taskScores } from "../../../domains/spreadsheet/grading/grade.ts";
import {
  pythonFloat,
  pythonInt,
  round2,
  roundHalfEven,
} from "../../../domains/spreadsheet/grading/python-number.ts";

const moment = (year: number, month: number, date: number, hours = 0): CellValue => ({
  kind: "datetime",
  day: dayNumber(year, month, date) ?? 0,
  microseconds: hours * 3.6e9,
});
const time = (hours: number, minutes: number, seconds = 0): CellValue => ({
  kind: "time",
  microseconds: (hours * 3600 + minutes * 60 + seconds) * 1e6,
});

test.each<[string, CellValue, CellValue, boolean]>([
  ["nothing and the empty text", null, "", true],
  ["nothing and a space", null, " ", false],
  ["nothing and zero", null, 0n, false],
  ["numbers that round to the same hundredth", 0.001, 0.004, true],
  ["numbers on both sides of a half", 1.004, 1.006, false],
  ["a number and its text", 5n, " 5.0 ", true],
  ["true and one", true, 1n, true],
  ["true and its name", true, "TRUE", false],
  ["texts in another case", "a", "A", false],
  ["a number with a thousands comma", 1000n, "1,000", false],
  ["infinities by name", "inf", "Infinity", true],
  ["nan and itself", "nan", "nan", false],
  ["a day and its serial", moment(2020, 1, 1), 43831n, true],
  ["a day and its serial with a fraction", moment(2020, 1, 1), 43831.25, false],
  ["a day and its name", moment(2020, 1, 1), "2020-01-01", false],
  ["an afternoon and the next midnight", moment(2020, 1, 1, 13), moment(2020, 1, 2), true],
  ["noon of an odd day and the next", moment(2020, 1, 1, 12), 43832n, true],
  ["noon of an even day and that day", moment(2020, 1, 2, 12), 43832n, true],
  ["a time and its minute", time(10, 30, 45), "10:30", true],
  ["a time and its name with seconds", time(10, 30), "10:30:00", false],
  ["a date and the same date", { kind: "date", day: 1 }, { kind: "date", day: 1 }, true],
  ["a date and its moment", { kind: "date", day: 0 }, moment(1970, 1, 1), false],
  [
    "equal durations",
    { kind: "timedelta", days: 1, microseconds: 0 },
    { kind: "timedelta", days: 1, microseconds: 0 },
    true,
  ],
  ["a duration and its days", { kind: "timedelta", days: 1, microseconds: 0 }, 1n, false],
])("%s: the same? %4$s", (_, one, other, same) => {
  expect(sameCell(one, other)).toBe(same);
  expect(sameCell(other, one)).toBe(same);
});

test("an integer that no float can hold raises, as in Python", () => {
  expect(transformed(10n ** 308n)).toBe(1e308);
  expect(() => transformed(10n ** 309n)).toThrow("int too large to convert to float");
});

test.each([
  [0.125, 0.12],
  [0.375, 0.38],
  [0.625, 0.62],
  [-0.125, -0.12],
  [1234567890123.125, 1234567890123.12],
  [2.675, 2.67],
  [1.005, 1],
  [0.285, 0.28],
  [1e22, 1e22],
  [5e-324, 0],
])("%d rounds to %d", (value, rounded) => {
  expect(round2(value)).toBe(rounded);
});

test("rounding to two decimals takes the hundredth nearest to the exact binary value", () => {
  const finite = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((eighths) => eighths / 8),
    fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((thousandths) => thousandths / 1000),
  );
  fc.assert(
    fc.property(finite, (value) => {
      // Exact rationals: a double is an integer over a power of two.
      const scale = 2n ** 1074n;
      const exact = exactly(value, scale) * 100n;
      const half = scale / 2n;
      const floor = (exact - (((exact % scale) + scale) % scale)) / scale;
      const above = exact - floor * scale;
      const up = above > half || (above === half && floor % 2n !== 0n);
      expect(round2(value) + 0).toBe(Number(floor + (up ? 1n : 0n)) / 100 + 0);
    }),
  );
});

function exactly(value: number, scale: bigint): bigint {
  let [whole, exponent] = [value, 0];
  while (!Number.isInteger(whole)) {
    whole *= 2;
    exponent++;
  }
  return (BigInt(whole) * scale) / 2n ** BigInt(exponent);
}

test("halves go to the even neighbour", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6].map((value) => roundHalfEven(value) + 0)).toEqual([
    0, 2, 2, 0, -2, 2, 3,
  ]);
});

test("Python's float and int read what they read there", () => {
  const floats = [
    "1_000",
    "1__0",
    "_1",
    "5.",
    ".5",
    "+5",
    "1e3",
    "0x10",
    "5 5",
    "٥",
    "\u00a05",
    "\x1f5",
  ];
  expect(floats.map(pythonFloat)).toEqual([
    ...[1000, undefined, undefined, 5, 0.5, 5, 1000, undefined, undefined, 5, 5],
    // Separators are white space for texts beyond ASCII alone.
    undefined,
  ]);
  expect(["\x1f٥", " 12 ", "-3", "1.0", "", "9".repeat(4301)].map(pythonInt)).toEqual([
    ...[5n, 12n, -3n],
    ...[undefined, undefined, undefined],
  ]);
});

test("days and dates are each other's inverse over all years there are", () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      const [year = 0, month = 0, date = 0] = isoDay(day).split("-").map(Number);
      expect(dayNumber(year, month, date)).toBe(day);
    }),
  );
});

test("soft is the share of cases that pass, hard whether all do", () => {
  expect(taskScores([true, false, true, true])).toEqual({ soft: 0.75, hard: 0 });
  expect(taskScores([true])).toEqual({ soft: 1, hard: 1 });
});
