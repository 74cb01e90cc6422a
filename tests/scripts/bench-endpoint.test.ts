import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  command,
  filesBelow,
  journalRows,
  openWorkspace,
  type Ran,
  timesFinished,
  writeStudy,
} from "../support/commands.ts";
import { type Answer, type Endpoint, type Received, startEndpoint } from "../support/endpoint.ts";
import { tableAgent } from "../support/table-agent.ts";

vi.setConfig({ testTimeout: 180_000 });
const work = openWorkspace();
afterAll(work.remove);

let agent: (request: Received) => Answer;
beforeAll(async () => {
  agent = await tableAgent();
});
let endpoint: Endpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

/** Three arms of six tasks at two seeds: 36 episodes of two calls. */
const study = writeStudy(work, "remote", {
  splits: { test: { from: "pristine-unseen", take: 6 } },
  authors: [],
  seeds: [41, 42],
});

/** A models file for an endpoint; its fields go over the ones below. */
function modelsAt(url: string, over: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const file = work.path(`models-${Math.random()}.yaml`);
  const small = { provider: "openai", name: "test-model", baseURL: url, timeoutMs: 2000, ...over };
  writeFileSync(file, JSON.stringify({ models: { small } }));
  return ["--models", file];
}

function bench(name: string, args: readonly string[], env: Record<string, string> = {}) {
  return command("bench", [study, ...work.flags(name), ...args], { env });
}

const tableOf = (name: string): string => readFileSync(`${work.out(name)}/table.json`, "utf8");

function gradesOf(name: string): readonly string[] {
  const rows = journalRows(work.store(name)).filter(({ grade }) => grade?.kind === "graded");
  return rows
    .map(({ about, grade }) =>
      JSON.stringify([about["task"], about["skill"], about["seed"], grade]),
    )
    .sort();
}

/** One clear line, and how it came to be. */
function complaint({ code, out, err, ms }: Ran): string {
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(ms).toBeLessThan(5000 + startMs);
  const lines = err.split("\n").filter((line) => line !== "" && !/^(Data|Sandbox): /.test(line));
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
}
/** What a process takes to start where several tests run at once; the five seconds are for the endpoint. */
const startMs = 5000;

describe("an endpoint with faults", () => {
  const faults: readonly Answer[] = [
    { kind: "status", status: 429, headers: { "retry-after": "0" } },
    { kind: "status", status: 500 },
    { kind: "cut" },
    { kind: "body", body: '{"choices":[{"message":{"role":"assist' },
    { kind: "body", body: '{"id":"x","choices":[]}' },
    { kind: "reset" },
    { kind: "hang" },
    { kind: "stall" },
    { kind: "status", status: 502, error: "<html><body>Bad gateway</body></html>" },
    { kind: "body", body: "" },
  ];

  test("gives the table of a clean one; retries are recorded, and nothing is a wrong answer", async () => {
    endpoint = await startEndpoint({ answer: agent });
    const clean = await bench("clean", modelsAt(endpoint.url));
    expect(clean).toMatchObject({ code: 0 });
    await endpoint.close();

    let given = 0;
    endpoint = await startEndpoint({
      answer: (request, n) => (n % 5 === 2 ? faults[given++] : undefined) ?? agent(request),
    });
    const faulty = await bench("faulty", modelsAt(endpoint.url));
    expect(faulty).toMatchObject({ code: 0, out: clean.out });
    expect(given).toBeGreaterThanOrEqual(faults.length);
    expect(tableOf("faulty")).toBe(tableOf("clean"));
    expect(gradesOf("faulty")).toEqual(gradesOf("clean"));

    const retries = journalRows(work.store("faulty")).flatMap(({ spent }) => spent.retries);
    expect(retries.length).toBeGreaterThanOrEqual(faults.length);
    for (const reason of [
      /answered 429/,
      /answered 500/,
      /answered 502: Bad gateway/,
      /connection failed/,
      /not JSON/,
      /no choices/,
      /gave no reply within 2 s/,
      /the reply is empty/,
    ])
      expect(retries).toContainEqual(expect.stringMatching(reason));
    expect(journalRows(work.store("clean")).flatMap(({ spent }) => spent.retries)).toEqual([]);
  });
});

