import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Model, ModelRequest } from "../../../../harness/contracts/index.ts";
import { InputError, ModelFault } from "../../../../harness/errors.ts";
import { type Cassettes, openCassettes } from "../../../../harness/models/recorded/cassettes.ts";
import { recorded } from "../../../../harness/models/recorded/recorded.ts";
import { openRecording } from "../../../../harness/models/recorded/recording.ts";
import { replayed } from "../../../../harness/models/recorded/replayed.ts";
import { askFor, callContext, type Step, said, scriptedModel } from "../../../support/models.ts";

let directory = "";
const cassette = () => path.join(directory, "calls-0001.jsonl.gz");
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "cassettes-"));
});
const opened: Cassettes[] = [];
afterEach(async () => {
  for (const cassettes of opened.splice(0)) await cassettes.close();
  await rm(directory, { recursive: true });
});

/** Records these calls of unit-1, in order; errors are passed over. */
async function record(steps: readonly Step[], requests: readonly ModelRequest[], unit = "unit-1") {
  const recording = await openRecording(directory);
  const model = recorded(scriptedModel(steps), recording);
  for (const [call, request] of requests.entries()) {
    await model.complete(request, callContext(call, unit)).catch(() => undefined);
  }
  await recording.close();
}

async function replay(of: Partial<Model> = {}) {
  const cassettes = await openCassettes(directory);
  opened.push(cassettes);
  return replayed({ ...scriptedModel([]), ...of }, cassettes);
}

describe("what was recorded", () => {
  test("comes back as it was, for its unit and call", async () => {
    const reply = { ...said("one"), retries: ["429"] };
    await record([reply, said("two 😀\n")], [askFor("Q"), askFor("Q2")]);
    const model = await replay();
    expect(await model.complete(askFor("Q2"), callContext(1))).toEqual(said("two 😀\n"));
    expect(await model.complete(askFor("Q"), callContext(0))).toEqual(reply);
    expect(model).toMatchObject({
      id: "scripted",
      identity: { provider: "scripted" },
      protocol: "native",
    });
  });

  test("includes that a conversation was too long, and no other fault", async () => {
    const long = new ModelFault({ kind: "context-length", message: "too long" });
    const down = new ModelFault({ kind: "transient", message: "down" });
    await record([long, down], [askFor("Q"), askFor("Q2")]);
    const model = await replay();
    await expect(model.complete(askFor("Q"), callContext(0))).rejects.toMatchObject({
      kind: "context-length",
      message: "too long",
    });
    await expect(model.complete(askFor("Q2"), callContext(1))).rejects.toThrow("is not recorded");
  });

  test("may have come from several writers, also for the same call", async () => {
    await record([said("of a killed run")], [askFor("old")]);
    await record([said("later")], [askFor("Q")]);
    await record([said("elsewhere")], [askFor("Q")], "unit-2");
    expect(await readdir(directory)).toEqual([
      "calls-0001.jsonl.gz",
      "calls-0002.jsonl.gz",
      "calls-0003.jsonl.gz",
    ]);
    const model = await replay();
    expect(await model.complete(askFor("Q"), callContext(0))).toMatchObject({ text: "later" });
    expect(await model.complete(askFor("old"), callContext(0))).toMatchObject({
      text: "of a killed run",
    });
    expect(await model.complete(askFor("Q"), callContext(0, "unit-2"))).toMatchObject({
      text: "elsewhere",
    });
  });

  test("survives many writes at once", async () => {
    const recording = await openRecording(directory);
    const model = recorded(
      scriptedModel(Array.from({ length: 200 }, (_, n) => said(`reply ${n}`))),
      recording,
    );
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => model.complete(askFor(`Q${n}`), callContext(n))),
    );
    await recording.close();
    const again = await replay();
    for (let n = 0; n < 200; n++) {
      expect(await again.complete(askFor(`Q${n}`), callContext(n))).toMatchObject({
        text: `reply ${n}`,
      });
    }
  });

  test.each([1, 12, 30])("is readable although the last %i bytes were cut off", async (bytes) => {
    await record([said("one"), said("two")], [askFor("Q"), askFor("Q2")]);
    await truncate(cassette(), (await stat(cassette())).size - bytes);
    expect(await (await replay()).complete(askFor("Q"), callContext())).toMatchObject({
      text: "one",
    });
  });

  test("may be lines that are not compressed, the last one cut off", async () => {
    await record([said("one")], [askFor("Q")]);
    const lines = gunzipSync(await readFile(cassette())).toString("utf8");
    await rm(cassette());
    await writeFile(path.join(directory, "calls.jsonl"), `${lines}{"unit":"unit-1","ca`);
    expect(await (await replay()).complete(askFor("Q"), callContext())).toMatchObject({
      text: "one",
    });
  });
});

