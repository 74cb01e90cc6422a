import { getEventListeners } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelRequest } from "../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../harness/errors.ts";
import type { OpenAiConfig } from "../../../../harness/models/openai/config.ts";
import { openaiModel } from "../../../../harness/models/openai/model.ts";
import {
  type Answer,
  type Endpoint,
  type EndpointOptions,
  type Received,
  startEndpoint,
} from "../../../support/endpoint.ts";
import { askFor, callContext, leapingClock } from "../../../support/models.ts";

const opened: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of opened.splice(0)) await endpoint.close();
});

async function modelAt(options: EndpointOptions = {}, config: Partial<OpenAiConfig> = {}) {
  const endpoint = await startEndpoint(options);
  opened.push(endpoint);
  const full: OpenAiConfig = {
    provider: "openai",
    name: "test-model",
    baseURL: endpoint.url,
    ...config,
  };
  return { endpoint, model: openaiModel(full, { clock: leapingClock() }) };
}

const answering = (answer: Answer): EndpointOptions => ({ answer: () => answer });

async function faultOf(promise: Promise<unknown>): Promise<ModelFault> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ModelFault)) throw new Error(`no fault, but ${String(thrown)}`);
  return thrown;
}

describe("what is sent", () => {
  test("messages, tools, seed and exactly the configured parameters", async () => {
    const { endpoint, model } = await modelAt(
      {},
      {
        apiKey: "sk-test-key-1",
        params: { temperature: 1, top_p: 0.95 },
        extraBody: { top_k: 40, chat_template_kwargs: { enable_thinking: false } },
      },
    );
    const request: ModelRequest = {
      seed: 41,
      tools: [{ name: "bash", description: "Runs.", parameters: { type: "object" } }],
      messages: [
        { role: "system", text: "S" },
        { role: "user", text: "Q", images: [{ mediaType: "image/png", base64: "AA==" }] },
        {
          role: "assistant",
          text: "",
          calls: [{ id: "c1", name: "ba sh", arguments: { command: "ls" } }],
        },
        {
          role: "tool",
          callId: "c1",
          text: "out",
          images: [{ mediaType: "image/png", base64: "BB==" }],
        },
        { role: "assistant", text: "", calls: [] },
        { role: "user", text: "half \ud83d" },
      ],
    };
    await model.complete(request, callContext());
    expect(endpoint.received[0]?.authorization).toBe("Bearer sk-test-key-1");
    expect(endpoint.received[0]?.body).toEqual({
      model: "test-model",
      temperature: 1,
      top_p: 0.95,
      top_k: 40,
      chat_template_kwargs: { enable_thinking: false },
      seed: 41,
      tools: [
        {
          type: "function",
          function: { name: "bash", description: "Runs.", parameters: { type: "object" } },
        },
      ],
      messages: [
        { role: "system", content: "S" },
        {
          role: "user",
          content: [
            { type: "text", text: "Q" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [
            {
              id: "c1",
              type: "function",
              function: { name: "ba_sh", arguments: '{"command":"ls"}' },
            },
          ],
        },
        { role: "tool", tool_call_id: "c1", content: "out" },
        {
          role: "user",
          content: [{ type: "image_url", image_url: { url: "data:image/png;base64,BB==" } }],
        },
        { role: "assistant", content: "(nothing)" },
        { role: "user", content: "half \ufffd" },
      ],
    });
  });

  test("without parameters, a key, tools or a wish for a seed, none of them", async () => {
    const { endpoint, model } = await modelAt({}, { sendSeed: false });
    await model.complete(askFor("Q"), callContext());
    expect(Object.keys(endpoint.received[0]?.body)).toEqual(["model", "messages"]);
    expect(endpoint.received[0]?.authorization).toBeUndefined();
  });

  test("the identity has what decides the answer, and no key and no password", async () => {
    const config: OpenAiConfig = {
      provider: "openai",
      name: "m",
      baseURL: "https://user:hunter2hunter2@host.example/v1/?token=secretsecret",
      apiKey: "sk-test-key-1",
      params: { temperature: 1 },
      concurrency: 4,
    };
    const { identity } = openaiModel(config, { clock: leapingClock() });
    expect(identity).toEqual({
      provider: "openai",
      name: "m",
      endpoint: "https://host.example/v1",
      protocol: "native",
      params: { temperature: 1 },
      extraBody: {},
      sendSeed: true,
    });
  });
});

describe("what is understood of a reply", () => {
  const text = { kind: "said", text: "hi", calls: [], finish: { reason: "stop", raw: "stop" } };
  const call = (args: object = { command: "ls" }) => ({
    kind: "said",
    calls: [{ id: "call_0", name: "bash", arguments: args }],
  });
  const bash = (args: unknown) => [{ name: "bash", arguments: args }];

  test.each<[string, Extract<Answer, { kind: "say" }>, object]>([
    ["text", { kind: "say", text: "hi" }, text],
    [
      "content in parts",
      {
        kind: "say",
        message: {
          content: [
            { type: "text", text: "h" },
            { type: "text", text: "i" },
          ],
        },
      },
      text,
    ],
    [
      "reasoning beside the text",
      { kind: "say", text: "hi", message: { reasoning_content: "hm" } },
      text,
    ],
    [
      "a tool call with null content",
      { kind: "say", calls: bash('{"command":"ls"}') },
      { ...call(), text: "" },
    ],
    [
      "arguments that are an object already",
      { kind: "say", calls: bash({ command: "ls" }) },
      call(),
    ],
    [
      "arguments with a raw newline",
      { kind: "say", calls: bash('{"command":"a\nb"}') },
      call({ command: "a\nb" }),
    ],
    ["empty arguments", { kind: "say", calls: bash("") }, call({})],
    [
      "a tool call without an id",
      {
        kind: "say",
        message: { tool_calls: [{ function: { name: "bash", arguments: '{"command":"ls"}' } }] },
      },
      call(),
    ],
    [
      "two tool calls with one id",
      {
        kind: "say",
        calls: [
          { id: "x", name: "a", arguments: "{}" },
          { id: "x", name: "b", arguments: "{}" },
        ],
      },
      {
        calls: [
          { id: "x", name: "a", arguments: {} },
          { id: "x_1", name: "b", arguments: {} },
        ],
      },
    ],
    [
      "a function call of the old form",
      {
        kind: "say",
        finish: "function_call",
        message: { function_call: { name: "bash", arguments: '{"command":"ls"}' } },
      },
      { ...call(), finish: { reason: "tool-calls", raw: "function_call" } },
    ],
    [
      "a finish reason of its own",
      { kind: "say", text: "hi", finish: "abort" },
      { finish: { reason: "other", raw: "abort" } },
    ],
    [
      "a tool call that finishes with stop",
      { kind: "say", calls: bash("{}"), finish: "stop" },
      { finish: { reason: "tool-calls", raw: "stop" } },
    ],
    [
      "the limit of length",
      { kind: "say", text: "hi", finish: "length" },
      { finish: { reason: "length", raw: "length" } },
    ],
    [
      "unreadable arguments",
      { kind: "say", text: "t", calls: bash('{"command": "ls') },
      { kind: "malformed", problem: "the arguments of bash are not a JSON object" },
    ],
    ["arguments that are a string", { kind: "say", calls: bash('"ls"') }, { kind: "malformed" }],
    [
      "arguments that were cut off",
      { kind: "say", finish: "length", calls: bash('{"command": "ls') },
      { kind: "malformed", problem: expect.stringContaining("cut off") },
    ],
    [
      "a refusal",
      { kind: "say", message: { refusal: "I cannot." } },
      { kind: "refused", text: "I cannot." },
    ],
    [
      "a content filter",
      { kind: "say", text: "so", finish: "content_filter" },
      { kind: "refused", text: "so" },
    ],
  ])("%s", async (_, answer, expected) => {
    const { model } = await modelAt(answering(answer));
    expect(await model.complete(askFor("Q"), callContext())).toMatchObject(expected);
  });

  test.each([
    ["given", { prompt_tokens: 10, completion_tokens: 5 }, { inputTokens: 10, outputTokens: 5 }],
    [
      "given with a cached part",
      { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 8 } },
      { inputTokens: 10, outputTokens: 5, cachedInputTokens: 8 },
    ],
    [
      "given with DeepSeek's cached part",
      { prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 6 },
      { inputTokens: 10, outputTokens: 5, cachedInputTokens: 6 },
    ],
    ["absent", null, undefined],
    ["half there", { prompt_tokens: 10 }, undefined],
  ])("usage that is %s", async (_, usage, expected) => {
    const { model } = await modelAt(answering({ kind: "say", text: "hi", usage }));
    expect((await model.complete(askFor("Q"), callContext())).usage).toEqual(expected);
  });
});

test("the cached part of an earlier llama.cpp stands among its timings", async () => {
  const choices = [{ message: { content: "hi" }, finish_reason: "stop" }];
  const usage = { prompt_tokens: 10, completion_tokens: 5 };
  const body = JSON.stringify({ choices, usage, timings: { cache_n: 7, prompt_n: 3 } });
  const { model } = await modelAt(answering({ kind: "body", body }));
  expect((await model.complete(askFor("Q"), callContext())).usage?.cachedInputTokens).toBe(7);
});

describe("a reply of a known form", () => {
  const schema = { type: "object", properties: {}, required: [], additionalProperties: false };
  const shaped = (name = "patch"): ModelRequest => ({
    ...askFor("Q"),
    shape: { name, schema },
  });
  const asIs = ({ body }: Received): Answer => ({
    kind: "say",
    text: "response_format" in body ? "held" : "free",
  });
  const refusing = (request: Received): Answer =>
    "response_format" in request.body
      ? {
          kind: "status",
          status: 400,
          error: { error: { message: "response_format is not supported" } },
        }
      : asIs(request);

  test("is asked for by its schema, strictly", async () => {
    const { endpoint, model } = await modelAt({ answer: asIs });
    expect(await model.complete(shaped(), callContext())).toMatchObject({ text: "held" });
    expect(endpoint.received[0]?.body.response_format).toEqual({
      type: "json_schema",
      json_schema: { name: "patch", schema, strict: true },
    });
  });

  test("is asked for without it where the endpoint refuses it, and later not tried again", async () => {
    const { endpoint, model } = await modelAt({ answer: refusing });
    const first = await model.complete(shaped(), callContext());
    expect(first).toMatchObject({ text: "free", retries: [] });
    await model.complete(shaped(), callContext());
    expect(endpoint.received).toHaveLength(3);
    await model.complete(shaped("another"), callContext());
    expect(endpoint.received).toHaveLength(5);
  });

  test("is never asked for by its schema where the study says so", async () => {
    const { model } = await modelAt({ answer: asIs }, { jsonSchema: "off" });
    expect(await model.complete(shaped(), callContext())).toMatchObject({ text: "free" });
  });

  test("has to be held to where the study says so, or the study stops", async () => {
    const { model } = await modelAt({ answer: refusing }, { jsonSchema: "on" });
    expect(await faultOf(model.complete(shaped(), callContext()))).toMatchObject({
      kind: "permanent",
      fix: expect.stringContaining("jsonSchema"),
    });
  });

  test("leaves what the model is as it was, unless a study says more than auto", async () => {
    const identityOf = async (jsonSchema?: "auto" | "on" | "off") => {
      const { model } = await modelAt(
        {},
        { baseURL: "http://a/v1", ...(jsonSchema && { jsonSchema }) },
      );
      return JSON.stringify(model.identity);
    };
    const plain = await identityOf();
    expect(await identityOf("auto")).toBe(plain);
    expect(new Set([plain, await identityOf("on"), await identityOf("off")]).size).toBe(3);
  });
});

describe("what goes wrong", () => {
  const status = (code: number, error?: unknown): Answer => ({
    kind: "status",
    status: code,
    error,
  });
  const saying = (message: string, more: object = {}) => ({ error: { message, ...more } });

  test.each<[string, Answer, string]>([
    ["429", status(429), "transient"],
    ["408", status(408), "transient"],
    ["409", status(409), "transient"],
    ["500", status(500), "transient"],
    ["503 with an HTML page", status(503, "<html><h1>Bad gateway</h1></html>"), "transient"],
    ["a cut connection", { kind: "cut" }, "transient"],
    ["truncated JSON", { kind: "body", body: '{"choices": [{"mess' }, "transient"],
    ["an HTML page with status 200", { kind: "body", body: "<html>" }, "transient"],
    ["an empty body", { kind: "body", body: "" }, "transient"],
    ["empty choices", { kind: "body", body: '{"choices": []}' }, "transient"],
    ["a choice without a message", { kind: "body", body: '{"choices": [{}]}' }, "transient"],
    ["a hang", { kind: "hang" }, "transient"],
    ["finish reason error", { kind: "say", text: "half", finish: "error" }, "transient"],
    [
      "an error with status 200",
      { kind: "body", body: '{"error": {"message": "upstream", "code": 502}}' },
      "transient",
    ],
    ["400", status(400, saying("top_k is not allowed")), "permanent"],
    ["401", status(401), "permanent"],
    ["402", status(402), "permanent"],
    ["403", status(403), "permanent"],
    ["404", status(404), "permanent"],
    ["422", status(422), "permanent"],
    ["301", status(301), "permanent"],
    [
      "a used-up quota",
      status(429, saying("You exceeded your quota", { code: "insufficient_quota" })),
      "permanent",
    ],
    [
      "a key error with status 200",
      { kind: "body", body: '{"error": {"message": "no", "code": 401}}' },
      "permanent",
    ],
    [
      "OpenAI's context length",
      status(
        400,
        saying("This model's maximum context length is 8192 tokens.", {
          code: "context_length_exceeded",
        }),
      ),
      "context-length",
    ],
    [
      "vLLM's context length",
      status(400, {
        object: "error",
        message:
          "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
        code: 400,
      }),
      "context-length",
    ],
    [
      "vLLM's input tokens",
      status(
        400,
        saying(
          "You passed 5000 input tokens and requested 0 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 4096 tokens.",
          { param: "input_tokens" },
        ),
      ),
      "context-length",
    ],
    [
      "llama.cpp's context size",
      status(
        400,
        saying("the request exceeds the available context size, try increasing it", {
          type: "exceed_context_size_error",
        }),
      ),
      "context-length",
    ],
    [
      "Ollama's context length",
      status(400, { error: "the input length exceeds the context length" }),
      "context-length",
    ],
    [
      "OpenRouter's context length",
      status(
        400,
        saying(
          "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens",
        ),
      ),
      "context-length",
    ],
    [
      "a provider's own words behind OpenRouter",
      status(
        400,
        saying("Provider returned error", {
          metadata: { raw: "prompt is too long: 210000 tokens" },
        }),
      ),
      "context-length",
    ],
  ])("%s", async (_, answer, kind) => {
    const { model } = await modelAt(answering(answer), { timeoutMs: 150 });
    expect((await faultOf(model.complete(askFor("Q"), callContext()))).kind).toBe(kind);
  });

  test.each([
    [
      "Azure's filter",
      status(400, saying("The response was filtered", { code: "content_filter" })),
    ],
    [
      "OpenRouter's moderation",
      status(403, saying("Your input was flagged", { metadata: { reasons: ["violence"] } })),
    ],
  ])("%s is a refusal, which ends an episode and not the study", async (_, answer) => {
    const { model } = await modelAt(answering(answer));
    expect((await model.complete(askFor("Q"), callContext())).kind).toBe("refused");
  });

  test.each([
    ["seconds", { "retry-after": "7" }, 7000],
    ["a date", { "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT" }, 9000],
    ["a date that has passed", { "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" }, 0],
    ["milliseconds", { "retry-after-ms": "1500" }, 1500],
    ["nonsense", { "retry-after": "soon" }, undefined],
  ])("Retry-After as %s", async (_, headers, expected) => {
    const { model } = await modelAt(answering({ kind: "status", status: 429, headers }));
    expect((await faultOf(model.complete(askFor("Q"), callContext()))).retryAfterMs).toBe(expected);
  });

  test("a permanent fault says what to do", async () => {
    const { model, endpoint } = await modelAt({}, { name: "nobody" });
    const fault = await faultOf(model.complete(askFor("Q"), callContext()));
    expect(fault.message).toBe(`${endpoint.url} answered 404: The model \`nobody\` does not exist`);
    expect(fault.fix).toBe(
      'Check the model name "nobody" and the base URL, which usually ends in /v1.',
    );
  });

  test("a server without tools is a matter of the protocol", async () => {
    const error = saying('"auto" tool choice requires --enable-auto-tool-choice');
    const { model } = await modelAt(answering(status(400, error)));
    expect((await faultOf(model.complete(askFor("Q"), callContext()))).fix).toContain(
      "protocol: text",
    );
  });

  test("an endpoint that was never reached is permanent; one that went away is transient", async () => {
    const { endpoint, model } = await modelAt();
    await model.complete(askFor("Q"), callContext());
    await endpoint.close();
    expect((await faultOf(model.complete(askFor("Q"), callContext()))).kind).toBe("transient");
    const fresh = openaiModel(
      { provider: "openai", name: "m", baseURL: endpoint.url },
      { clock: leapingClock() },
    );
    const fault = await faultOf(fresh.complete(askFor("Q"), callContext()));
    expect(fault).toMatchObject({
      kind: "permanent",
      message: `${endpoint.url}: the connection was refused`,
    });
  });

  test("an abort is thrown as it is", async () => {
    const { model } = await modelAt(answering({ kind: "hang" }));
    const controller = new AbortController();
    const call = model.complete(askFor("Q"), { ...callContext(), signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stopped")), 20);
    await expect(call).rejects.toThrow("stopped");
  });

  test("a signal that many calls share keeps none of their listeners", async () => {
    const { model } = await modelAt();
    const { signal } = new AbortController();
    const calls = Array.from({ length: 20 }, (_, call) => ({ ...callContext(call), signal }));
    await Promise.all(calls.map((context) => model.complete(askFor("Q"), context)));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("the key is in no fault, even where the server repeats it", async () => {
    const { model } = await modelAt({ key: "the-right-key" }, { apiKey: "sk-planted-key" });
    const fault = await faultOf(model.complete(askFor("Q"), callContext()));
    expect(fault.message).toContain("Incorrect API key provided: [secret]");
    expect(JSON.stringify(fault) + fault.stack + String(fault.cause)).not.toContain(
      "sk-planted-key",
    );
  });

  test("the key is in no reply, even where the model repeats it", async () => {
    const { model } = await modelAt(answering({ kind: "say", text: "it is sk-planted-key" }), {
      apiKey: "sk-planted-key",
    });
    expect(await model.complete(askFor("Q"), callContext())).toMatchObject({
      text: "it is [secret]",
    });
  });
});