describe("what no retry can help is one line within five seconds, and stored work is kept", () => {
  test("a wrong key, a wrong model name, a refused port and an unknown host", async () => {
    endpoint = await startEndpoint({ answer: agent, key: "the-right-key" });
    const { url } = endpoint;
    const right = { OPENAI_API_KEY: "the-right-key" };
    expect(await bench("kept", ["--limit", "2", ...modelsAt(url)], right)).toMatchObject({
      code: 0,
    });
    const stored = filesBelow(work.store("kept"));

    const wrongKey = await bench("kept", modelsAt(url), { OPENAI_API_KEY: "some-other-key" });
    expect(complaint(wrongKey)).toMatch(
      /^error: model small: http\S+ answered 401: .*\. Check the API key for http/,
    );
    expect(wrongKey.err).not.toContain("some-other-key");

    const named = await bench("kept", modelsAt(url, { name: "no-such-model" }), right);
    expect(complaint(named)).toMatch(
      /^error: model small: .*no-such-model.*Check the model name "no-such-model".*The endpoint serves test-model\.$/,
    );
    expect(complaint(await bench("kept", modelsAt("http://127.0.0.1:9/v1")))).toMatch(
      /^error: model small: http:\/\/127\.0\.0\.1:9\/v1: the connection was refused\. Check the base URL/,
    );
    expect(complaint(await bench("kept", modelsAt("http://nowhere.invalid/v1")))).toMatch(
      /^error: model small: http:\/\/nowhere\.invalid\/v1: the host .*\. Check the base URL/,
    );
    expect(filesBelow(work.store("kept"))).toEqual(stored);

    const asked = endpoint.received.length;
    expect(await bench("kept", modelsAt(url), right)).toMatchObject({ code: 0 });
    // Four of six tasks are left, in three arms at two seeds, with two calls each.
    expect(endpoint.received.length - asked).toBe(4 * 3 * 2 * 2);
    expect([...timesFinished(work.store("kept")).values()].every((times) => times === 1)).toBe(
      true,
    );
  });

  test("two models behind one address that does not answer are one line", async () => {
    const other = writeStudy(work, "two", { authors: [], users: ["small", "large"] });
    const file = work.path("two-models.yaml");
    const model = { provider: "openai", name: "m", baseURL: "http://127.0.0.1:9/v1" };
    writeFileSync(file, JSON.stringify({ models: { small: model, large: model } }));
    const ran = await command("bench", [other, ...work.flags("two"), "--models", file]);
    expect(complaint(ran)).toMatch(/^error: models small, large: .*the connection was refused/);
  });

  test("a key that is refused in the middle of a run ends it, and a good one goes on", async () => {
    let revoked = true;
    endpoint = await startEndpoint({
      answer: (request, n) =>
        revoked && n >= 20 ? { kind: "status", status: 401 } : agent(request),
    });
    const args = [...modelsAt(endpoint.url), "--concurrency", "2"];
    const stopped = await bench("revoked", args);
    expect(stopped).toMatchObject({ code: 2, out: "" });
    expect(stopped.err).toMatch(/^error: \S+ answered 401: .*Check the API key/m);
    const before = timesFinished(work.store("revoked")).size;
    expect(before).toBeGreaterThan(5);
    expect(journalRows(work.store("revoked")).map(({ grade }) => grade?.kind)).not.toContain(
      "ungraded",
    );

    revoked = false;
    expect(await bench("revoked", args)).toMatchObject({ code: 0 });
    const finished = timesFinished(work.store("revoked"));
    expect(finished.size).toBe(36);
    expect([...finished.values()].every((times) => times === 1)).toBe(true);
  });
});

const textOf = (name: string, bytes: Buffer) =>
  (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");

test("a key and a password are in no file and in no output, though the endpoint repeats them", async () => {
  const key = "sk-planted-4f9a0c";
  const password = "planted-p4ssw0rd";
  let failures = 0;
  endpoint = await startEndpoint({
    answer: (request, n) => {
      const heard = `${request.authorization} ${password}`;
      if (n % 4 === 1) {
        failures++;
        return { kind: "status", status: 500, error: { error: { message: `bad ${heard}` } } };
      }
      const answer = agent(request);
      return answer.kind === "say" ? { ...answer, text: `You sent ${heard}.` } : answer;
    },
  });
  const url = endpoint.url.replace("//", `//user:${password}@`);
  const cassettes = work.path("cassettes");
  const args = [...modelsAt(url), "--record", cassettes, "--limit", "3"];
  const ran = await bench("secret", args, { OPENAI_API_KEY: key });
  expect(ran).toMatchObject({ code: 0 });
  expect(endpoint.received[0]?.authorization).toBe(`Bearer ${key}`);
  expect(failures).toBeGreaterThan(0);

  endpoint = await startEndpoint({ key: "another" });
  const refusedUrl = endpoint.url.replace("//", `//user:${password}@`);
  const refused = await bench("secret", modelsAt(refusedUrl), { OPENAI_API_KEY: key });
  expect(complaint(refused)).toContain("answered 401");

  const store = work.store("secret");
  const files = filesBelow(store);
  const transcripts = journalRows(store).flatMap(({ transcript }) => {
    if (transcript === undefined) return [];
    const { pack, offset, length } = transcript;
    const bytes = files.get(pack)?.subarray(offset, offset + length) ?? Buffer.alloc(0);
    return [inflateRawSync(bytes).toString("utf8")];
  });
  expect(transcripts.filter((text) => text.includes("You sent Bearer [secret]"))).toHaveLength(
    transcripts.length,
  );
  const places = new Map<string, string>([
    ["output", ran.out + ran.err + refused.out + refused.err],
    ...transcripts.map((text, i) => [`transcript ${i}`, text] as const),
    ...[store, work.out("secret"), cassettes].flatMap((dir) =>
      [...filesBelow(dir)].map(([name, bytes]) => [name, textOf(name, bytes)] as const),
    ),
  ]);
  expect(places.size).toBeGreaterThan(20);
  for (const [name, text] of places) {
    for (const secret of [key, password])
      expect.soft(text.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});
