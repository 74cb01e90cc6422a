import { describe, expect, test } from "vitest";
import { runDirectEpisode } from "../../../harness/agent/direct-episode.ts";
import { ModelFault } from "../../../harness/errors.ts";
import { leapingClock, type Step, said, scriptedModel } from "../../support/models.ts";

const opening = [
  { role: "system", text: "Add." },
  { role: "user", text: "1 + 1" },
] as const;
const answerIn = (reply: string) => /Answer: (.*)/.exec(reply)?.[1];

async function play(step: Step, protocol: "native" | "text" = "native") {
  const model = scriptedModel([step], protocol);
  const at = { unit: "u", seed: 41, signal: new AbortController().signal };
  const episode = await runDirectEpisode(opening, { model, clock: leapingClock(), answerIn }, at);
  return { episode, asked: model.asked };
}

describe("a direct episode", () => {
  test.each(["native", "text"] as const)(
    "is one call without tools, whatever the protocol (%s)",
    async (protocol) => {
      const { episode, asked } = await play(said("One and one.\nAnswer: 2"), protocol);
      expect(asked.map(({ request }) => request)).toEqual([
        { messages: opening, tools: [], seed: 41 },
      ]);
      expect(episode.outcome).toEqual({ kind: "submitted", submission: "2" });
      expect(episode.messages.at(-1)).toEqual({
        role: "assistant",
        text: "One and one.\nAnswer: 2",
        calls: [],
      });
      expect(episode).toMatchObject({ turns: 1, spent: { calls: 1, inputTokens: 10 } });
    },
  );

  const malformed = {
    usage: undefined,
    retries: [],
    kind: "malformed",
    problem: "bad JSON",
  } as const;
  test.each<[string, Step, object]>([
    ["that states no answer has none", said("It is 2."), { kind: "no-answer" }],
    [
      "that was cut off before its answer says so",
      said("First", [], "length"),
      { kind: "cut-off" },
    ],
    [
      "that goes on and on after its answer has one",
      said("Answer: 2\nand so on", [], "length"),
      { kind: "submitted", submission: "2" },
    ],
    [
      "is read without its thinking",
      said("<think>Answer: 3</think>Answer: 2"),
      { kind: "submitted", submission: "2" },
    ],
    [
      "whose thinking never ends states nothing",
      said("<think>Answer: 3", [], "length"),
      { kind: "cut-off" },
    ],
    [
      "that could not be parsed is read as text",
      { ...malformed, raw: "Answer: 2" },
      { kind: "submitted", submission: "2" },
    ],
    [
      "that refuses is a refusal",
      { usage: undefined, retries: [], kind: "refused", text: "No." },
      { kind: "refused" },
    ],
    [
      "that never comes, since the prompt is too long, is the episode's outcome",
      new ModelFault({ kind: "context-length", message: "too long" }),
      { kind: "context-exceeded" },
    ],
    [
      "that never comes, since the endpoint broke, is nobody's fault",
      new Error("gone"),
      { kind: "broken", where: "model", error: "gone" },
    ],
  ])("a reply %s", async (_, step, outcome) => {
    expect((await play(step)).episode.outcome).toEqual(outcome);
  });

  test("ends the study where no model will ever answer", async () => {
    await expect(play(new ModelFault({ kind: "permanent", message: "wrong key" }))).rejects.toThrow(
      "wrong key",
    );
  });
});
