import { describe, expect, test } from "vitest";
import type { Domain, Model, Task, Tool } from "../../../harness/contracts/index.ts";
import { InputError } from "../../../harness/errors.ts";
import { skillOf } from "../../../harness/skills/read-skill.ts";
import { resolvePreset } from "../../../harness/study/config/preset-schema.ts";
import { readStudy } from "../../../harness/study/config/read-study.ts";
import type { StudyContext } from "../../../harness/study/context.ts";
import { runStudy } from "../../../harness/study/execute.ts";
import { StudyRunner } from "../../../harness/study/runner.ts";
import { selectTasks } from "../../../harness/study/select-tasks.ts";
import { tableInputOf } from "../../../harness/study/table-facts.ts";
import { memorySandboxes } from "../../support/evolution.ts";
import { memoryStore } from "../../support/memory-store.ts";
import { said } from "../../support/models.ts";
import { steppingClock } from "../../support/stepping-clock.ts";
import { toyDomain, toyTasks } from "../../support/toy-domain.ts";

/** Half a point for an answer that is off by one. */
const lenient: Domain = {
  ...toyDomain(toyTasks(6)),
  passMetric: "pass rate",
  metrics: ["nearness"],
  grade(task, evidence) {
    const off = Math.abs(Number(evidence["answer"]) - Number(task.reference["total"]));
    const score = off === 0 ? 1 : off === 1 ? 0.5 : 0;
    const metrics = { nearness: 1 / (1 + off) };
    return { kind: "graded", score, passed: score === 1, because: `off by ${off}`, metrics };
  },
};
const other: Domain = {
  ...toyDomain(toyTasks(4).map((task) => ({ ...task, id: `o${task.id}` }))),
  name: "other",
  metric: "share",
  instructions: () => "Work in another room.",
};

/** Answers with what `answer` says of the task's id and the number of the episode. */
function agent(answer: (task: string, episode: number) => number): Model & { calls: number } {
  const episodes = new Map<string, number>();
  const model: Model & { calls: number } = {
    id: "m",
    identity: { provider: "scripted" },
    protocol: "native",
    label: "scripted",
    calls: 0,
    async complete(request) {
      model.calls++;
      const task = /Question: (\S+)/.exec(request.messages[1]?.text ?? "")?.[1] ?? "";
      const episode = episodes.get(task) ?? 0;
      episodes.set(task, episode + 1);
      const args = { answer: String(answer(task, episode)) };
      return said("", [{ id: "c", name: "submit", arguments: args }]);
    },
  };
  return model;
}

async function tableOf(splits: string, model: Model) {
  const domains = { toy: lenient, other };
  const study = readStudy(
    {
      file: "demo.yaml",
      text: `study: demo
domain: toy
models: { m: { provider: builtin, name: small } }
splits: ${splits}
conditions: [no-skill]
users: [m]
`,
      sets: [],
    },
    domains,
  );
  const opened = new Map(
    await Promise.all(
      Object.entries(domains).map(
        async ([name, domain]) =>
          [name, { domain, dataset: await domain.open(undefined) }] as const,
      ),
    ),
  );
  const skill = skillOf(new Map([["SKILL.md", "---\nname: s\ndescription: S.\n---\n\nAdd.\n"]]));
  const chosen = await selectTasks(study, opened, undefined);
  const context: StudyContext = {
    study,
    domain: lenient,
    data: { name: "toy", real: false, digest: "d", path: "nowhere" },
    splits: chosen,
    models: new Map([["m", model]]),
    skills: { "human-written": skill, placebo: skill },
    presetOf: () => resolvePreset("default"),
    limits: { turns: 3, observationChars: 2000, malformed: 3 },
    sandboxes: memorySandboxes(),
    clock: steppingClock(),
  };
  const runner = new StudyRunner({
    store: memoryStore(),
    clock: steppingClock(),
    controller: new AbortController(),
    concurrency: 1,
    retries: 1,
  });
  const cells = await runStudy(context, runner, () => {});
  const { arms } = tableInputOf(context, cells, () => 0);
  return arms.map(({ split, metric, observations }) => ({
    split,
    metric,
    scores: observations.map(({ score }) => score),
  }));
}

const total = (task: string) => 2 * Number(/\d+/.exec(task)?.[0]);

