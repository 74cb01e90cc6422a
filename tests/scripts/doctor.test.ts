import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { command, openWorkspace } from "../support/commands.ts";
import { type Endpoint, startEndpoint } from "../support/endpoint.ts";

vi.setConfig({ testTimeout: 180_000 });
const work = openWorkspace();
afterAll(work.remove);
let endpoint: Endpoint | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

const places = ["--data-dir", work.path("no-data"), "--store", work.path("store")];
const doctor = (args: readonly string[] = [], env: Record<string, string> = {}) =>
  command("doctor", [...places, ...args], { env });

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly about: string;
  readonly fix?: string;
}
function checkOf(json: string, name: string): Check {
  const checks = JSON.parse(json).checks as Check[];
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name} in ${json}`);
  return found;
}

function modelsFile(url: string): readonly string[] {
  const file = work.path("models.yaml");
  const m = { provider: "openai", name: "test-model", baseURL: url };
  writeFileSync(file, JSON.stringify({ models: { m } }));
  return ["--models", file];
}

test("with nothing set up, one line each, and the fix for what is missing", async () => {
  const { code, out, err } = await doctor();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(ok {5}|missing) {2}\S.*\.$/);
  expect(out).toContain(`ok       Node.js: ${process.versions.node}.`);
  expect(out).toMatch(
    /^ok {7}sandbox embedded: bash, python; for openpyxl: npm run data -- fetch openpyxl\.$/m,
  );
  expect(out).toMatch(/^missing {2}data wtq: only the sample .* Run: npm run data -- list/m);
  expect(out).toMatch(/^missing {2}endpoint: none is set.*Set OPENAI_BASE_URL/m);
  expect(out).toMatch(/^ok {7}store: .* can be written, [\d.]+ GB free\.$/m);
  expect(lines.at(-1)).toBe("Everything that the default study needs works.");
});

describe("an endpoint", () => {
  test("that calls tools speaks the native protocol; its key is not printed", async () => {
    const key = "sk-planted-4f9a0c";
    endpoint = await startEndpoint({
      key,
      answer: () => ({ kind: "say", calls: [{ name: "ping", arguments: '{"word":"hello"}' }] }),
    });
    const env = { OPENAI_BASE_URL: endpoint.url, OPENAI_API_KEY: key };
    const { code, out } = await doctor(["--json"], env);
    expect(code).toBe(0);
    expect(checkOf(out, "endpoint")).toMatchObject({
      ok: true,
      about: `test-model at ${endpoint.url} answers, protocol native, since it called a tool when asked to; does not hold replies to a JSON schema; serves test-model`,
    });
    expect(out).not.toContain(key);
  });

  test("that only talks needs the text protocol, which is said to be set", async () => {
    endpoint = await startEndpoint();
    const { code, out } = await doctor(["--json", ...modelsFile(endpoint.url)]);
    expect(code).toBe(0);
    expect(checkOf(out, "model m").about).toMatch(/protocol text, since .*; set protocol: text/);
    const played = checkOf(out, "model m as agent");
    expect(played.ok).toBe(false);
    expect(played.about).toMatch(
      /^wtq native malformed-too-often after 0 turns, failed; wtq text malformed.*; suits it: protocol: native, interaction: direct for wtq, math, visionqa, /,
    );
  });

  test("that does not answer is no fault of the default study, unless --models asks for it", async () => {
    const url = "http://127.0.0.1:9/v1";
    const [set, asked] = await Promise.all([
      doctor(["--json"], { OPENAI_BASE_URL: url }),
      doctor(["--json", ...modelsFile(url)]),
    ]);
    const refused = {
      ok: false,
      about: `${url}: the connection was refused`,
      fix: "Check the base URL and that the server is running.",
    };
    expect(set.code).toBe(0);
    expect(checkOf(set.out, "endpoint")).toMatchObject(refused);
    expect(asked.code).toBe(2);
    expect(checkOf(asked.out, "model m")).toMatchObject(refused);
    expect(JSON.parse(asked.out).ok).toBe(false);
  });
});

test("a store that cannot be written, and a damaged data set, are exit code 2", async () => {
  mkdirSync(work.path("data/wtq"), { recursive: true });
  writeFileSync(work.path("data/wtq/wtq.tar.gz"), "no archive");
  writeFileSync(work.path("file"), "");
  const args = ["--data-dir", work.path("data"), "--store", work.path("file/store"), "--json"];
  const { code, out, err } = await command("doctor", args);
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(checkOf(out, "store")).toMatchObject({
    ok: false,
    fix: "Name a directory with --store.",
  });
  expect(checkOf(out, "data wtq")).toMatchObject({
    ok: false,
    about: expect.stringContaining("the archive cannot be read"),
    fix: expect.stringContaining("npm run data -- fetch wtq"),
  });
});

test("a models file that is not there is one line", async () => {
  expect(await doctor(["--models", "none.yaml"])).toMatchObject({
    code: 2,
    out: "",
    err: "error: none.yaml: there is no such file. Name a models file, such as configs/models/qwen3.5.yaml.\n",
  });
});
