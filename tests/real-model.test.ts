import { beforeAll, describe, expect, test } from "vitest";
import { math } from "../domains/math/domain.ts";
import type { DirectForm, Model, ModelRequest } from "../harness/contracts/index.ts";
import type { OpenAiEntry } from "../harness/models/openai/config.ts";
import type { DeclaredModel } from "../harness/models/provider.ts";
import { declareModel } from "../harness/models/registry.ts";
import { chooseSandbox } from "../harness/sandboxes/choose.ts";
import { type RolloutSetting, rolloutMaker } from "../harness/study/rollout.ts";
import { systemClock } from "../scripts/lib/main.ts";
import { tryModel } from "../scripts/lib/trial-episodes.ts";
import { callContext } from "./support/models.ts";

const url = process.env["T2S_REAL_MODEL_URL"];
const at = { env: process.env, keys: "optional" } as const;

/** Replies are short: what is looked at is how an episode goes, not how good it is. */
const entryOf = (name: string, protocol: "native" | "text" = "native"): OpenAiEntry => ({
  provider: "openai",
  ...{ name, protocol },
  ...(url === undefined ? {} : { baseURL: url }),
  params: { temperature: 0, max_tokens: 96 },
});

async function episodeOf(model: Model, over: Partial<RolloutSetting>) {
  const [task] = await (await math.open(undefined)).load("gsm8k", {});
  if (task === undefined) throw new Error("the sample is empty");
  const sandboxes = await chooseSandbox("embedded", [], { forLanguageModel: true });
  try {
    const limits = { turns: 3, observationChars: 1000, malformed: 1 };
    const setting = {
      domain: math,
      options: {},
      ...{ model, limits, sandboxes },
      clock: systemClock,
    };
    const unit = rolloutMaker({ ...setting, ...over })(task, undefined, 0);
    const { signal } = new AbortController();
    return await unit.run({ key: "real-model", signal });
  } finally {
    await sandboxes.close();
  }
}

const endings = /^(submitted|out-of-turns|malformed-too-often|repeated|cut-off|refused)$/;

describe.skipIf(url === undefined)(
  `real-model${url === undefined ? " (skipped: T2S_REAL_MODEL_URL names no endpoint)" : ""}`,
  { timeout: 60_000 },
  () => {
    let name = "";
    const declared = (protocol?: "native" | "text"): DeclaredModel =>
      declareModel("real", entryOf(name, protocol), at);
    const opened = (protocol?: "native" | "text") =>
      declared(protocol).open({ clock: systemClock });
    beforeAll(async () => {
      const listed = (await (await fetch(`${url}/models`)).json()) as { data: { id: string }[] };
      name = listed.data[0]?.id ?? "default";
    });

    test("a problem asked directly is graded", async () => {
      const form = math.direct?.({}) as DirectForm;
      const direct = { form, budget: { materialTokens: 1000, referenceTokens: 0 } };
      const { result, grade, spent } = await episodeOf(await opened(), { direct });
      expect(grade?.kind).toBe("graded");
      expect(result["outcome"]).toMatch(/^(submitted|no-answer|cut-off)$/);
      expect(spent).toMatchObject({ calls: 1, retries: [] });
    });

    test.each(["native", "text"] as const)(
      "an episode with tools in the %s protocol comes to an end, and is graded",
      async (protocol) => {
        const options = { tools: "python" };
        const { result, grade } = await episodeOf(await opened(protocol), { options });
        expect(grade?.kind).toBe("graded");
        expect(result["outcome"]).toMatch(endings);
      },
    );

    test("a reply is held to its schema, whatever the prompt asks for", async () => {
      const properties = { count: { type: "integer" }, sure: { type: "boolean" } };
      const schema = { type: "object", properties, required: ["count", "sure"] };
      const request: ModelRequest = {
        messages: [{ role: "user", text: "Write a poem." }],
        ...{ tools: [], seed: 0 },
        shape: { name: "count", schema: { ...schema, additionalProperties: false } },
      };
      const reply = await (await opened()).complete(request, callContext());
      if (reply.kind !== "said") throw new Error(`it said nothing: ${reply.kind}`);
      expect(JSON.parse(reply.text)).toEqual({
        count: expect.any(Number),
        sure: expect.any(Boolean),
      });
    });

    test("what doctor says of it names a protocol, and what suits it", async () => {
      expect(await declared().describe(systemClock)).toMatch(/answers, protocol (native|text)/);
      const { about } = await tryModel({ id: "real", entry: entryOf(name), at }, [math]);
      expect(about).toMatch(/math (native|text) .*; suits it: protocol: (native|text)/);
    });

    test("a prefix that was read before comes from the server's cache", async () => {
      const model = await opened();
      const text = "A rule of the desk: say what was found, and in which row. ".repeat(20);
      const ask = (question: string) => {
        const messages = [
          { role: "system", text },
          { role: "user", text: question },
        ] as const;
        return model.complete({ messages, tools: [], seed: 0 }, callContext());
      };
      await ask("Say yes.");
      const { usage } = await ask("Say no.");
      expect(usage?.cachedInputTokens).toBeGreaterThan(100);
    });
  },
);
