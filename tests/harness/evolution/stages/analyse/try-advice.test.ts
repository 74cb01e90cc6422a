import { describe, expect, test } from "vitest";
import { digestOf } from "../../../../../harness/canonical.ts";
import type { Skill, UnitResult } from "../../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../../harness/errors.ts";
import { estimate } from "../../../../../harness/evolution/estimate.ts";
import type { Attempt } from "../../../../../harness/evolution/evolution.ts";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../../harness/evolution/presets.ts";
import { errorAnalysisUnit } from "../../../../../harness/evolution/stages/analyse/error-analyst.ts";
import {
  ADVICE_EPISODES,
  type FixCheck,
  newFixRecord,
} from "../../../../../harness/evolution/stages/analyse/fix-check.ts";
import { triageUnit } from "../../../../../harness/evolution/stages/analyse/triage-analyst.ts";
import { advised } from "../../../../../harness/evolution/stages/analyse/try-advice.ts";
import { tryFixTool } from "../../../../../harness/evolution/stages/analyse/try-fix.ts";
import { readTrajectory } from "../../../../../harness/evolution/trajectory.ts";
import {
  calling,
  memory,
  memoryRunner,
  memorySandboxes,
  type Part,
  roleModel,
  rolloutUnit,
  startSkill,
} from "../../../../support/evolution.ts";
import { settle, taskNumber, type World } from "../../../../support/evolution-world.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";
import { toyDomain } from "../../../../support/toy-domain.ts";

const task = { id: "t", group: "g", input: { terms: "1200 + 34" }, reference: { total: 1234 } };
const good = "Add every term of the file, then add them again to check.";
const lessons = { causes: ["It guessed at step 2."], memories: [memory("Add", [2])] };

/** A domain in which no command can prove anything; its agent passes where its skill says to add every term. */
function world() {
  const tried: Skill[] = [];
  const domain = { ...toyDomain(), fix: "advice" as const };
  const sandboxes = memorySandboxes();
  const gate: FixCheck = {
    domain,
    options: {},
    task,
    sandboxes,
    fix: domain.fix,
    parent: startSkill(),
    attempt: async (skill) => {
      tried.push(skill);
      return episodeWith(skill);
    },
  };
  return { gate, tried, sandboxes };
}

async function episodeWith(skill: Skill): Promise<UnitResult> {
  const isAdvised = (skill.files.get("SKILL.md") ?? "").includes("Add every term");
  const unit = rolloutUnit(task, skill, 41, isAdvised ? "1234" : "7");
  return unit.run({ key: "episode", signal: new AbortController().signal });
}

const signal = new AbortController().signal;

async function attempt(advice: string, over: Partial<FixCheck> = {}) {
  const setting = world();
  const record = newFixRecord();
  const result = await tryFixTool({ ...setting.gate, ...over }, record).run({ advice }, signal);
  return { ...setting, record, verdict: result.kind === "observation" ? result.text : "" };
}