describe("what was not recorded", () => {
  test.each<[string, ModelRequest, Partial<Model>, string]>([
    ["another message", { ...askFor("other") }, {}, "message 1 of 1"],
    [
      "one more message",
      { ...askFor("Q"), messages: [...askFor("Q").messages, { role: "user", text: "x" }] },
      {},
      "the number of messages (1 recorded, 2 asked)",
    ],
    ["another seed", { ...askFor("Q"), seed: 7 }, {}, "the seed (41 recorded, 7 asked)"],
    [
      "other tools",
      { ...askFor("Q"), tools: [{ name: "t", description: "", parameters: {} }] },
      {},
      "the tools",
    ],
    ["another model", askFor("Q"), { identity: { provider: "other" } }, "the model"],
  ])(
    "%s is a permanent fault that names unit and difference",
    async (_, request, of, difference) => {
      await record([said("one")], [askFor("Q")]);
      const call = (await replay(of)).complete(request, callContext());
      await expect(call).rejects.toMatchObject({
        kind: "permanent",
        fix: expect.stringContaining("--record"),
      });
      await expect(call).rejects.toThrow(
        `call 0 of unit unit-1 (model scripted) was recorded for another request: it differs in ${difference}`,
      );
    },
  );

  test("another unit, or a further call, is one too", async () => {
    await record([said("one")], [askFor("Q")]);
    const model = await replay();
    await expect(model.complete(askFor("Q"), callContext(0, "unit-9"))).rejects.toThrow(
      "nothing of this unit is recorded",
    );
    await expect(model.complete(askFor("Q"), callContext(1))).rejects.toThrow(
      "call 1 of unit unit-1 (model scripted) is not recorded: 1 calls",
    );
  });

  test("an empty directory and a line that is no call are said at once", async () => {
    await expect(openCassettes(path.join(directory, "nowhere"))).rejects.toThrow(InputError);
    await writeFile(path.join(directory, "x.jsonl"), "not a call\n");
    await expect(openCassettes(directory)).rejects.toThrow("x.jsonl:1: is not a recorded call");
    await rm(path.join(directory, "x.jsonl"));
    await writeFile(path.join(directory, "x.jsonl.gz"), "no gzip\n");
    await expect(openCassettes(directory)).rejects.toThrow("x.jsonl.gz: cannot be unpacked");
  });
});

test("a directory that cannot be written is said at once", async () => {
  const file = path.join(directory, "file");
  await writeFile(file, "");
  await expect(openRecording(path.join(file, "sub"))).rejects.toThrow(InputError);
});

test("a cassette that nothing was written to is removed", async () => {
  await record([], []);
  expect(await readdir(directory)).toEqual([]);
});

test("an entry has digests of the request and not its text", async () => {
  await record([said("one")], [askFor("a question about rows")]);
  const text = gunzipSync(await readFile(cassette())).toString("utf8");
  expect(text).not.toContain("a question about rows");
  expect(JSON.parse(text)).toMatchObject({
    unit: "unit-1",
    call: 0,
    model: "scripted",
    answer: { kind: "reply" },
  });
});
