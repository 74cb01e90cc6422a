import { describe, expect, test } from "vitest";
import { adviceOf, isSmooth, type Trial, trialText } from "../../scripts/lib/trial-advice.ts";

const trial = (change: Partial<Trial> = {}): Trial => ({
  domain: "math",
  protocol: "native",
  isTextual: true,
  outcome: "submitted",
  isByText: false,
  turns: 3,
  recovered: 0,
  verdict: "passed",
  ...change,
});

test("a trial is told in one clause", () => {
  expect(trialText(trial({ recovered: 2 }))).toBe(
    "math native submitted after 3 turns (calls in another form: 2), passed",
  );
  expect(trialText(trial({ isByText: true, verdict: "failed" }))).toBe(
    "math native stated its answer in the text after 3 turns, failed",
  );
});

test.each([
  [{}, true],
  [{ recovered: 1 }, false],
  [{ isByText: true }, false],
  [{ outcome: "repeated" }, false],
  [{ outcome: "refused" }, true],
])("whether an episode like %j went as it was asked to is %j", (change, smooth) => {
  expect(isSmooth(trial(change))).toBe(smooth);
});

describe("what suits a model", () => {
  test("is the protocol that gave no trouble", () => {
    expect(adviceOf([trial()], 12)[0]).toBe("protocol: native");
    const lost = trial({ outcome: "malformed-too-often" });
    expect(adviceOf([lost, trial({ protocol: "text" })], 12)[0]).toBe("protocol: text");
    expect(adviceOf([lost, { ...lost, protocol: "text" }], 12)[0]).toBe("protocol: native");
  });

  test("is no tool at all where it gets on with none and its answers are texts", () => {
    const lost = trial({ outcome: "repeated" });
    const sheet = trial({ domain: "spreadsheet", isTextual: false, outcome: "repeated" });
    expect(adviceOf([lost, trial({ isByText: true, protocol: "text" }), sheet], 12)).toContain(
      "interaction: direct for math",
    );
  });

  test("is as many turns and as long replies as it needs", () => {
    expect(adviceOf([trial()], 12)).toContain("agent.turns from 3 on");
    const cut = trial({ outcome: "cut-off" });
    expect(adviceOf([trial({ outcome: "out-of-turns" }), cut], 12)).toEqual(
      expect.arrayContaining(["agent.turns above 12", expect.stringMatching(/^longer replies/)]),
    );
  });
});
