import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { math } from "../../domains/math/domain.ts";
import { directMessage, directSystem } from "../../harness/agent/direct-opening.ts";
import type { DirectForm } from "../../harness/contracts/index.ts";
import { openWorkspace, root } from "../support/commands.ts";
import { startEndpoint } from "../support/endpoint.ts";

const work = openWorkspace();
afterAll(work.remove);
const script = (name: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(root, "results/fidelity", name), ...args]);

const problems = [
  { id: "p1", problem: "What is 600 + 634?\n", answer: "1234" },
  { id: "p2", problem: "Half of one?", answer: "\\frac{1}{2}" },
];

test("the plain script asks with the harness' prompt, and reads the last box", async () => {
  const replies = ["\\boxed{7} no, \\boxed{1,234}.", "It is \\boxed{\\dfrac{1}{3}}."];
  const endpoint = await startEndpoint({
    answer: (_, n) => ({ kind: "say", text: replies[n] ?? "" }),
  });
  const file = work.path("problems.jsonl");
  writeFileSync(file, problems.map((problem) => `${JSON.stringify(problem)}\n`).join(""));
  const { stdout } = await script("plain.mjs", endpoint.url, "test-model", file, "2");
  await endpoint.close();
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toMatchObject([
    { id: "p1", answer: "1,234", right: true },
    { id: "p2", answer: "\\dfrac{1}{3}", right: false },
  ]);
  const form = math.direct?.({}) as DirectForm;
  const budget = { materialTokens: 1, referenceTokens: 1 };
  expect(endpoint.received.map(({ body }) => body.messages)).toEqual(
    problems.map(({ id, problem }) => [
      { role: "system", content: directSystem(form, undefined, budget) },
      {
        role: "user",
        content: directMessage(form, { id, group: id, input: { problem }, reference: {} }, budget),
      },
    ]),
  );
  expect(endpoint.received[0]?.body).toMatchObject({ temperature: 0, max_tokens: 1024, seed: 41 });
});

test("the comparison lists every disagreement with its cause", async () => {
  const store = work.path("store/rollout");
  mkdirSync(store, { recursive: true });
  const row = (task: string, answer: string, passed: boolean) => ({
    about: { task, model: "0.5b", skill: null, interaction: "direct" },
    grade: { kind: "graded", score: Number(passed), passed, because: "the same value" },
    result: { outcome: "submitted", evidence: { answer } },
  });
  const lines = (rows: readonly object[]) => rows.map((one) => `${JSON.stringify(one)}\n`).join("");
  writeFileSync(path.join(store, "w.jsonl"), lines([row("p1", "0.5", true), row("p2", "3", true)]));
  const plain = [
    { id: "p1", gold: "\\frac{1}{2}", answer: "0.5", right: false },
    { id: "p2", gold: "3", answer: "3", right: true },
  ];
  mkdirSync(work.path("plain"), { recursive: true });
  writeFileSync(work.path("plain/plain-0.5b-gsm8k.jsonl"), lines(plain));
  const { stdout } = await script("compare.mjs", work.path("store"), work.path("plain"));
  expect(stdout).toContain("| 0.5b | gsm8k | 2 | 100.0 | 50.0 | 50.0 [");
  expect(stdout).toContain("| 34.5 (Qwen2.5-Coder-0.5B (base), 4-shot) |");
  expect(stdout).toContain("one answer, judged differently (the same value)");
  expect(stdout).not.toContain("| p2 |");
});