describe("the columns of a split", () => {
  test("measure: one set of episodes serves the mean of the scores, the share of passes and a metric", async () => {
    const model = agent((task) => total(task) + (task === "t0" ? 0 : 1));
    const arms = await tableOf(
      "{ soft: { from: few }, hard: { from: few, measure: passed }, near: { from: few, measure: nearness } }",
      model,
    );
    expect(arms).toEqual([
      { split: "soft", metric: "accuracy", scores: [1, 0.5, 0.5] },
      { split: "hard", metric: "pass rate", scores: [1, 0, 0] },
      { split: "near", metric: "nearness", scores: [1, 0.5, 0.5] },
    ]);
    expect(model.calls).toBe(3);
  });

  test("samples: avg@k and pass@k over k episodes of each task", async () => {
    const model = agent((task, episode) => total(task) + (task !== "t2" && episode === 0 ? 0 : 9));
    const arms = await tableOf("{ test: { from: few, samples: 4 } }", model);
    expect(arms).toEqual([
      { split: "test", metric: "avg@4", scores: [0.25, 0.25, 0] },
      { split: "test", metric: "pass@4", scores: [1, 1, 0] },
    ]);
    expect(model.calls).toBe(12);
  });

  test("domain: a split of another domain is asked, graded and named as there", async () => {
    const rooms = new Set<string>();
    const inner = agent((task) => total(task) + 1);
    const model: Model = {
      ...inner,
      complete(request, context) {
        rooms.add(/another room/.test(request.messages[0]?.text ?? "") ? "other" : "toy");
        return inner.complete(request, context);
      },
    };
    const arms = await tableOf("{ test: { from: few }, far: { domain: other, from: all } }", model);
    expect(arms).toEqual([
      { split: "test", metric: "accuracy", scores: [0.5, 0.5, 0.5] },
      { split: "far", metric: "share", scores: [0, 0, 0, 0] },
    ]);
    expect(rooms).toEqual(new Set(["toy", "other"]));
  });
});

describe("a task that cannot be used", () => {
  test("is ungraded with its reason, and asks the model nothing", async () => {
    const broken: Domain = {
      ...lenient,
      async files(task: Task) {
        if (task.id !== "t1") return new Map([["terms.txt", "1 + 1"]]);
        throw new InputError({ where: "t1.png", problem: "truncated", fix: "Fetch it again." });
      },
    };
    const { runRolloutOf } = await rolloutWorld(broken);
    const row = await runRolloutOf("t1");
    expect(row.grade).toEqual({
      kind: "ungraded",
      because: "task: t1.png: truncated. Fetch it again.",
    });
    expect(row.spent.calls).toBe(0);
    expect((await runRolloutOf("t0")).grade?.kind).toBe("graded");
  });
});

describe("pictures", () => {
  const image = { mediaType: "image/png", base64: "AAAA" };
  const look: Tool = {
    spec: { name: "look", description: "Look.", parameters: { type: "object" } },
    run: async () => ({ kind: "observation", text: "Here.", images: [image] }),
  };
  const seeing: Domain = { ...lenient, images: async () => [image], tools: () => [look] };

  test("go with the question and with what tools give back, and are named in the transcript", async () => {
    const { runRolloutOf, requests, store } = await rolloutWorld(seeing, "look");
    const row = await runRolloutOf("t0");
    expect(requests[0]?.messages[1]).toMatchObject({ role: "user", images: [image] });
    expect(requests[0]?.tools.map(({ name }) => name)).toEqual(["bash", "look", "submit"]);
    expect(requests[1]?.messages.at(-1)).toMatchObject({ role: "tool", images: [image] });
    const kept = JSON.stringify(row.transcript && (await store.transcript(row.transcript)));
    expect(kept).not.toContain("base64");
    expect(kept.match(/\[picture: image\/png, SHA-256 [0-9a-f]{16}\]/g)).toHaveLength(2);
  });
});

async function rolloutWorld(domain: Domain, first?: string) {
  const { rolloutMaker } = await import("../../../harness/study/rollout.ts");
  const requests: Parameters<Model["complete"]>[0][] = [];
  const model: Model = {
    id: "m",
    identity: { provider: "scripted" },
    protocol: "native",
    label: "scripted",
    async complete(request) {
      requests.push({ ...request, messages: [...request.messages] });
      const name = first !== undefined && requests.length === 1 ? first : "submit";
      return said("", [{ id: `c${requests.length}`, name, arguments: { answer: "0" } }]);
    },
  };
  const store = memoryStore();
  const clock = steppingClock();
  const runner = new StudyRunner({
    ...{ store, clock, controller: new AbortController(), concurrency: 1, retries: 0 },
  });
  const maker = rolloutMaker({
    ...{ domain, options: {}, model, clock, sandboxes: memorySandboxes() },
    limits: { turns: 3, observationChars: 2000, malformed: 3 },
  });
  const tasks = new Map(toyTasks(3).map((task) => [task.id, task]));
  return {
    requests,
    store,
    runRolloutOf: (id: string) => runner.run(maker(tasks.get(id) as Task, undefined, 41)),
  };
}