describe("advice as a fix", () => {
  test("is asked for by the tool instead of a command", async () => {
    const { gate } = world();
    const { parameters } = tryFixTool(gate, newFixRecord()).spec;
    expect(parameters["required"]).toEqual(["advice"]);
    const wrong = await tryFixTool(gate, newFixRecord()).run({ a: 1, b: 2 }, signal);
    expect(wrong).toMatchObject({ text: 'Error: try_fix needs {"advice": "..."}.' });
  });

  test("passes when the agent succeeds with it, and what that cost is counted", async () => {
    const { verdict, record, tried } = await attempt(good);
    expect(verdict).toMatch(/^PASS\n/);
    expect(verdict).toContain("## Step 2");
    expect(record).toMatchObject({ tries: 1, episodes: 1, passed: good });
    expect(record.spent).toMatchObject({ calls: 2, inputTokens: 10, outputTokens: 5 });
    expect(tried).toHaveLength(1);
  });

  test("stands at the end of the agent's skill, which is otherwise its parent", () => {
    const parent = startSkill();
    const skill = advised(parent, good);
    expect(skill.files.get("SKILL.md")).toBe(
      `${parent.files.get("SKILL.md")?.trimEnd()}\n\n## Advice\n\n${good}\n`,
    );
    expect(skill.name).toBe(parent.name);
    expect(skill.digest).not.toBe(parent.digest);
    expect(parent.digest).toBe(startSkill().digest);
  });

  test("fails with what the agent did", async () => {
    const { verdict, record } = await attempt("Look twice.");
    expect(verdict).toMatch(/^FAIL: other\n/);
    expect(verdict).toContain("Submitted:");
    expect(record).toMatchObject({ tries: 1, episodes: 1, passed: undefined });
  });

  test("that names a value of the reference is rejected, and no episode is paid for", async () => {
    const { verdict, record, tried } = await attempt("Add every term; the sum is 1234.");
    expect(verdict).toContain('REJECTED: the advice gives away "1234"');
    expect(record).toMatchObject({ tries: 1, quoting: 1, episodes: 0, passed: undefined });
    expect(tried).toEqual([]);
  });

  test("is a few sentences", async () => {
    const { verdict, record, tried } = await attempt("Add every term. ".repeat(200));
    expect(verdict).toContain("NOT RUN: advice has 1 to 1500 characters");
    expect(record.tries + tried.length).toBe(0);
    expect((await attempt("  ")).verdict).toContain("NOT RUN");
  });

  test("has a bounded number of episodes", async () => {
    const { gate, tried } = world();
    const record = newFixRecord();
    const tool = tryFixTool(gate, record);
    for (let i = 0; i < ADVICE_EPISODES + 2; i++) await tool.run({ advice: `Look ${i}.` }, signal);
    const last = await tool.run({ advice: good }, signal);
    expect(last).toMatchObject({ text: expect.stringContaining("episodes are used") });
    expect(tried).toHaveLength(ADVICE_EPISODES);
    expect(record.spent.calls).toBe(2 * ADVICE_EPISODES);
    expect(record.passed).toBeUndefined();
  });

  test("an episode that infrastructure broke proves nothing", async () => {
    const { verdict, record } = await attempt(good, {
      attempt: async (skill) => ({
        ...(await episodeWith(skill)),
        grade: { kind: "ungraded", because: "sandbox: gone" },
      }),
    });
    expect(verdict).toBe("NOT GRADED: sandbox: gone");
    expect(record).toMatchObject({ episodes: 1, passed: undefined });
  });
});

const agentic = (part: Part) => ({ "error-analyst": part });
const loop: Part = (_, turn) =>
  turn === 0 ? calling("try_fix", { advice: good }) : calling("submit", lessons);

async function analysed(parts: Readonly<Record<string, Part>>, over: Partial<FixCheck> = {}) {
  const { gate, sandboxes } = world();
  const runner = memoryRunner();
  const model = roleModel(parts);
  const row = await runner.run(rolloutUnit(task, undefined, 41, "7"));
  const trajectory = await readTrajectory(task, row, runner);
  const clock = steppingClock();
  const whole = { ...gate, ...over };
  const unit =
    "error-triage" in parts
      ? triageUnit(trajectory, whole, { model, repair: model, seed: 41, clock })
      : errorAnalysisUnit(trajectory, whole, {
          model,
          seed: 41,
          limits: { turns: 6, observationChars: 2000, malformed: 2 },
          clock,
        });
  return { row: await runner.run(unit), model, unit, sandboxes };
}

