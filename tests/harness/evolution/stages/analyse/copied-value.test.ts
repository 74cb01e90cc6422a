import { describe, expect, test } from "vitest";
import {
  isCopied,
  longValueIn,
  shortValueVariants,
  valueAdvised,
} from "../../../../../harness/evolution/stages/analyse/copied-value.ts";

const about = (items: readonly string[], prompt = "which one?") => ({ items, prompt });

describe("a long value of the reference", () => {
  test.each([
    ["echo Kenya", ["Kenya"], "Kenya"],
    ['echo "Ke""nya"', ["Kenya"], "Kenya"],
    ["echo 1234", ["1,234"], "1,234"],
    ["grep kenyan t", ["Kenya"], undefined],
    ["echo 7", ["7"], undefined],
  ])("in %s of %j is %s", (command, items, found) => {
    expect(longValueIn(command, about(items))).toBe(found);
  });

  test("may be named where the task's own prompt names it", () => {
    expect(longValueIn("grep Kenya t", about(["Kenya"], "Kenya or Peru?"))).toBeUndefined();
  });
});

describe("a short value of the reference", () => {
  const copiedBy = (command: string, item: string, run: (command: string) => unknown) =>
    shortValueVariants(command, about([item])).some((variant) =>
      isCopied(
        variant,
        { items: [run(command)] } as never,
        {
          items: [run(variant.command)],
        } as never,
      ),
    );

  test("is copied where the answer is whatever stands in its place", () => {
    const echo = (command: string) => /echo "?([\w%]+)"?/.exec(command)?.[1] ?? "";
    expect(copiedBy("echo 7", "7", echo)).toBe(true);
    expect(copiedBy("[ -s t ] && echo 7", "7", echo)).toBe(true);
    expect(copiedBy('echo "No"', "No", echo)).toBe(true);
    expect(copiedBy("echo 5%", "5%", echo)).toBe(true);
  });

  test("is honest where it points at the answer: a column, a bound, a separator", () => {
    const rows = ["x,2,9", "y,2,1", "z,3,4"].map((line) => line.split(","));
    const column = (command: string) =>
      rows[0]?.[Number(/\$(\d+)/.exec(command)?.[1] ?? 0) - 1] ?? "";
    expect(copiedBy("awk '{print $2}'", "2", column)).toBe(false);
    const count = (command: string) =>
      String(rows.filter((row) => row[1] === /"(\w+)"/.exec(command)?.[1]).length);
    expect(copiedBy("awk '$2==\"2\"{n++} END{print n}'", "2", count)).toBe(false);
  });

  test("is found at each of its mentions alone", () => {
    const copied = (command: string) =>
      /NR==2\b/.test(command) ? (/print (\d+)/.exec(command)?.[1] ?? "") : "";
    expect(copiedBy("awk 'NR==2{print 2}'", "2", copied)).toBe(true);
  });

  test("has no variant where it is not mentioned, and few where it is mentioned often", () => {
    expect(shortValueVariants("cut -f12 t", about(["2"]))).toEqual([]);
    expect(shortValueVariants("2 ".repeat(100), about(["2"])).length).toBeLessThanOrEqual(16);
    expect(shortValueVariants("echo %", about(["%"]))).toEqual([]);
    expect(shortValueVariants("echo 2", about(["2"], "2 or 3?"))).toEqual([]);
  });

  test("answers that did not change, or changed elsewhere, are no copy", () => {
    const variant = { item: "2", other: "90817", command: "" };
    expect(isCopied(variant, { items: ["2"] }, { items: ["2"] })).toBe(false);
    expect(isCopied(variant, { items: ["2"] }, { items: ["4"] })).toBe(false);
    expect(isCopied(variant, { items: ["2", "5"] }, { items: ["90817", "6"] })).toBe(false);
    expect(isCopied(variant, { items: ["2"] }, { items: [] })).toBe(false);
    expect(isCopied(variant, { answer: "x = 2" }, { answer: "x = 90817" })).toBe(true);
    expect(isCopied(variant, { n: 2, kept: true }, { n: 90817, kept: true })).toBe(true);
  });
});

describe("what advice gives away", () => {
  test.each([
    ["The total stands in the last row: 1,284.", ["1,284"], "1,284"],
    ["Write 1284 without a comma.", ["1,284"], "1,284"],
    ["Count again; there are 7.", ["7"], "7"],
    ["Submit exactly no.", ["No"], "No"],
    ['Reply with "B".', ["B"], "B"],
    ["The answer is option B.", ["B"], "B"],
    ["There is no second page, so read the footer.", ["No"], undefined],
    ["Look at the header of a column before you take its value.", ["A"], undefined],
    ["Read the unit of the axis.", ["42"], undefined],
  ])("%s with %j: %s", (advice, items, found) => {
    expect(valueAdvised(advice, about(items))).toBe(found);
  });

  test("a value that the prompt names may be spoken of and not handed over", () => {
    const either = about(["red"], "Is the bar red or blue?");
    expect(valueAdvised("Compare the red bar with the blue one.", either)).toBeUndefined();
    expect(valueAdvised("The right answer is red.", either)).toBe("red");
  });
});
