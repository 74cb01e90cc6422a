import { describe, expect, test } from "vitest";
import type {
  DirectForm,
  Domain,
  Model,
  ModelRequest,
  Skill,
  Task,
} from "../../../harness/contracts/index.ts";
import { evolve } from "../../../harness/evolution/evolve.ts";
import { readTrajectory } from "../../../harness/evolution/trajectory.ts";
import { readStudy } from "../../../harness/study/config/read-study.ts";
import { type RolloutSetting, rolloutMaker } from "../../../harness/study/rollout.ts";
import { keyOf } from "../../../harness/study/runner.ts";
import { selectTasks } from "../../../harness/study/select-tasks.ts";
import { memoryRunner, startSkill } from "../../support/evolution.ts";
import { settle, worldTasks } from "../../support/evolution-world.ts";
import { said } from "../../support/models.ts";
import { steppingClock } from "../../support/stepping-clock.ts";
import { toyDomain } from "../../support/toy-domain.ts";

const form: DirectForm = {
  isDefault: false,
  about: "Sums, in one reply.",
  instructions: "Add the numbers.",
  material: (task) => String(task.input["terms"]),
  message: (task, material) => `Question: ${task.id}\n${material}`,
};
const answerIn = (reply: string) => /Answer: (.*)/.exec(reply)?.[1];
const askable = (domain: Domain, over: Partial<DirectForm> = {}): Domain => ({
  ...domain,
  direct: ({ render }) => (render === "words" ? undefined : { ...form, ...over }),
  answerIn,
});
const budget = { materialTokens: 100, referenceTokens: 100 };

/** Sandboxes that nobody may open. */
const noSandboxes: RolloutSetting["sandboxes"] = {
  name: "embedded",
  open: () => Promise.reject(new Error("a direct episode opened a sandbox")),
  close: async () => {},
};

function setting(reply: (request: ModelRequest) => string, over: Partial<RolloutSetting> = {}) {
  const model: Model = {
    id: "m",
    identity: { provider: "scripted" },
    protocol: "native",
    label: "scripted",
    complete: async (request) => said(reply(request)),
  };
  return {
    ...{ domain: askable(toyDomain()), options: { render: "plain" }, model },
    ...{ limits: { turns: 20, observationChars: 8000, malformed: 3 }, clock: steppingClock() },
    ...{ sandboxes: noSandboxes, direct: { form, budget }, ...over },
  };
}

const [task] = worldTasks(1) as [Task];

describe("a direct rollout", () => {
  async function graded(reply: string) {
    const runner = memoryRunner();
    const row = await runner.run(rolloutMaker(setting(() => reply))(task, undefined, 41));
    return { ...row, transcript: await runner.transcript(row) };
  }

  test("is graded by the domain's grader, without a sandbox", async () => {
    expect(await graded("1000 and 2000.\nAnswer: 3000")).toMatchObject({
      result: { outcome: "submitted", turns: 1, evidence: { answer: "3000" } },
      grade: { kind: "graded", score: 1, because: "equal" },
      transcript: { outcome: { kind: "submitted", submission: "3000" }, files: [] },
    });
    expect((await graded("Answer: 7")).grade).toMatchObject({ score: 0, because: "other" });
  });

  test("without an answer is a 0 whose reason is its form", async () => {
    expect(await graded("3000, I think.")).toMatchObject({
      result: { outcome: "no-answer" },
      grade: { kind: "graded", score: 0, passed: false, because: "no-answer" },
    });
  });

  test("is a trajectory of one step, which an analyst can read", async () => {
    const runner = memoryRunner();
    const row = await runner.run(rolloutMaker(setting(() => "Answer: 7"))(task, undefined, 41));
    expect(await readTrajectory(task, row, runner)).toMatchObject({
      outcome: "submitted",
      submission: "7",
      steps: [{ number: 1, text: "Answer: 7", calls: [] }],
      prompt: "Question: task-0\n1000 + 2000",
    });
  });
});

describe("the key of a direct episode", () => {
  const keyWith = (over: Partial<RolloutSetting> = {}, skill?: Skill) =>
    keyOf(rolloutMaker(setting(() => "", over))(task, skill, 41));
  const direct = (change: Partial<DirectForm>, limits = budget) => ({
    direct: { form: { ...form, ...change }, budget: limits },
  });

  test.each<[string, Partial<RolloutSetting>, Skill?]>([
    ["interaction", { direct: undefined }],
    ["instructions", direct({ instructions: "Add." })],
    ["message", direct({ message: () => "Add." })],
    ["budget of material", direct({}, { ...budget, materialTokens: 99 })],
    ["budget of references", direct({}, { ...budget, referenceTokens: 99 })],
    ["skill", {}, startSkill()],
    ["option", { options: { render: "words" } }],
  ])("holds its %s", (_, over, skill) => {
    expect(keyWith(over, skill)).not.toBe(keyWith());
  });

  test.each<[string, Partial<RolloutSetting>]>([
    ["turns", { limits: { turns: 3, observationChars: 200, malformed: 1 } }],
    ["sandbox", { sandboxes: { ...noSandboxes, name: "docker" } }],
  ])("does not hold %s, which decide nothing of it", (_, over) => {
    expect(keyWith(over)).toBe(keyWith());
  });
});

