import { expect, test } from "vitest";
import type { Episode } from "../../../harness/contracts/index.ts";
import { endingResult } from "../../../harness/study/endings.ts";
import { armForm } from "../../../harness/study/table-facts.ts";

const episode = (change: Partial<Episode>): Episode => ({
  messages: [],
  outcome: { kind: "submitted", submission: "7" },
  turns: 1,
  spent: { calls: 1, inputTokens: 0, outputTokens: 0, unmetered: 0, retries: [] },
  elapsedMs: 0,
  ...change,
});

test("a row keeps how an episode ended, and what was understood from another form", () => {
  expect(endingResult(episode({}))).toEqual({ outcome: "submitted" });
  const outcome = { kind: "submitted", submission: "7", by: "text" } as const;
  expect(endingResult(episode({ outcome, recovered: { action: 2 } }))).toEqual({
    outcome: "submitted",
    by: "text",
    recovered: { action: 2 },
  });
});

test("an arm's episodes are counted by reasons of form, and no other outcome is one", () => {
  const ended = ["submitted", "repeated", "out-of-turns", "out-of-turns", "refused", "broken"];
  const results = [
    ...ended.map((outcome) => ({ outcome, recovered: { action: 1 } })),
    { outcome: "submitted", by: "text" },
  ];
  expect(armForm(results)).toEqual({
    episodes: 7,
    ended: { "out-of-turns": 2, repeated: 1 },
    byText: 1,
    recovered: { action: 6 },
  });
});
