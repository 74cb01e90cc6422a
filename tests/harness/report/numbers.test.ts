import fc from "fast-check";
import { expect, test } from "vitest";
import {
  counted,
  decimal,
  points,
  range,
  roundedFraction,
  roundedP,
  signedDecimal,
  signedPoints,
  wholePoints,
} from "../../../harness/report/numbers.ts";

test.each([
  [0, "0.0"],
  [1, "100.0"],
  [0.6125, "61.3"],
  [0.1235, "12.4"], // toFixed: 12.3, as 12.35 is a little less in binary
  [0.01005, "1.0"],
  [0.0005, "0.1"],
  [0.000499, "0.0"],
  [-0.0004, "0.0"], // toFixed: -0.0
  [-0.6125, "-61.3"],
  [2 / 3, "66.7"],
])("%s is %s percent", (fraction, text) => {
  expect(points(fraction)).toBe(text);
});

test("differences carry their sign, zero has none", () => {
  expect([0.051, -0.051, 0, 0.0004, -0.0004].map(signedPoints)).toEqual([
    "+5.1",
    "-5.1",
    "0.0",
    "0.0",
    "0.0",
  ]);
});

test("rising and falling by the same amount round to the same figure", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (fraction) => {
      expect(signedPoints(-fraction)).toBe(signedPoints(fraction).replace("+", "-"));
    }),
  );
});

test("fractions keep 6 decimals, p-values 6 digits", () => {
  expect(roundedFraction(1 / 3)).toBe(0.333333);
  expect(roundedFraction(0.0000005)).toBe(0.000001);
  expect(Object.is(roundedFraction(-1e-9), 0)).toBe(true);
  expect(roundedFraction(undefined)).toBeNull();
  expect([1, 0, 0.0009765625, 1 / 3, 1.23456789e-20, 0.99999999].map(roundedP)).toEqual([
    1, 0, 0.000976563, 0.333333, 1.23457e-20, 1,
  ]);
  expect(roundedP(undefined)).toBeNull();
});

test("ranges, shares and counts", () => {
  expect(range([-0.0123, 0.5])).toBe("[-1.2, 50.0]");
  expect([1, 0.958].map(wholePoints)).toEqual(["100", "95.8"]);
  expect([counted(1, "task"), counted(2, "task")]).toEqual(["1 task", "2 tasks"]);
});

test.each([
  [7.5, 2, "7.50"],
  [-0.84, 2, "-0.84"],
  [0.0093, 4, "0.0093"],
  [1.005, 2, "1.01"],
  [-0.004, 2, "0.00"],
  [12.5, 0, "13"],
  [0, 3, "0.000"],
])("%s with %i decimals is %s", (value, decimals, text) => {
  expect(decimal(value, decimals)).toBe(text);
});

test("a signed number has a plus where it rises, and zero none", () => {
  expect([1.62, -1.62, 0, 0.001].map((value) => signedDecimal(value, 2))).toEqual([
    ...["+1.62", "-1.62", "0.00", "0.00"],
  ]);
});