describe("how the tasks of a split are put", () => {
  const silent = toyDomain();
  const far = { ...silent, name: "far" };
  async function interactions(lines: string, domain: Domain) {
    const domains = { toy: domain, far };
    const text = `study: demo
domain: toy
models: { m: { provider: builtin, name: small } }
conditions: [no-skill]
users: [m]
${lines}`;
    const study = readStudy({ file: "demo.yaml", text, sets: [] }, domains);
    const opened = new Map<
      string,
      { domain: Domain; dataset: Awaited<ReturnType<Domain["open"]>> }
    >();
    for (const [name, one] of Object.entries(domains))
      opened.set(name, { domain: one, dataset: await one.open(undefined) });
    const splits = await selectTasks(study, opened, undefined);
    return splits.map((split) => split.direct?.budget ?? "agent");
  }
  const one = "splits: { test: { from: few } }\n";
  const standard = { materialTokens: 6000, referenceTokens: 3000 };

  test.each<[string, string, Domain, unknown[]]>([
    ["by default to an agent", one, askable(silent), ["agent"]],
    [
      "directly where that is the domain's default",
      one,
      askable(silent, { isDefault: true }),
      [standard],
    ],
    [
      "to an agent where the options leave no direct form",
      `${one}render: words\n`,
      askable(silent, { isDefault: true }),
      ["agent"],
    ],
    [
      "directly where the study says so",
      `${one}interaction: direct\n`,
      askable(silent),
      [standard],
    ],
    [
      "to an agent where the study says so",
      `${one}interaction: agent\n`,
      askable(silent, { isDefault: true }),
      ["agent"],
    ],
    [
      "as the split says, before the study",
      "splits: { a: { from: few, interaction: agent }, b: { from: few } }\ninteraction: direct\n",
      askable(silent),
      ["agent", standard],
    ],
    [
      "as its own domain says where that is another one",
      "splits: { a: { from: few }, b: { from: few, domain: far } }\ninteraction: direct\n",
      askable(silent),
      [standard, "agent"],
    ],
    [
      "within the study's budget",
      `${one}interaction: direct\ndirect: { materialTokens: 500 }\n`,
      askable(silent),
      [{ materialTokens: 500, referenceTokens: 3000 }],
    ],
  ])("%s", async (_, lines, domain, found) => {
    expect(await interactions(lines, domain)).toEqual(found);
  });

  test.each<[string, string, Domain, RegExp]>([
    [
      "a domain whose answer is a file",
      `${one}interaction: direct\n`,
      silent,
      /demo\.yaml:7: interaction: toy, render: plain cannot be asked in one call .*Write interaction: agent/,
    ],
    [
      "options that leave no such form",
      "splits: { test: { from: few, render: words, interaction: direct } }\n",
      askable(silent),
      /demo\.yaml:6: splits\.test\.interaction: toy, render: words cannot/,
    ],
    [
      "a word that is none",
      `${one}interaction: directly\n`,
      silent,
      /"directly" is not a known value. Write one of agent, direct\./,
    ],
  ])("refuses %s, and says where and what to do", async (_, lines, domain, message) => {
    await expect(interactions(lines, domain)).rejects.toThrow(message);
  });
});

test("deepening learns from direct trajectories, and the rule reaches the prompt", async () => {
  const { request, deps, runner } = settle({
    tasks: 6,
    passes: () => false,
    learns: () => ["Carry the one"],
  });
  const domain = askable(request.domain);
  const systems: string[] = [];
  const reply = ({ messages: [system, user] }: ModelRequest): string => {
    systems.push(system?.text ?? "");
    const number = Number(/task-(\d+)/.exec(user?.text ?? "")?.[1]);
    const isRight = number % 2 === 0 || system?.text.includes("Carry the one") === true;
    return `I add.\nAnswer: ${isRight ? 3000 + 2 * number : 7}`;
  };
  const rollout = rolloutMaker(setting(reply, { domain, clock: deps.clock }));
  const preset = { ...request.preset, gate: "none" as const, contrast: 1, replay: 0 };
  const evolution = await evolve(
    { ...request, domain, preset },
    { ...deps, rollout: (...of) => runner.run(rollout(...of)) },
  );
  expect(evolution.skill.files.get("SKILL.md")).toContain("Carry the one");
  expect(evolution.account).toMatchObject({ trajectories: { failures: 3, successes: 3 } });
  const after = await runner.run(rollout(request.tasks[1] as Task, evolution.skill, 41));
  expect(after.grade).toMatchObject({ score: 1 });
  expect(systems.at(-1)).toContain("Carry the one");
});
