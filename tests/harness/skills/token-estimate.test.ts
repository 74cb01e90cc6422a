import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateTokens } from "../../../harness/skills/token-estimate.ts";

test.each([
  ["", 0],
  ["Read the table first.", 5],
  ["internationalisation", 4],
  ["1234567", 3],
  ["a\n\n\nb", 3],
  ["----------------", 4],
  ["    x", 2],
  ["表を読む", 4],
])("%j costs %d", (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test("more text never costs less, and none costs more than a token a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      expect(estimateTokens(`${a}\n${b}`)).toBeGreaterThanOrEqual(estimateTokens(a));
      expect(estimateTokens(a)).toBeLessThanOrEqual([...a].length);
    }),
  );
});