describe("an error analyst who proves with advice", () => {
  test("is told so, is believed once an episode has passed, and pays for it", async () => {
    const { row, model, unit, sandboxes } = await analysed(agentic(loop));
    expect(row.result).toMatchObject({
      end: { kind: "explained" },
      memories: [{ title: "Add" }],
      gate: { tries: 1, quoting: 0, inputFree: 0, passed: good, episodes: 1 },
    });
    const system = model.requests[0]?.messages[0]?.text ?? "";
    expect(system).toContain("# Role: error-analyst");
    expect(system).toContain(`You have ${ADVICE_EPISODES} such episodes`);
    expect(system).not.toContain("shell command");
    // Two calls of the analyst, two of the agent it sent.
    expect(row.spent.calls).toBe(4);
    expect(unit.inputs).toMatchObject({ fix: "advice", episodes: ADVICE_EPISODES });
    // No command is run for a proof: the only sandbox is the analyst's own.
    expect(sandboxes.opened).toHaveLength(1);
  });

  test("may prove it in one call", async () => {
    const { row, model } = await analysed({
      "error-triage": () => JSON.stringify({ fix: good, ...lessons }),
    });
    expect(row.result).toMatchObject({
      end: { kind: "explained" },
      gate: { passed: good, episodes: 1 },
    });
    expect(row.spent.calls).toBe(3);
    expect(model.requests[0]?.messages[0]?.text).toContain("The advice is a few sentences");
  });

  test.each([
    ["no-fix-passed", "Look twice."],
    ["copied-reference", "The answer is 1234."],
    ["gave-up", ""],
  ])("explains nothing without proof: %s", async (reason, fix) => {
    const { row } = await analysed({
      "error-triage": () => JSON.stringify({ fix, ...lessons }),
    });
    expect(row.result).toMatchObject({ end: { kind: "dropped", reason }, memories: [] });
  });

  test("stops everything when the agent's model will never answer, and else is tried again", async () => {
    const failing = (kind: "permanent" | "transient") => ({
      attempt: () => Promise.reject(new ModelFault({ kind, message: "no such model" })),
    });
    for (const parts of [
      agentic(loop),
      { "error-triage": () => JSON.stringify({ fix: good, ...lessons }) },
    ]) {
      await expect(analysed(parts, failing("permanent"))).rejects.toThrow("no such model");
      const { row } = await analysed(parts, failing("transient"));
      expect(row.grade).toMatchObject({ kind: "ungraded" });
      expect(row.result).toMatchObject({ end: { reason: "broken" } });
    }
  });
});

describe("an evolution in a domain of advice", () => {
  const plain: World = {
    tasks: 4,
    passes: ({ skill }) => skill.includes("add them one by one"),
    learns: () => ["Add them"],
    parts: {
      "error-analyst": (request, turn) => {
        const isFirst = taskNumber(request.messages[1]?.text ?? "") === 0;
        if (turn === 0) return calling("try_fix", { advice: isFirst ? "Hm." : good });
        return calling("submit", turn === 1 && isFirst ? { causes: [], memories: [] } : lessons);
      },
    },
  };
  const setting = () => {
    const preset = { ...presets.default, contrast: 1, replay: 0 };
    const { request, deps, ...rest } = settle(plain, { preset });
    const asked: unknown[][] = [];
    const domain = { ...request.domain, fix: "advice" as const };
    return {
      ...rest,
      asked,
      deps,
      request: { ...request, domain },
      withEpisodes: {
        ...deps,
        attempt: async ({ task: one, skill, seed, repeat }: Attempt) => {
          asked.push([one.id, seed, repeat, skill.digest]);
          const isAdvised = (skill.files.get("SKILL.md") ?? "").includes(good);
          const answer = isAdvised ? String(one.reference["total"]) : "7";
          const unit = rolloutUnit(one, skill, seed, answer);
          const key = digestOf([unit.stage, unit.version, unit.inputs]);
          return unit.run({ key, signal });
        },
      },
    };
  };

  test("runs the advised episodes with the draws of the failed ones, and its account has them", async () => {
    const { request, withEpisodes, asked } = setting();
    const { account, skill } = await evolve(request, withEpisodes);
    expect(asked.map(([id, seed, repeat]) => [id, seed, repeat])).toEqual(
      [0, 1, 2, 3].map((i) => [`task-${i}`, 41, 0]),
    );
    expect(account.analyses).toMatchObject({ explained: 3, dropped: { "no-fix-passed": 1 } });
    expect(account.rollouts).toMatchObject({ evolve: 4, advice: 4 });
    expect(account.spent["analyse"]?.calls).toBe(4 * 2 + 4 * 2);
    expect(skill.files.get("SKILL.md")).not.toContain("## Advice");
  });

  test("costs no more than its estimate", async () => {
    const { request, withEpisodes } = setting();
    const { account } = await evolve(request, withEpisodes);
    const shared = {
      preset: { ...request.preset, turns: 2 },
      analysts: "combined",
      mode: "deepening",
      tasks: 4,
      agentTurns: 2,
    } as const;
    const calls = (fix: "command" | "advice") =>
      estimate({ ...shared, fix }).find(({ stage }) => stage === "analyse")?.calls ?? 0;
    expect(account.spent["analyse"]?.calls).toBeLessThanOrEqual(calls("advice"));
    expect(calls("advice") - calls("command")).toBe(4 * ADVICE_EPISODES * 2);
  });

  test("cannot be done where no episode can be run", async () => {
    const { request, deps } = setting();
    await expect(evolve(request, deps)).rejects.toThrow("no way to run an episode with advice");
  });
});
