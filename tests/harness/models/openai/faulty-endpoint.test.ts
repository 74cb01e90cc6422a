import { afterEach, describe, expect, test } from "vitest";
import { runEpisode } from "../../../../harness/agent/loop.ts";
import type { Tool } from "../../../../harness/contracts/index.ts";
import { openEndpoint } from "../../../../harness/models/openai/model.ts";
import {
  type Answer,
  type Endpoint,
  type Received,
  startEndpoint,
} from "../../../support/endpoint.ts";
import { leapingClock } from "../../../support/models.ts";

const opened: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of opened.splice(0)) await endpoint.close();
});

/** What a model says, decided by the conversation alone, as by a server at temperature 0. */
function script({ body }: Received): Answer {
  switch (body.messages.length) {
    case 2:
      return {
        kind: "say",
        text: "look",
        calls: [{ id: "a", name: "look", arguments: '{"at":"rows"}' }],
      };
    case 4:
      return { kind: "say", calls: [{ id: "b", name: "look", arguments: '{"at":"columns"}' }] };
    default:
      return { kind: "say", calls: [{ id: "c", name: "submit", arguments: '{"answer":"7"}' }] };
  }
}

const tools: Tool[] = [
  {
    spec: { name: "look", description: "Looks.", parameters: { type: "object" } },
    run: async ({ at }) => ({ kind: "observation", text: `seen ${at}` }),
  },
  {
    spec: { name: "submit", description: "Submits.", parameters: { type: "object" } },
    run: async ({ answer }) => ({ kind: "end", submission: answer ?? null }),
  },
];

async function episodeAt(answer: (request: Received, n: number) => Answer) {
  const endpoint = await startEndpoint({ answer });
  opened.push(endpoint);
  const clock = leapingClock();
  const config = {
    provider: "openai",
    name: "test-model",
    baseURL: endpoint.url,
    timeoutMs: 100,
  } as const;
  const model = openEndpoint(config, { clock });
  const episode = await runEpisode(
    [
      { role: "system", text: "S" },
      { role: "user", text: "Q" },
    ],
    { model, tools, clock },
    { turns: 5, observationChars: 1000, malformed: 2, minutes: 1 },
    { unit: "u", seed: 41, signal: new AbortController().signal },
  );
  return { episode, clock };
}

const faults: Readonly<Record<string, Answer>> = {
  "429": { kind: "status", status: 429 },
  "429 with Retry-After": { kind: "status", status: 429, headers: { "retry-after": "30" } },
  "500": { kind: "status", status: 500 },
  "an HTML error page": {
    kind: "status",
    status: 502,
    error: "<html><body>Bad gateway</body></html>",
  },
  "a cut connection": { kind: "cut" },
  "a reset connection": { kind: "reset" },
  "truncated JSON": { kind: "body", body: '{"choices":[{"message":{"role":"assi' },
  "an empty body": { kind: "body", body: "" },
  "empty choices": { kind: "body", body: '{"choices":[]}' },
  "a hang": { kind: "hang" },
  "a hang in the middle of a body": { kind: "stall" },
};

describe("an episode at an endpoint that fails", () => {
  test.each(Object.entries(faults))(
    "with %s is the episode of a clean endpoint, and its retries are recorded",
    async (_, fault) => {
      const clean = await episodeAt(script);
      const faulty = await episodeAt((request, n) => (n % 2 === 0 ? fault : script(request)));
      expect(faulty.episode.messages).toEqual(clean.episode.messages);
      expect(faulty.episode.outcome).toEqual({ kind: "submitted", submission: "7" });
      expect(clean.episode.spent.retries).toEqual([]);
      expect(faulty.episode.spent.retries).toHaveLength(3);
      expect({ ...faulty.episode.spent, retries: [] }).toEqual(clean.episode.spent);
    },
  );

  test("waits as long as it is asked to, which is not the agent's time", async () => {
    const retryAfter = faults["429 with Retry-After"] as Answer;
    const { clock, episode } = await episodeAt((request, n) =>
      n % 2 === 0 ? retryAfter : script(request),
    );
    expect(clock.slept.every((ms) => ms >= 30_000)).toBe(true);
    expect(episode.elapsedMs).toBeGreaterThan(60_000);
    expect(episode.outcome.kind).toBe("submitted");
  });

  test("for good is broken, never a wrong answer", async () => {
    const { episode } = await episodeAt(() => ({ kind: "status", status: 500 }));
    expect(episode.outcome).toMatchObject({
      kind: "broken",
      where: "model",
      error: expect.stringMatching(/answered 500.*given up after \d+ attempts/),
    });
  });

  test.each([
    ["key", 401],
    ["model", 404],
    ["request", 400],
  ])("with a wrong %s stops the study", async (_, status) => {
    await expect(episodeAt(() => ({ kind: "status", status }))).rejects.toMatchObject({
      kind: "permanent",
      status,
    });
  });

  test("by being too long for it is an outcome", async () => {
    const error = { error: { message: "too long", code: "context_length_exceeded" } };
    const { episode } = await episodeAt(() => ({ kind: "status", status: 400, error }));
    expect(episode.outcome).toEqual({ kind: "context-exceeded" });
  });
});
