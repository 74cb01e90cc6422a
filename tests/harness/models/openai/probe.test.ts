import { afterEach, describe, expect, test } from "vitest";
import { InputError } from "../../../../harness/errors.ts";
import type { OpenAiConfig } from "../../../../harness/models/openai/config.ts";
import { checkModel, probeEndpoint } from "../../../../harness/models/openai/probe.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "../../../support/endpoint.ts";
import { leapingClock } from "../../../support/models.ts";

const opened: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of opened.splice(0)) await endpoint.close();
});

async function at(options: EndpointOptions = {}, config: Partial<OpenAiConfig> = {}) {
  const endpoint = await startEndpoint(options);
  opened.push(endpoint);
  const full: OpenAiConfig = {
    provider: "openai",
    name: "test-model",
    baseURL: endpoint.url,
    ...config,
  };
  return { endpoint, config: full, deps: { clock: leapingClock() } };
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof InputError)) throw new Error(`no InputError, but ${String(thrown)}`);
  return thrown.message;
}

describe("checkModel", () => {
  test("is content with a model that is listed, and asks it nothing", async () => {
    const { endpoint, config, deps } = await at();
    await checkModel(config, deps);
    expect(endpoint.received).toEqual([]);
  });

  test("asks for one token where the server has no list, or takes names it does not list", async () => {
    const unlisted = await at({ models: ["another"], unlisted: ["test-model"] });
    await checkModel(unlisted.config, unlisted.deps);
    const without = await at({ models: false });
    await checkModel({ ...without.config, params: { temperature: 1 } }, without.deps);
    expect(without.endpoint.received[0]?.body).toMatchObject({ max_tokens: 1, temperature: 1 });
  });

  test.each<[string, EndpointOptions]>([
    ["a busy server", { models: false, answer: () => ({ kind: "status", status: 429 }) }],
    [
      "a server that wants another name for the limit",
      {
        models: false,
        answer: () => ({
          kind: "status",
          status: 400,
          error: { error: { message: "Unsupported parameter: 'max_tokens'" } },
        }),
      },
    ],
  ])("takes %s for reachable", async (_, options) => {
    const { config, deps } = await at(options);
    await checkModel(config, deps);
  });

  test("a wrong key is one line, without the key", async () => {
    const { config, endpoint, deps } = await at({ key: "right-key-1" }, { apiKey: "wrong-key-1" });
    expect(await problemOf(checkModel(config, deps))).toBe(
      `model test-model: ${endpoint.url} answered 401: Incorrect API key provided: [secret]. Check the API key for ${endpoint.url} and what it may use.`,
    );
  });

  test("an unknown model is one line, with the names that there are", async () => {
    const { config, endpoint, deps } = await at({}, { name: "nobody", id: "mine" });
    expect(await problemOf(checkModel(config, deps))).toBe(
      `model mine: ${endpoint.url} answered 404: The model \`nobody\` does not exist. Check the model name "nobody" and the base URL, which usually ends in /v1. The endpoint serves test-model.`,
    );
  });

  test("a wrong path is one line", async () => {
    const { config, endpoint, deps } = await at();
    const wrong = { ...config, baseURL: endpoint.url.replace("/v1", "/api") };
    expect(await problemOf(checkModel(wrong, deps))).toMatch(
      /answered 404: no route .* usually ends in \/v1\.$/,
    );
  });

  test("a closed port, an unknown host and no address at all are one line each", async () => {
    const { config, endpoint, deps } = await at();
    await endpoint.close();
    expect(await problemOf(checkModel(config, deps))).toBe(
      `model test-model: ${endpoint.url}: the connection was refused. Check the base URL and that the server is running.`,
    );
    expect(
      await problemOf(checkModel({ ...config, baseURL: "http://nowhere.invalid/v1" }, deps)),
    ).toMatch(/host/);
    expect(await problemOf(checkModel({ ...config, baseURL: "no address" }, deps))).toBe(
      "model test-model: the base URL: is no URL. Check the base URL and that the server is running.",
    );
  });

  test("a server without TLS behind an https address is one line", async () => {
    const { config, endpoint, deps } = await at();
    const secure = { ...config, baseURL: endpoint.url.replace("http:", "https:") };
    expect(await problemOf(checkModel(secure, deps))).toMatch(
      /: the server does not speak TLS, so the base URL should begin with http:\. Check/,
    );
  });
});

describe("probeEndpoint", () => {
  test("finds native tool calls", async () => {
    const { config, deps } = await at({
      answer: () => ({ kind: "say", calls: [{ name: "ping", arguments: "{}" }] }),
    });
    expect(await probeEndpoint(config, deps)).toMatchObject({
      models: ["test-model"],
      protocol: "native",
    });
  });

  test("finds a model that calls no tools, and a server that refuses them", async () => {
    const silent = await at();
    expect((await probeEndpoint(silent.config, silent.deps)).protocol).toBe("text");
    const refusing = await at({
      models: false,
      answer: ({ body }) =>
        "tools" in body
          ? {
              kind: "status",
              status: 400,
              error: { error: { message: "tools are not supported" } },
            }
          : { kind: "say", text: "hello" },
    });
    const report = await probeEndpoint(refusing.config, refusing.deps);
    expect(report).toMatchObject({ models: undefined, protocol: "text" });
    expect(report.because).toContain("tools are not supported");
  });

  test("finds whether replies are held to a JSON schema", async () => {
    const holding = await at({
      answer: ({ body }) => ({
        kind: "say",
        text: "response_format" in body ? '{"polite": true}' : "Hello!",
      }),
    });
    expect(await probeEndpoint(holding.config, holding.deps)).toMatchObject({ takesSchema: true });
    const ignoring = await at({ answer: () => ({ kind: "say", text: "Hello!" }) });
    expect(await probeEndpoint(ignoring.config, ignoring.deps)).toMatchObject({
      takesSchema: false,
    });
    const refusing = await at({
      answer: ({ body }) =>
        "response_format" in body ? { kind: "status", status: 400 } : { kind: "say", text: "Hi." },
    });
    expect(await probeEndpoint(refusing.config, refusing.deps)).toMatchObject({
      takesSchema: false,
    });
  });

  test("says what is wrong where nothing works", async () => {
    const { config, deps } = await at({ answer: () => ({ kind: "status", status: 400 }) });
    expect(await problemOf(probeEndpoint(config, deps))).toMatch(/answered 400/);
  });
});
