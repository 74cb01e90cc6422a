import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runEpisode } from "../../../harness/agent/loop.ts";
import type {
  Message,
  Model,
  ModelRequest,
  Reply,
  Tool,
} from "../../../harness/contracts/index.ts";
import { ModelFault } from "../../../harness/errors.ts";
import { declaredEndpoint } from "../../../harness/models/openai/provider.ts";
import { type ModelRoom, openModels } from "../../../harness/models/registry.ts";
import { type Answer, type Endpoint, startEndpoint } from "../../support/endpoint.ts";
import { callContext, leapingClock, said, scriptedModel } from "../../support/models.ts";

const lookText = 'I look.\nAction: {"name": "look", "arguments": {"at": "rows"}}';
const submitText = 'Action: {"name": "submit", "arguments": {"answer": "7"}}';
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
const opening: readonly Message[] = [
  { role: "system", text: "S" },
  { role: "user", text: "Q" },
];
const tooLong: ModelRequest = {
  seed: 1,
  tools: [],
  messages: [{ role: "user", text: "too long" }],
};

/** What every model under test says: a look, then a submission; a certain question is too long. */
function endpointAnswer(messages: readonly { content: unknown }[], native: boolean): Answer {
  if (messages[0]?.content === "too long") {
    const error = { error: { message: "too long", code: "context_length_exceeded" } };
    return { kind: "status", status: 400, error };
  }
  const first = messages.length === 2;
  if (!native) return { kind: "say", text: first ? lookText : submitText };
  const call = first
    ? { id: "a", name: "look", arguments: '{"at":"rows"}' }
    : { id: "b", name: "submit", arguments: '{"answer":"7"}' };
  return { kind: "say", text: first ? "I look." : "", calls: [call] };
}

function fakeAnswer({ messages }: ModelRequest): Reply | Error {
  if (messages[0]?.text === "too long")
    return new ModelFault({ kind: "context-length", message: "too long" });
  return messages.length === 2
    ? said("I look.", [{ id: "a", name: "look", arguments: { at: "rows" } }])
    : said("", [{ id: "b", name: "submit", arguments: { answer: "7" } }]);
}

let directory = "";
const endpoints: Endpoint[] = [];
const rooms: ModelRoom[] = [];
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "contract-"));
});
afterAll(async () => {
  for (const room of rooms) await room.close();
  for (const endpoint of endpoints) await endpoint.close();
  await rm(directory, { recursive: true });
});

async function overEndpoint(
  protocol: Model["protocol"],
  tapes: { record?: string; replay?: string } = {},
  url?: string,
) {
  let baseURL = url;
  if (baseURL === undefined) {
    const answer = ({ body }: { body: { messages: { content: unknown }[] } }) =>
      endpointAnswer(body.messages, protocol === "native");
    const endpoint = await startEndpoint({ answer });
    endpoints.push(endpoint);
    baseURL = endpoint.url;
  }
  const config = { provider: "openai", name: "test-model", baseURL, protocol } as const;
  const declared = new Map([["m", declaredEndpoint(config)]]);
  const room = await openModels(declared, { clock: leapingClock() }, tapes);
  rooms.push(room);
  return { model: room.models.get("m") as Model, url: baseURL, close: () => room.close() };
}

const makers: Readonly<Record<string, () => Promise<Model>>> = {
  "openai, native tool calls": async () => (await overEndpoint("native")).model,
  "openai, text protocol": async () => (await overEndpoint("text")).model,
  replay: async () => {
    const tape = await mkdtemp(path.join(directory, "tape-"));
    const recording = await overEndpoint("native", { record: tape });
    await episodeOf(recording.model);
    await recording.model.complete(tooLong, callContext(0, "long")).catch(() => undefined);
    await recording.close();
    rooms.pop();
    return (await overEndpoint("native", { replay: tape }, recording.url)).model;
  },
  "a scripted fake": async () => scriptedModel(Array.from({ length: 9 }, () => fakeAnswer)),
};

function episodeOf(model: Model, signal = new AbortController().signal) {
  const limits = { turns: 5, observationChars: 1000, malformed: 2 };
  return runEpisode(opening, { model, tools, clock: leapingClock() }, limits, {
    unit: "u",
    seed: 41,
    signal,
  });
}

describe.each(Object.entries(makers))("a model: %s", (_, make) => {
  test("plays an episode: acts, sees what came of it, submits", async () => {
    const episode = await episodeOf(await make());
    expect(episode.outcome).toEqual({ kind: "submitted", submission: "7" });
    expect(episode.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "tool",
      "assistant",
    ]);
    expect(episode.messages[3]).toMatchObject({ text: "seen rows" });
    expect(episode).toMatchObject({
      turns: 2,
      spent: { calls: 2, inputTokens: 20, outputTokens: 10, unmetered: 0 },
    });
  });

  test("says that a conversation is too long with a fault of that kind", async () => {
    const call = (await make()).complete(tooLong, callContext(0, "long"));
    await expect(call).rejects.toMatchObject({ kind: "context-length" });
  });

  test("has an identity that is JSON and a label", async () => {
    const { identity, label } = await make();
    expect(JSON.parse(JSON.stringify(identity))).toEqual(identity);
    expect(label).not.toBe("");
  });

  test("is not asked once the signal is aborted", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(episodeOf(await make(), stopped)).rejects.toThrow("stopped");
  });
});
