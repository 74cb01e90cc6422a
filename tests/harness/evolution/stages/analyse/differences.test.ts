import { describe, expect, test } from "vitest";
import { wtq } from "../../../../../domains/wtq/domain.ts";
import type { JsonObject, ModelRequest, Task } from "../../../../../harness/contracts/index.ts";
import { type EvolutionRequest, roundContext } from "../../../../../harness/evolution/evolution.ts";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../../harness/evolution/record/account-text.ts";
import { analyse } from "../../../../../harness/evolution/stages/analyse/analyse.ts";
import { ruleBasedModel } from "../../../../../harness/models/rule-based/model.ts";
import { embeddedSandboxes } from "../../../../../harness/sandboxes/embedded.ts";
import { readSkill } from "../../../../../harness/skills/read-skill.ts";
import { rolloutMaker } from "../../../../../harness/study/rollout.ts";
import { subjects } from "../../../../../scripts/lib/domains.ts";
import { memory, memoryRunner } from "../../../../support/evolution.ts";
import { settle, taskNumber, type World } from "../../../../support/evolution-world.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";

const plain: EvolutionPreset = { ...presets.default, contrast: 1, replay: 0 };

/**
 * A world in which half of the answers are texts that the agent was never shown: nobody explains those,
 * and the one call explains the others.
 */
function world(): World {
  return {
    tasks: 8,
    passes: () => false,
    learns: (task) => (task % 2 === 0 ? ["Sum them"] : []),
    parts: {
      "error-triage": (request) =>
        JSON.stringify(
          taskNumber(request.messages[1]?.text ?? "") % 2 === 0
            ? { fix: "sum terms.txt", causes: ["c"], memories: [memory("Sum them")] }
            : { fix: "", causes: [], memories: [] },
        ),
    },
  };
}

async function evolved(preset: Partial<EvolutionPreset>, of = world()) {
  const { request, deps, author, runner } = settle(of, { preset: { ...plain, ...preset } });
  const hidden = (task: Task) =>
    taskNumber(task.id) % 2 === 0 ? task : { ...task, reference: { total: "a hidden name" } };
  const tasks = request.tasks.map(hidden);
  const { account, skill } = await evolve({ ...request, tasks }, deps);
  const calls = account.spent["analyse"]?.calls ?? 0;
  return { account, skill, author, runner, calls };
}

const texts = (author: Awaited<ReturnType<typeof evolved>>["author"], role: string) =>
  author.requests
    .filter(({ messages }) => messages[0]?.text.startsWith(`# Role: ${role}`))
    .map(({ messages }) => messages[1]?.text ?? "");

