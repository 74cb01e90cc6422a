import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { wtq } from "../../domains/wtq/domain.ts";
import type { Message } from "../../harness/contracts/index.ts";
import { readSkill, skillBody } from "../../harness/skills/read-skill.ts";
import { openStore } from "../../harness/store/store.ts";
import {
  command,
  filesBelow,
  journalLines,
  journalRows,
  openWorkspace,
  timesFinished,
  writeStudy,
} from "../support/commands.ts";
import { type Answer, type Endpoint, type Received, startEndpoint } from "../support/endpoint.ts";
import { questionOf, skillNamed, tableAgent } from "../support/table-agent.ts";

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

const evolving = {
  evolve: { from: "training", take: 4 },
  select: { from: "training", skip: 20, take: 3 },
};
const splits = { test: { from: "pristine-unseen", take: 3 } };
/** Three arms of three tasks at two seeds: 18 episodes of two calls, of 30 tokens together. */
const episodes = 18;
const remote = writeStudy(work, "remote", { splits, authors: [], seeds: [41, 42] });

function modelsAt(url: string, over: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const file = work.path(`models-${Math.random()}.yaml`);
  const small = { provider: "openai", name: "test-model", baseURL: url, ...over };
  writeFileSync(file, JSON.stringify({ models: { small } }));
  return ["--models", file];
}

const tableOf = (name: string) => readFileSync(`${work.out(name)}/table.json`, "utf8");

function expectEachFinishedOnce(name: string, units: number): void {
  const finished = timesFinished(work.store(name));
  expect(finished.size).toBe(units);
  expect([...finished.values()].every((times) => times === 1)).toBe(true);
}

describe("the rule-based agent on the shipped sample", () => {
  const conditions = ["no-skill", "human-written", "placebo", "parametric", "creation+error"];
  const study = writeStudy(work, "embedded", {
    conditions,
    splits: { ...evolving, ...splits },
  });

  test("--plan runs nothing; --json is one object with every row; what is stored is found whatever it is called", async () => {
    const plan = await command("bench", [study, ...work.flags("one"), "--plan", "--json"]);
    expect(plan).toMatchObject({ code: 0 });
    const planned = JSON.parse(plan.out);
    expect(planned).toMatchObject({
      study: "embedded",
      data: { name: "wtq sample", real: false },
      total: { stored: 0, costUsd: 0 },
    });
    expect(planned.lines.map(({ stage }: { stage: string }) => stage)).toEqual(
      expect.arrayContaining([
        "draft",
        "rollout (evolve)",
        "analyse",
        "propose",
        "rollout (held-out)",
      ]),
    );
    expect(journalLines(work.store("one"))).toEqual([]);

    const ran = await command("bench", [study, ...work.flags("one"), "--json"]);
    expect(ran).toMatchObject({ code: 0 });
    const table = JSON.parse(ran.out);
    expect(table).toMatchObject({
      study: "embedded",
      data: { name: "wtq sample", real: false, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      models: [{ name: "small", label: "builtin (rule-based, not a language model)" }],
    });
    expect(table.rows.map(({ condition }: { condition: string }) => condition)).toEqual(conditions);
    for (const row of table.rows) {
      expect(row).toMatchObject({ user: "small", split: "test", metric: "accuracy" });
      expect(row).toMatchObject({ n: 3, graded: 3, ungraded: 0, mean: expect.any(Number) });
      for (const field of ["mode", "author", "ci95", "baseline", "delta", "deltaCi95", "p"])
        expect(row).toHaveProperty(field);
    }
    const { mode, author, baseline } = table.rows[4];
    expect({ mode, author, baseline }).toEqual({
      mode: "creation",
      author: "small",
      baseline: "parametric",
    });
    expect(tableOf("one")).toBe(ran.out);
    expect(ran.err).toMatch(/^evolve skills: \d+ done/m);
    expect(ran.err).toMatch(/^evaluate: \d+ done, .*0 to run.* tokens, USD 0\.00$/m);

    const renamed = writeStudy(work, "renamed", {
      ...{ conditions: conditions.toReversed(), concurrency: 3 },
      splits: { ...evolving, ...splits },
      models: { other: { provider: "builtin", name: "small" } },
      ...{ authors: ["other"], users: ["other"] },
    });
    const elsewhere = [...work.flags("one"), "--out", work.path("elsewhere"), "--concurrency", "2"];
    const again = await command("bench", [renamed, ...elsewhere, "--plan", "--json"]);
    const { total } = JSON.parse(again.out);
    expect(total.stored).toBeGreaterThan(15);
    expect(total).toMatchObject({ toRun: 0, calls: 0 });
  });

  test("a reader that goes away is no failure", async () => {
    const ran = await command("bench", [study, ...work.flags("one")], {
      during: (child) => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      },
    });
    expect(ran.code).toBe(0);
  });
});

