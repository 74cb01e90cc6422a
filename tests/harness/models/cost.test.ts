import { expect, test } from "vitest";
import { costOf, nothingSpent, plusReply } from "../../../harness/models/spent.ts";
import { said } from "../../support/models.ts";

const price = { input: 2, output: 8, cachedInput: 0.5 };
const spent = {
  calls: 3,
  inputTokens: 1_000_000,
  outputTokens: 500_000,
  unmetered: 0,
  retries: [],
};

test.each([
  ["a unit's account", spent, price, 6],
  ["one call's usage", { inputTokens: 1_000_000, outputTokens: 0 }, price, 2],
  [
    "usage with a cached part",
    { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 800_000 },
    price,
    0.8,
  ],
  [
    "a cached part without a price of its own",
    { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 800_000 },
    { input: 2, output: 8 },
    2,
  ],
  ["nothing spent", nothingSpent, price, 0],
  ["no price", spent, undefined, undefined],
  ["no usage", undefined, price, undefined],
  ["an account with unmetered calls", { ...spent, unmetered: 1 }, price, undefined],
])("the cost of %s", (_, of, at, expected) => {
  expect(costOf(of, at)).toBe(expected);
});

test("an account adds up replies, and counts those without usage apart", () => {
  const retried = { ...said("a"), retries: ["429"] };
  const unmetered = { ...said("b"), usage: undefined };
  expect([retried, unmetered, said("c")].reduce(plusReply, nothingSpent)).toEqual({
    calls: 3,
    inputTokens: 20,
    outputTokens: 10,
    unmetered: 1,
    retries: ["429"],
  });
});
