import { expect, test } from "vitest";
import { Pace } from "../../../../harness/models/openai/pace.ts";
import { workOf } from "../../../../harness/models/wrappers/work.ts";

const usage = (outputTokens: number, inputTokens = 0, cachedInputTokens = 0) => ({
  inputTokens,
  outputTokens,
  cachedInputTokens,
});

function paceAfter(
  seen: readonly (readonly [seconds: number, ...Parameters<typeof usage>])[],
  config: ConstructorParameters<typeof Pace>[0] = {},
) {
  const pace = new Pace(config);
  for (const [seconds, ...tokens] of seen) {
    const used = usage(...tokens);
    pace.answered(seconds * 1000, used, workOf(used));
  }
  return pace;
}

test("an endpoint of which nothing is known has ten minutes", () => {
  expect(paceAfter([]).timeoutMs()).toBe(600_000);
});

test("a time that is given is given to every attempt, whatever was seen", () => {
  const pace = paceAfter([[900, 100]], { timeoutMs: 5000 });
  expect([0, 3].map((failures) => pace.timeoutMs(failures))).toEqual([5000, 5000]);
  expect(paceAfter([], { timeoutMs: 500.4 }).timeoutMs()).toBe(501);
});

test("a call has four times what a long reply takes at the pace that was seen", () => {
  // 0.1 s a token, and a long reply has 4096 of them.
  expect(paceAfter([[10, 100]]).timeoutMs()).toBe(Math.ceil(4096 * 100 * 4));
});

test("what is read counts a tenth, and what is cached nothing", () => {
  const written = paceAfter([[10, 100]]).timeoutMs();
  expect(paceAfter([[10, 50, 500]]).timeoutMs()).toBe(written);
  expect(paceAfter([[10, 50, 2500, 2000]]).timeoutMs()).toBe(written);
});

test("a model that may not write as much, or has written more, has its own long reply", () => {
  const seen = [[10, 100]] as const;
  expect(paceAfter(seen, { params: { max_tokens: 1000 } }).timeoutMs()).toBe(400_000);
  expect(paceAfter(seen, { extraBody: { n_predict: 1000 } }).timeoutMs()).toBe(400_000);
  expect(paceAfter([[800, 8000]]).timeoutMs()).toBe(3_200_000);
});

test("a fast endpoint has a minute all the same, and none has more than an hour", () => {
  expect(paceAfter([[1, 1000]]).timeoutMs()).toBe(60_000);
  expect(paceAfter([[100, 10]]).timeoutMs()).toBe(3_600_000);
});

test("every further attempt has twice as long, up to an hour", () => {
  const pace = paceAfter([[1, 1000]]);
  expect([0, 1, 2, 9].map((failures) => pace.timeoutMs(failures) / 1000)).toEqual([
    60, 120, 240, 3600,
  ]);
});

test("an endpoint that gets slower has more time after a few calls", () => {
  const slower = Array.from({ length: 10 }, () => [100, 100] as const);
  const before = paceAfter([[10, 1000]]).timeoutMs();
  expect(paceAfter([[10, 1000], ...slower]).timeoutMs()).toBeGreaterThan(before * 20);
});
