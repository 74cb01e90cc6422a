import { describe, expect, test } from "vitest";
import { fillTemplate, templateReader } from "../../../../harness/models/rule-based/template.ts";

const template = "Add <a> to <b> (and <a> again).";

describe("a template", () => {
  test("is read from the very text that was written from it", () => {
    const slots = { a: "2 eggs", b: "the pan" };
    const text = fillTemplate(template, slots);
    expect(text).toBe("Add 2 eggs to the pan (and 2 eggs again).");
    expect(templateReader(template)(text)).toEqual(slots);
  });

  test("without slots is read as none", () => {
    expect(templateReader("Stir.")("Stir.")).toEqual({});
    expect(templateReader("Stir.")("Stir!")).toBeUndefined();
  });

  test("is not read where a slot that comes twice has other words the second time", () => {
    expect(templateReader(template)("Add 2 to 3 (and 4 again).")).toBeUndefined();
  });

  test("says what may stand in a slot", () => {
    const read = templateReader("Add <a>.", () => "\\d+");
    expect(read("Add 12.")).toEqual({ a: "12" });
    expect(read("Add it.")).toBeUndefined();
  });

  test("is not written without the words of a slot", () => {
    expect(() => fillTemplate(template, { a: "2" })).toThrow("nothing to write for <b>");
  });
});
