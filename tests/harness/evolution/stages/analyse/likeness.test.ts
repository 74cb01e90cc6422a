import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { likenessOf, numberIn } from "../../../../../harness/evolution/stages/analyse/likeness.ts";

describe("how two items are alike", () => {
  test.each([
    ["New  York", "New York", "form", "equal but for white space"],
    ["new york", "New York", "form", "equal but for case"],
    ["“New York”.", "New York", "form", "equal but for punctuation or accents"],
    ["Malaga", "Málaga", "form", "equal but for punctuation or accents"],
    ["1,204", "1204", "form", "the same number in another format"],
    ["12.50", "12.5", "form", "the same number in another format"],
    ["$1,500", "1500", "form", "the same number in another format"],
    ["45%", "0.45", "form", "the same number in another format"],
    ["3 games", "3", "around", "the expected item with more text around it"],
    ["Kenya", "Kenya (KEN)", "around", "a part of the expected item"],
    ["7", "8", "number", "smaller by 1"],
    ["1,001", "1000", "number", "larger by 1"],
    ["-12", "12", "number", "the same number with the other sign"],
    ["4500", "45", "number", "100 times as large"],
    ["0.045", "45", "number", "1000 times as small"],
    ["7.7742", "7.8", "number", "equal when rounded to 1 places"],
  ])("%s for %s", (given, expected, kind, how) => {
    expect(likenessOf(given, expected)).toEqual({ kind, how });
  });

  test.each([
    ["Kenya", "Peru"],
    ["2014", "1997"],
    ["10", "100.5"],
    ["-", "+"],
    ["13", "3"],
    ["cat", "category"],
  ])("%s has nothing in common with %s", (given, expected) => {
    expect(likenessOf(given, expected)).toBeUndefined();
  });

  test("the sign of a number is no punctuation", () => {
    expect(likenessOf("-5", "5")?.kind).toBe("number");
  });

  test.each([
    ["1,234.5", 1234.5],
    [" 12 %", 0.12],
    ["−3", -3],
    [".5", 0.5],
    ["1,23", undefined],
    ["12 km", undefined],
    ["", undefined],
    ["-", undefined],
  ])("the number in %j is %s", (text, value) => {
    expect(numberIn(text)).toBe(value);
  });

  test("never throws, and a likeness of form holds both ways", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const isForm = likenessOf(a, b)?.kind === "form";
        expect(likenessOf(b, a)?.kind === "form").toBe(isForm);
      }),
    );
  });
});
