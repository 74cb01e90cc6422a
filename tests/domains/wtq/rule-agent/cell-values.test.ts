import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../../../domains/shared/csv.ts";
import {
  bareNumber,
  dateIn,
  isBlank,
  looseNumber,
} from "../../../../domains/wtq/rule-agent/engine/cell-values.ts";

describe("looseNumber", () => {
  it.each([
    ["14,749", 14749],
    ["$1.56 million", 1560000],
    ["€ 20", 20],
    ["12%", 12],
    ["3-1", 3],
    ["4th", 4],
    ["T-5", 5],
    ["1:23.5", 83.5],
    ["1:02:03", 3723],
    ["9,800[2] people", 9800],
    ["−7", -7],
    [".500", 0.5],
  ])("%s", (cell, value) => expect(looseNumber(cell)).toBe(value));

  it.each(["", "Norway", "a street with 5 houses and many more of them", "—"])(
    "%s is none",
    (cell) => {
      expect(looseNumber(cell)).toBeUndefined();
    },
  );
});

it("bareNumber takes digits alone", () => {
  expect(["12", "-3.5", "1,204", "5 km", ""].map(bareNumber)).toEqual([
    12,
    -3.5,
    undefined,
    undefined,
    undefined,
  ]);
});

describe("dateIn", () => {
  it.each([
    ["8 November 1986", [1986, 11, 8]],
    ["November 8, 1986", [1986, 11, 8]],
    ["1986-11-08", [1986, 11, 8]],
    ["Sunday, May 3rd, 2004", [2004, 5, 3]],
    ["25/12/1999", [1999, 12, 25]],
    ["January 2014", [2014, 1, 0]],
    ["June 20", [0, 6, 20]],
    ["2001–02", [2001, 0, 0]],
  ])("%s", (cell, [year, month, day]) => expect(dateIn(cell)).toEqual({ year, month, day }));

  it("finds none in words", () => expect(dateIn("the march of the 5 penguins")).toBeUndefined());
});

it("isBlank knows the ways to say nothing", () => {
  expect(["", "—", "-", "n/a", "N/A", "?", "none"].every(isBlank)).toBe(true);
  expect(["0", "no", "a-b"].some(isBlank)).toBe(false);
});

describe("parseCsv", () => {
  it("reads back whatever is written as RFC 4180", () => {
    const cell = fc.string({ unit: "grapheme" }).map((text) => text.replace(/\r/g, ""));
    const rows = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(rows, (records) => {
        const text = records
          .map((record) => record.map((one) => `"${one.replace(/"/g, '""')}"`).join(","))
          .join("\r\n");
        expect(parseCsv(text)).toEqual(records);
      }),
    );
  });
});