describe("honest arms", () => {
  test("the arm without a skill sees none, and the arms take turns", async () => {
    endpoint = await startEndpoint({ answer: agent });
    const args = [...work.flags("honest"), ...modelsAt(endpoint.url), "--concurrency", "1"];
    expect(await command("bench", [remote, ...args])).toMatchObject({ code: 0 });

    const store = openStore(work.store("honest"), "reader");
    const telling = [];
    for (const name of ["human-written", "placebo"] as const) {
      const body = skillBody(await readSkill(wtq.skills[name]));
      telling.push(...body.split("\n").filter((line) => line.trim().length > 20));
    }
    let bare = 0;
    for (const row of journalRows(work.store("honest"))) {
      if (row.transcript === undefined) throw new Error("a rollout without a transcript");
      const { messages } = (await store.transcript(row.transcript)) as unknown as {
        messages: Message[];
      };
      const seen = messages.map(({ text }) => text).join("\n");
      const listed = messages.find(({ role }) => role === "tool")?.text ?? "";
      if (row.about["skill"] !== null) {
        expect(seen).toContain("<skill name=");
        expect(listed).toContain("./skill/SKILL.md");
        continue;
      }
      bare++;
      expect(seen).not.toMatch(/skill/i);
      expect(telling.filter((line) => seen.includes(line))).toEqual([]);
      expect(listed).toMatch(/^\.\/table\.csv$/m);
    }
    await store.close();
    expect(bare).toBe(episodes / 3);

    const first = endpoint.received.filter(({ body }) => body.messages.length === 2);
    const order = first.map(({ body }) => [questionOf(body.messages), skillNamed(body.messages)]);
    for (let i = 0; i < order.length; i += 6) {
      const turn = order.slice(i, i + 6);
      expect(new Set(turn.map(([question]) => question)).size).toBe(1);
      expect(new Set(turn.map(([, skill]) => skill)).size).toBe(3);
    }
  });

  test("the placebo is as long as the human-written skill, to a tenth", async () => {
    const [human, placebo] = await Promise.all(
      (["human-written", "placebo"] as const).map((name) => readSkill(wtq.skills[name])),
    );
    const length = (skill: typeof human) =>
      [...(skill?.files.values() ?? [])].reduce((sum, text) => sum + text.length, 0);
    expect(Math.abs(length(placebo) / length(human) - 1)).toBeLessThan(0.1);
  });
});

describe("a run that stops before its end", () => {
  test("--max-cost stops it with exit code 3, below the sum, and more money goes on", async () => {
    endpoint = await startEndpoint({ answer: agent });
    // An episode is 20 input and 10 output tokens: USD 0.04.
    const models = modelsAt(endpoint.url, { price: { input: 1000, output: 2000 } });
    const run = (...more: string[]) =>
      command("bench", [remote, ...work.flags("paid"), ...models, ...more]);
    const stopped = await run("--max-cost", "0.25");
    expect(stopped).toMatchObject({ code: 3, out: "" });
    expect(stopped.err).toMatch(
      /^--max-cost: USD 0\.\d+ of 0\.25 is spent after \d+ units.*same command continues\.$/m,
    );
    const paid = timesFinished(work.store("paid")).size;
    expect(paid).toBeGreaterThan(3);
    expect(paid * 0.04).toBeLessThanOrEqual(0.25);

    const done = await run("--max-cost", "2", "--json");
    expect(done).toMatchObject({ code: 0 });
    expectEachFinishedOnce("paid", episodes);
    const costs = JSON.parse(done.out).rows.map(
      (row: { spent: { costUsd: number } }) => row.spent.costUsd,
    );
    expect(costs.map((cost: number) => cost.toFixed(6))).toEqual(Array(3).fill("0.240000"));
  });

  test("Ctrl-C stops it with exit code 3, and the same command continues", async () => {
    endpoint = await startEndpoint({ answer: agent, latencyMs: 50 });
    const args = [
      remote,
      ...work.flags("stopped"),
      ...modelsAt(endpoint.url),
      "--concurrency",
      "2",
    ];
    const stopped = await command("bench", args, {
      during(child) {
        const watch = setInterval(() => {
          if (journalLines(work.store("stopped")).length === 0) return;
          clearInterval(watch);
          child.kill("SIGINT");
        }, 5);
      },
    });
    expect(stopped).toMatchObject({ code: 3, out: "" });
    expect(stopped.err).toMatch(/^stopped by hand\. What was finished is stored;/m);
    const before = timesFinished(work.store("stopped")).size;
    expect(before).toBeLessThan(episodes);
    expect(await command("bench", args)).toMatchObject({ code: 0 });
    expectEachFinishedOnce("stopped", episodes);
  });
});

test("what --record wrote, --replay answers from without an endpoint, and nothing else", async () => {
  endpoint = await startEndpoint({ answer: agent });
  const models = modelsAt(endpoint.url);
  const tape = work.path("tape");
  const recorded = await command("bench", [
    ...[remote, ...work.flags("live"), ...models, "--record", tape],
  ]);
  expect(recorded).toMatchObject({ code: 0 });
  await endpoint.close();
  const calls = endpoint.received.length;
  expect(calls).toBe(episodes * 2);

  const replay = (name: string, ...more: string[]) =>
    command("bench", [remote, ...work.flags(name), ...models, "--replay", tape, ...more]);
  const replayed = await replay("replayed");
  expect(replayed).toMatchObject({ code: 0, out: recorded.out });
  expect(tableOf("replayed")).toBe(tableOf("live"));
  expect(filesBelow(tape).size).toBe(1);

  const hosted = work.path("hosted.yaml");
  writeFileSync(hosted, "models: { small: { provider: openai, name: test-model } }");
  const keyless = await replay("keyless", "--models", hosted);
  expect(keyless).toMatchObject({ code: 2, err: expect.stringContaining("is not recorded") });

  const missed = await replay("missed", "--seeds", "43");
  expect(missed).toMatchObject({ code: 2, out: "" });
  expect(missed.err).toMatch(
    /^error: call 0 of unit [0-9a-f]{64} \(model small\) is not recorded: .*--record\.$/m,
  );
  expect(missed.err).not.toMatch(/^\s+at /m);
  expect(timesFinished(work.store("missed")).size).toBe(0);
});
