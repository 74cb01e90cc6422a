import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Model } from "../../../harness/contracts/index.ts";
import type { OpenAiConfig } from "../../../harness/models/openai/config.ts";
import { declaredEndpoint } from "../../../harness/models/openai/provider.ts";
import type { DeclaredModel } from "../../../harness/models/provider.ts";
import {
  declareModel,
  type ModelRoom,
  openModels,
  publicEntry,
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

function roomOf(config: Partial<OpenAiConfig>, tapes: Parameters<typeof openModels>[2] = {}) {
  const declared = declaredEndpoint({
    provider: "openai",
    id: "mine",
    name: "test-model",
    baseURL: endpoint.url,
    apiKey: "sk-planted-key",
    ...config,
  });
  return roomWith(declared, tapes);
}

async function roomWith(declared: DeclaredModel, tapes: Parameters<typeof openModels>[2] = {}) {
  const room = await openModels(new Map([["mine", declared]]), { clock: leapingClock() }, tapes);
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
    const text = gunzipSync(await readFile(path.join(directory, name))).toString();
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

  test("the rule-based agent needs no endpoint", async () => {
    const { room, model } = await roomWith(
      declareModel("mine", { provider: "builtin", name: "small" }, { env: {}, keys: "needed" }),
    );
    await room.check();
    expect(model.label).toContain("rule-based, not a language model");
    expect(endpoint.received).toEqual([]);
  });

  test("all that cannot be called are named together, one a line", async () => {
    const openai = { provider: "openai", baseURL: endpoint.url } as const;
    const configs: readonly OpenAiConfig[] = [
      { ...openai, id: "good", name: "test-model", apiKey: "sk-planted-key" },
      { ...openai, id: "keyless", name: "test-model" },
      { ...openai, id: "unknown", name: "nobody", apiKey: "sk-planted-key" },
    ];
    const declared = new Map(configs.map((one) => [one.id ?? "", declaredEndpoint(one)]));
    const room = await openModels(declared, { clock: leapingClock() });
    const message = await room.check().catch((error: Error) => error.message);
    expect(
      String(message)
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual(["model keyless", "model unknown"]);
  });
});

describe("an entry of a study", () => {
  const at = {
    env: { OPENAI_BASE_URL: "http://localhost:1/v1", MY_KEY: "sk-x" },
    keys: "needed",
  } as const;

  test("has its address and key from the environment", () => {
    const { identity } = declareModel("m", { provider: "openai", name: "n" }, at);
    expect(identity["endpoint"]).toBe("http://localhost:1/v1");
  });

  test("without the key that its endpoint needs is refused, unless nobody will be called", () => {
    const entry = { provider: "openai", name: "n" } as const;
    expect(() => declareModel("m", entry, { env: {}, keys: "needed" })).toThrow(
      /^OPENAI_API_KEY: not set, and model m \(n\) at https:.* needs a key/,
    );
    expect(declareModel("m", entry, { env: {}, keys: "optional" }).label).toBe("n");
  });

  test("is printed without the password in its address", () => {
    const entry = { provider: "openai", name: "n", baseURL: "http://u:pw@host/v1?k=1" } as const;
    expect(publicEntry(entry)).toEqual({ ...entry, baseURL: "http://host/v1" });
    expect(publicEntry({ provider: "builtin", name: "small" })).toEqual({
      provider: "builtin",
      name: "small",
    });
  });
});
