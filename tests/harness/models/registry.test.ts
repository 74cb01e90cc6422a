import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Model } from "../../../harness/contracts/index.ts";
import type { ModelConfig } from "../../../harness/models/openai/config.ts";
import {
  type CreateDeps,
  createModelRoom,
  type ModelRoom,
} from "../../../harness/models/registry.ts";
import { type Endpoint, startEndpoint } from "../../support/endpoint.ts";
import { askFor, callContext, leapingClock } from "../../support/models.ts";

let endpoint: Endpoint;
let directory = "";
const rooms: ModelRoom[] = [];
beforeEach(async () => {
  endpoint = await startEndpoint({
    key: "sk-planted-key",
    answer: ({ body }, n) =>
      n % 3 === 0
        ? { kind: "status", status: 500, error: { error: { message: "sk-planted-key failed" } } }
        : { kind: "say", text: `seed ${body.seed}, sk-planted-key` },
  });
  directory = await mkdtemp(path.join(tmpdir(), "models-"));
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
  await endpoint.close();
  await rm(directory, { recursive: true });
});

async function roomOf(config: Partial<ModelConfig>, deps: Partial<CreateDeps> = {}) {
  const full = {
    provider: "openai",
    name: "test-model",
    baseURL: endpoint.url,
    apiKey: "sk-planted-key",
    ...config,
  } as ModelConfig;
  const room = await createModelRoom(new Map([["mine", full]]), { clock: leapingClock(), ...deps });
  rooms.push(room);
  return { room, model: room.models.get("mine") as Model };
}

describe("recording and replaying", () => {
  test("a replayed model gives the recorded replies and contacts no endpoint", async () => {
    const { room, model } = await roomOf({}, { record: directory });
    const replies = [
      await model.complete(askFor("Q"), callContext(0)),
      await model.complete(askFor("R"), callContext(1)),
    ];
    await room.close();
    rooms.length = 0;
    await endpoint.close();
    const again = await roomOf({ apiKey: "another-key-1" }, { replay: directory });
    await again.room.check();
    expect(again.model).toMatchObject({
      id: model.id,
      identity: model.identity,
      label: model.label,
    });
    expect(await again.model.complete(askFor("R"), callContext(1))).toEqual(replies[1]);
    expect(await again.model.complete(askFor("Q"), callContext(0))).toEqual(replies[0]);
    expect(replies[0]?.retries).toHaveLength(1);
  });

  test("the key is in no cassette, even where the endpoint repeats it", async () => {
    const { model } = await roomOf({}, { record: directory });
    await model.complete(askFor("Q"), callContext(0));
    const [name = ""] = await readdir(directory);
    const text = await readFile(path.join(directory, name), "utf8");
    expect(text).toContain("seed 41, [secret]");
    expect(text).toContain("[secret] failed");
    expect(text).not.toContain("sk-planted-key");
  });

  test("recording and replaying at once is refused", async () => {
    await expect(roomOf({}, { record: directory, replay: directory })).rejects.toThrow(
      "exclude each other",
    );
  });
});

describe("the models of a study", () => {
  test("an endpoint's model has the id the study calls it by", async () => {
    const { model } = await roomOf({});
    expect(model).toMatchObject({ id: "mine", label: "test-model", protocol: "native" });
  });

  test("the embedded model needs no endpoint", async () => {
    const { room, model } = await roomOf({ provider: "builtin", name: "small" });
    await room.check();
    expect(model.label).toContain("rule-based, not a language model");
    expect(endpoint.received).toEqual([]);
  });

  test("all that cannot be called are named together, one a line", async () => {
    const openai = { provider: "openai", baseURL: endpoint.url } as const;
    const configs = new Map<string, ModelConfig>([
      ["good", { ...openai, name: "test-model", apiKey: "sk-planted-key" }],
      ["keyless", { ...openai, name: "test-model" }],
      ["unknown", { ...openai, name: "nobody", apiKey: "sk-planted-key" }],
    ]);
    const room = await createModelRoom(configs, { clock: leapingClock() });
    const message = await room.check().catch((error: Error) => error.message);
    expect(
      String(message)
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual(["model keyless", "model unknown"]);
  });
});
