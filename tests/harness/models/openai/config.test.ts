import { expect, test } from "vitest";
import { timeoutAfter } from "../../../../harness/models/openai/config.ts";

test("a call that hangs is cut after a minute, and has twice as long at every further attempt", () => {
  const seconds = [0, 1, 2, 3, 4, 9].map((failures) => timeoutAfter(failures, {}) / 1000);
  expect(seconds).toEqual([60, 120, 240, 480, 600, 600]);
});

test("a time that is given is given to every attempt", () => {
  expect([0, 3].map((failures) => timeoutAfter(failures, { timeoutMs: 5_000 }))).toEqual([
    5_000, 5_000,
  ]);
});