describe("differences before money", () => {
  test("with triage: the one call is not paid where code knows that it cannot do it, and as much is explained", async () => {
    const on = await evolved({ analysis: "triage", differences: true });
    const off = await evolved({ analysis: "triage", differences: false });
    expect(on.account.triage).toEqual({
      failures: 8,
      asked: 4,
      notAsked: { "not-shown": 4 },
      explained: 4,
      passedOn: {},
    });
    expect(off.account.triage).toMatchObject({
      asked: 8,
      notAsked: {},
      passedOn: { "gave-up": 4 },
    });
    expect([on.calls, off.calls]).toEqual([8, 12]);
    expect(on.account.analyses.explained).toBe(off.account.analyses.explained);
    expect(on.skill.digest).toBe(off.skill.digest);
  });

  test("alone: the analysts are told, nothing else changes, and the account counts the kinds", async () => {
    const on = await evolved({ differences: true });
    const off = await evolved({ differences: false });
    expect(on.calls).toBe(off.calls);
    expect(on.skill.digest).toBe(off.skill.digest);
    expect(on.account.differences).toEqual({ failures: 8, kinds: { content: 4, "not-shown": 4 } });
    expect(off.account.differences).toBeUndefined();
    expect(accountText(on.account, "T")).toContain(
      "Differences, found by code before any call: 8 failures (content: 4, not-shown: 4).",
    );
    for (const text of texts(on.author, "error-analyst"))
      expect(text).toContain("## The difference");
    for (const text of texts(off.author, "error-analyst")) expect(text).not.toContain("difference");
  });

  test("the one call has it as a section, after the reference", async () => {
    const { author } = await evolved({ analysis: "triage", differences: true });
    for (const text of texts(author, "error-triage")) {
      expect(text).toMatch(/## The skill[\s\S]*## The reference[\s\S]*## The difference/);
      expect(text).toContain("ended as submitted after 2 steps; the grader's reason: other.");
      expect(text).toContain('Not expected: "7".');
    }
  });

  test("those who may not see the reference are not told", async () => {
    const of = world();
    const single: World = {
      ...of,
      learns: () => ["Add"],
      passes: ({ task }) => task % 4 === 0,
      parts: {
        "error-single-call": () => JSON.stringify({ causes: [], memories: [memory("Add")] }),
      },
    };
    const { author } = await evolved({ analysis: "single-call", differences: true }, single);
    for (const role of ["error-single-call", "success-analyst"]) {
      expect(texts(author, role).length).toBeGreaterThan(0);
      for (const text of texts(author, role)) expect(text).not.toContain("The difference");
    }
  });

  test("switched off, no unit knows of it; switched on, only the error analyses have another key", async () => {
    const keys = async (differences: boolean, analysis: EvolutionPreset["analysis"]) => {
      const { runner } = await evolved({ differences, analysis });
      return runner.units.map(({ stage, inputs }) => JSON.stringify([stage, inputs]));
    };
    for (const analysis of ["agentic", "triage"] as const) {
      const off = await keys(false, analysis);
      expect(off.join()).not.toContain("difference");
      const fresh = (await keys(true, analysis)).filter((key) => !off.includes(key));
      expect(fresh.length).toBeGreaterThan(0);
      for (const key of fresh) expect(key).toMatch(/"kind":"(error|triage)"/);
    }
    expect(presets.faithful.differences).toBe(false);
  });

  test.each([
    ["no input files", { files: async () => new Map<string, string>() }],
    ["pictures", { images: async () => [] }],
  ])("in a domain with %s a text that was not shown says nothing", async (_, over) => {
    const { request, deps } = settle(world(), { preset: { ...plain, analysis: "triage" } });
    const tasks = request.tasks.map((task) => ({ ...task, reference: { total: "a hidden name" } }));
    const domain = { ...request.domain, ...over };
    const { account } = await evolve({ ...request, tasks, domain }, deps);
    expect(account.triage).toMatchObject({ asked: 8, notAsked: {} });
  });

  test("an episode without a step is dropped before any call, and counted", async () => {
    const { request, deps, runner, author } = settle(
      { ...world(), learns: () => ["Sum them"] },
      { preset: plain },
    );
    const { account } = await evolve(request, {
      ...deps,
      runner: {
        run: (unit) => runner.run(unit),
        transcript: async (row) => {
          const whole = await runner.transcript(row);
          if (row.about["task"] !== "task-3" || row.stage !== "rollout") return whole;
          return {
            messages: [
              { role: "system", text: "s" },
              { role: "user", text: "Question: task-3" },
            ],
            outcome: { kind: "context-exceeded" },
            files: [],
          };
        },
      },
    });
    expect(account.analyses).toMatchObject({ asked: 8, explained: 7, dropped: { "no-steps": 1 } });
    expect(account.differences?.kinds).toMatchObject({ "no-steps": 1 });
    expect(texts(author, "error-analyst").join()).not.toContain("task-3");
  });

  /** An evolution in which the episode of one task ended so, without an answer. */
  async function withEnd(kind: string) {
    const { request, deps, runner, author } = settle(
      { ...world(), learns: () => ["Sum them"] },
      { preset: plain },
    );
    const attempts: string[] = [];
    const { account } = await evolve(request, {
      ...deps,
      attempt: async ({ task }) => {
        attempts.push(task.id);
        throw new Error("no episode here");
      },
      runner: {
        run: (unit) => runner.run(unit),
        transcript: async (row) => {
          const whole = await runner.transcript(row);
          if (row.about["task"] !== "task-3" || row.stage !== "rollout") return whole;
          return { ...(whole as JsonObject), outcome: { kind } };
        },
      },
    });
    return { account, asked: author.requests.filter(isAbout("task-3")), attempts };
  }
  const isAbout = (task: string) => (request: ModelRequest) =>
    request.messages.some(({ role, text }) => role === "user" && text.includes(task));
  const toolsOf = (request: ModelRequest | undefined) =>
    request?.tools.find(({ name }) => name === "try_fix")?.parameters["properties"];

  test.each(["malformed-too-often", "repeated", "cut-off", "no-answer"])(
    "an episode that ended as %s is counted, and nobody is asked what it teaches",
    async (kind) => {
      const { account, asked } = await withEnd(kind);
      expect(account.analyses).toMatchObject({ asked: 8, dropped: { "lost-to-form": 1 } });
      expect(account.differences?.kinds).toMatchObject({ "lost-to-form": 1 });
      expect(asked).toEqual([]);
    },
  );

  test("where nothing was handed in, the agent's own retry with advice is the proof", async () => {
    const { asked } = await withEnd("out-of-turns");
    expect(toolsOf(asked[0])).toHaveProperty("advice");
  });

  test("an account that lost a failure is refused", async () => {
    const { account } = await evolved({ analysis: "triage", differences: true });
    const { triage, differences } = account;
    if (!triage || !differences) throw new Error("the part is off");
    expect(() => assertAccount({ ...account, triage: { ...triage, notAsked: {} } })).toThrow(
      "triaged failures 8 against 4",
    );
    expect(() =>
      assertAccount({ ...account, differences: { ...differences, kinds: { content: 4 } } }),
    ).toThrow("differences 8 against 4");
  });
});

describe("with the rule-based agent on the shipped sample", () => {
  /** Calls, tokens and explained failures of the error analyses of 24 tasks. */
  async function measured() {
    const domain = wtq;
    const options = { render: "csv" };
    const tasks = (await (await domain.open(undefined)).load("training", options)).slice(0, 24);
    const model = ruleBasedModel({ id: "large", name: "large" }, subjects);
    const clock = steppingClock();
    const sandboxes = embeddedSandboxes();
    const runner = memoryRunner();
    const parent = await readSkill(domain.skills["human-written"]);
    const limits = { turns: 20, observationChars: 20_000, malformed: 3 };
    const make = rolloutMaker({ domain, options, model, limits, sandboxes, clock });
    const rollouts = await Promise.all(
      tasks.map(async (task) => ({ task, row: await runner.run(make(task, parent, 41)) })),
    );
    const run = async (preset: Partial<EvolutionPreset>) => {
      const whole = { ...plain, ...preset };
      const request: EvolutionRequest = {
        ...{ domain, options, parent, preset: whole, seed: 41, tasks, author: model },
        ...{ mode: "deepening", analysts: "error" },
      };
      const never = () => Promise.reject(new Error("no further rollout"));
      const deps = { runner, sandboxes, clock, rollout: never };
      const found = await analyse(rollouts, roundContext(request, deps));
      const sum = (of: (spent: (typeof found.rows)[number]["spent"]) => number) =>
        found.rows.reduce((total, { spent }) => total + of(spent), 0);
      return {
        explained: found.analyses.filter(({ end }) => end.kind === "explained").length,
        failures: found.analyses.length,
        calls: sum(({ calls }) => calls),
        tokens: sum(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
      };
    };
    try {
      return {
        agentic: await run({ differences: false }),
        told: await run({ differences: true }),
        triage: await run({ differences: false, analysis: "triage" }),
        both: await run({ differences: true, analysis: "triage" }),
      };
    } finally {
      await sandboxes.close();
    }
  }

  test("the difference costs a few tokens and explains no more: it does not read it; triage halves the calls", async () => {
    const { agentic, told, triage, both } = await measured();
    expect(agentic.explained).toBeGreaterThan(agentic.failures / 2);
    for (const one of [told, triage, both]) expect(one.explained).toBe(agentic.explained);
    expect(told.calls).toBe(agentic.calls);
    expect(told.tokens / agentic.tokens).toBeGreaterThan(1);
    expect(told.tokens / agentic.tokens).toBeLessThan(1.04);
    expect(both.calls).toBeLessThanOrEqual(triage.calls);
    expect(both.calls).toBeLessThan(0.7 * agentic.calls);
  });
});
