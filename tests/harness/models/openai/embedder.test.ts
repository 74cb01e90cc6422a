import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { endpointEmbedder } from "../../../../harness/models/openai/embedder.ts";
import { steppingClock } from "../../../support/stepping-clock.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An endpoint that answers every request alike; gives its address and what it was asked. */
async function endpoint(status: number, body: unknown) {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += String(chunk);
    });
    request.on("end", () => {
      asked.push({ url: request.url, body: JSON.parse(text) });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, asked };
}

const embed = (baseURL: string, texts: readonly string[]) =>
  endpointEmbedder(
    { name: "vectors", baseURL, apiKey: "sk-planted-secret-key" },
    { clock: steppingClock() },
  ).embed(texts, new AbortController().signal);

test("gives one vector a text in the order of the texts, whatever the order of the answer", async () => {
  const { url, asked } = await endpoint(200, {
    data: [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ],
  });
  expect(await embed(url, ["a", "b"])).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(asked).toEqual([
    {
      url: "/v1/embeddings",
      body: { model: "vectors", input: ["a", "b"], encoding_format: "float" },
    },
  ]);
});

test.each([
  [401, "permanent"],
  [404, "permanent"],
  [503, "transient"],
])("status %d is a %s fault without the key in it", async (status, kind) => {
  const { url } = await endpoint(status, { error: { message: "no sk-planted-secret-key" } });
  const fault = await embed(url, ["a"]).catch((error: unknown) => error);
  expect(fault).toMatchObject({ kind, status });
  expect(String(fault)).not.toContain("planted-secret");
});

test("its identity names model and endpoint, not the key", async () => {
  const { identity } = endpointEmbedder(
    { name: "vectors", baseURL: "http://user:pass@host:1/v1/", apiKey: "k" },
    { clock: steppingClock() },
  );
  expect(identity).toEqual({ provider: "openai", name: "vectors", endpoint: "http://host:1/v1" });
});
