import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trimObservation } from "../../../harness/agent/tools.ts";

const note = /\n\[\.\.\. (\d+) characters left out \.\.\.\]\n/;

describe("trimObservation", () => {
  test("leaves alone what fits", () => {
    expect(trimObservation("abcdef", 6)).toBe("abcdef");
  });

  test("keeps beginning and end, and counts what lies between", () => {
    expect(trimObservation("abcdefghij", 4)).toBe("ab\n[... 6 characters left out ...]\nij");
  });

  test("cuts no surrogate pair, at either side", () => {
    expect(trimObservation("a😀bcdefg😀h", 5)).toBe("a😀\n[... 8 characters left out ...]\nh");
    expect(trimObservation("ab😀cdef😀g", 5)).toBe("ab\n[... 8 characters left out ...]\ng");
  });

  test("for any text: kept and counted add up, nothing is cut in two, the limit holds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.integer({ min: 1, max: 100 }),
        (text, limit) => {
          const trimmed = trimObservation(text, limit);
          if (text.length <= limit) return trimmed === text;
          const [whole = "", count = ""] = note.exec(trimmed) ?? [];
          const kept = trimmed.length - whole.length;
          const [head = "", tail = ""] = trimmed.split(whole);
          return (
            kept <= limit &&
            kept + Number(count) === text.length &&
            text.startsWith(head) &&
            text.endsWith(tail) &&
            !/\p{Surrogate}/u.test(trimmed)
          );
        },
      ),
    );
  });
});
