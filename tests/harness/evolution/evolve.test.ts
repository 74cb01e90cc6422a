import { describe, expect, test } from "vitest";
import type { Runner, Task, Unit } from "../../../harness/contracts/index.ts";
import { estimate } from "../../../harness/evolution/estimate.ts";
import type { EvolutionRequest } from "../../../harness/evolution/evolution.ts";
import { evolve } from "../../../harness/evolution/evolve.ts";
import { presets } from "../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../harness/evolution/record/account.ts";
import { accountText } from "../../../harness/evolution/record/account-text.ts";
import { lintSkill } from "../../../harness/skills/lint-skill.ts";
import {
  calling,
  memory,
  memoryRunner,
  memorySandboxes,
  type Part,
  roleModel,
  rolloutUnit,
  rule,
  startSkill,
} from "../../support/evolution.ts";
import { said } from "../../support/models.ts";
import { steppingClock } from "../../support/stepping-clock.ts";
import { toyDomain } from "../../support/toy-domain.ts";

/** Tasks whose sums have four digits, so that no rule can name one by chance. */
const tasks: Task[] = Array.from({ length: 12 }, (_, i) => ({
  id: `task-${i}`,
  group: `g${i}`,
  input: { terms: `${1000 + i} + ${2000 + i}` },
  reference: { total: 3000 + 2 * i },
}));

const numberOf = (text: string) => Number(/task-(\d+)/.exec(text)?.[1] ?? 0);

/** What an analyst learns of a task: a common lesson of every third task, or one of its own. */
const lessonOf = (i: number) =>
  i % 3 === 0 ? "Keep the sign" : i % 3 === 1 ? "Carry the one" : `Care ${i}`;

const parts: Readonly<Record<string, Part>> = {
  "error-analyst": (request, turn) => {
    const i = numberOf(request.messages[1]?.text ?? "");
    // One analyst in twelve finds no fix.
    if (i === 10) return calling("submit", { causes: [], memories: [] });
    if (turn === 0) return calling("try_fix", { command: "sum terms.txt" });
    return calling("submit", { causes: [`Step 2 of ${i}`], memories: [memory(lessonOf(i), [2])] });
  },
  "success-analyst": (request) => {
    const i = numberOf(request.messages[1]?.text ?? "");
    return JSON.stringify({ memories: i === 4 ? [] : [memory(lessonOf(i), [1])] });
  },
  propose: (request) => {
    const text = request.messages[1]?.text ?? "";
    const lessons = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? "[]") as {
      title: string;
    }[];
    const edits = lessons.map(({ title }, i) => ({
      file: "SKILL.md",
      op: "append_to_section",
      target_section: title === "Care 5" ? "## Nowhere" : "## Rules",
      content: rule(title),
      from: [i + 1],
    }));
    return JSON.stringify({ reasoning: "r", edits, changelog: [] });
  },
  repair: () => "I do not know better.",
  merge: (request) => {
    const listing = /```json\n([\s\S]*?)\n```/.exec(
      (request.messages[1]?.text ?? "").split(/^## The (?:patches|edits)$/m)[1] ?? "",
    );
    const shown = (
      JSON.parse(listing?.[1] ?? "[]") as { edits: Record<string, unknown>[] }[]
    ).flatMap(({ edits }) => edits);
    return JSON.stringify({
      reasoning: "m",
      edits: shown.map(({ id, tasks: _, ...edit }) => ({
        ...edit,
        ...(id === undefined ? {} : { sources: [id] }),
      })),
      dropped: [],
      changelog: [],
    });
  },
};

/** The default without the parts that need an agent who reads its skill; they have tests of their own. */
const plain = { ...presets.default, contrast: 1, replay: 0 };

function setting(over: Partial<EvolutionRequest> = {}, delay?: (unit: Unit) => number) {
  const author = roleModel(parts);
  const runner = memoryRunner(delay);
  const request: EvolutionRequest = {
    domain: toyDomain(tasks),
    options: {},
    parent: startSkill(),
    mode: "deepening",
    analysts: "combined",
    preset: plain,
    tasks,
    author,
    seed: 41,
    ...over,
  };
  return { author, runner, request, run: () => evolve(request, depsOf(runner)) };
}

/** Every fourth task is solved; the episode of the last task broke. */
function depsOf(runner: Runner) {
  return {
    runner,
    sandboxes: memorySandboxes(),
    clock: steppingClock(),
    rollout: async (task: Task, skill: EvolutionRequest["parent"] | undefined, seed: number) => {
      const i = numberOf(task.id);
      const right = String(task.reference["total"]);
      const row = await runner.run(rolloutUnit(task, skill, seed, i % 4 === 0 ? right : "7"));
      return i === 11 ? { ...row, grade: { kind: "ungraded" as const, because: "sandbox" } } : row;
    },
  };
}

describe("an evolution", () => {
  test("leaves an account that adds up", async () => {
    const { account } = await setting().run();
    expect(account).toMatchObject({
      trajectories: { total: 12, failures: 8, successes: 3, errored: 1 },
      analyses: {
        notAsked: 0,
        asked: 11,
        explained: 9,
        dropped: { "gave-up": 1, "no-memories": 1 },
        memories: 9,
      },
      patches: { made: 8, without: { "all-edits-withheld": 1 } },
      proposed: { total: 9, withheld: { "missing-anchor": 1 }, merged: 8 },
      fates: { kept: 6, demoted: 2, quarantined: 0, withheld: 0, dropped: 0, lost: 0 },
      final: {
        total: 4,
        kept: 2,
        demoted: 2,
        quarantined: 0,
        withheld: {},
        support: { "1": 2, "2": 1, "4": 1 },
      },
      replies: { propose: { repairs: 1, faults: { "missing-anchor": 1 } } },
      identical: false,
    });
    expect(() => assertAccount(account)).not.toThrow();
    expect(accountText(account, "A title")).toContain(
      "| trajectories | 12 | 8 failures, 3 successes, 1 errored |",
    );
  });

  test("an account that lost something is refused", async () => {
    const { account } = await setting().run();
    const lossy = { ...account, patches: { ...account.patches, made: account.patches.made - 1 } };
    expect(() => assertAccount(lossy)).toThrow("does not add up: patches 9 against 8");
  });

  test("puts what recurs into SKILL.md, most supported first, and the rest into a reference", async () => {
    const { skill, parent } = await setting().run();
    const text = skill.files.get("SKILL.md") ?? "";
    expect(text.indexOf("Keep the sign")).toBeGreaterThan(0);
    expect(text.indexOf("Carry the one")).toBeGreaterThan(text.indexOf("Keep the sign"));
    expect(text).not.toContain("Care 2");
    expect(skill.files.get("references/single-source.md")).toContain("Care 2");
    expect(skill.name).toBe(parent.name);
    expect(lintSkill(skill).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("never changes the parent", async () => {
    const { request, run } = setting();
    const before = JSON.stringify([...request.parent.files]);
    const { parent } = await run();
    expect(JSON.stringify([...parent.files])).toBe(before);
    expect(parent).toBe(request.parent);
  });

  test("every evolved line resolves to tasks, trajectories and steps", async () => {
    const { skill, parent, provenance } = await setting().run();
    const edits = new Map(provenance.edits.map((edit) => [edit.id, edit]));
    const reasons = { why: "it is safe", unless: "there are none", check: "add again" };
    for (const { patches } of provenance.edits)
      for (const patch of patches) expect(patch.reasons).toContainEqual(reasons);
    for (const [file, content] of skill.files) {
      const old = new Set((parent.files.get(file) ?? "").split("\n"));
      for (const [i, line] of content.split("\n").entries()) {
        if (line.trim() === "" || old.has(line)) continue;
        const origin = provenance.lines.find((one) => one.file === file && one.line === i + 1);
        const edit = edits.get(origin?.edit ?? "");
        expect(edit?.patches, `${file}:${i + 1} ${line}`).not.toHaveLength(0);
        for (const patch of edit?.patches ?? []) {
          expect(patch.row).toMatch(/^[0-9a-f]{64}$/);
          expect(patch.steps).not.toHaveLength(0);
        }
        expect(edit?.tasks).toEqual([...new Set(edit?.patches.map(({ task }) => task))].sort());
      }
    }
    expect(
      provenance.edits.find(({ rule: text }) => text.includes("Keep the sign"))?.tasks,
    ).toEqual(["task-0", "task-3", "task-6", "task-9"]);
  });

  test("a line of the reference names its own rule and task, not the whole file's", async () => {
    const { skill, provenance } = await setting().run();
    const file = "references/single-source.md";
    const at = (skill.files.get(file) ?? "")
      .split("\n")
      .findIndex((line) => line.includes("Care 2"));
    const origin = provenance.lines.find((one) => one.file === file && one.line === at + 1);
    expect(provenance.edits.find(({ id }) => id === origin?.edit)?.tasks).toEqual(["task-2"]);
  });

  test("gives the same result in whatever order units finish", async () => {
    const results = await Promise.all(
      [
        undefined,
        (unit: Unit) => JSON.stringify(unit.about).length % 7,
        (unit: Unit) => 50 - numberOf(JSON.stringify(unit.about)),
      ].map(async (delay) => {
        const { skill, account, provenance } = await setting({}, delay).run();
        return JSON.stringify([skill.digest, account, provenance]);
      }),
    );
    expect(new Set(results).size).toBe(1);
  });

  test("a second one on the same store calls no model", async () => {
    const { author, run } = setting();
    const first = await run();
    const calls = author.asked.length;
    const second = await run();
    expect(author.asked).toHaveLength(calls);
    expect(second).toEqual(first);
  });

  test.each(["error", "success"] as const)(
    "with the %s analysts only, the other side is counted and not read",
    async (analysts) => {
      const { author, run } = setting({ analysts });
      const { account } = await run();
      const asked = analysts === "error" ? 8 : 3;
      expect(account.analyses).toMatchObject({ asked, notAsked: 11 - asked });
      const other = analysts === "error" ? "success-analyst" : "error-analyst";
      expect(author.asked).not.toContain(other);
    },
  );

  test("the faithful preset keeps single lessons in SKILL.md and its lines resolve as well", async () => {
    const { skill, account, provenance } = await setting({ preset: presets.faithful }).run();
    expect(skill.files.get("SKILL.md")).toContain("Care 2");
    expect([...skill.files.keys()]).toEqual(["SKILL.md"]);
    expect(account.merge).toMatchObject({ fanIn: 32, levels: 1, inferred: 4 });
    expect(account.fates).toMatchObject({ kept: 8, lost: 0 });
    expect(provenance.edits.find(({ rule: text }) => text.includes("Care 2"))?.tasks).toEqual([
      "task-2",
    ]);
    expect(provenance.edits.every(({ patches }) => patches.length > 0)).toBe(true);
  });

  test("with quarantine for single lessons they are in the account and not in the skill", async () => {
    const { skill, account, withheld } = await setting({
      preset: { ...plain, demote: "quarantine" },
    }).run();
    expect(JSON.stringify([...skill.files])).not.toContain("Care 2");
    expect(account.fates.quarantined).toBe(2);
    expect(withheld.map(({ reason }) => reason)).toEqual(["low-support", "low-support"]);
  });

  test("with nothing to learn the skill is its parent, byte for byte, and says so", async () => {
    const { skill, parent, account } = await setting({ tasks: [] }).run();
    expect(skill.digest).toBe(parent.digest);
    expect(account.identical).toBe(true);
    expect(accountText(account, "None")).toContain("byte for byte");
  });

  test("a role can have a model of its own", async () => {
    const other = roleModel({ merge: parts["merge"] ?? (() => said("")) }, "other");
    const { author, run } = setting({ roles: new Map([["merge", other]]) });
    await run();
    expect(new Set(other.asked)).toEqual(new Set(["merge"]));
    expect(author.asked).not.toContain("merge");
  });

  test("costs no more than its estimate, in every stage", async () => {
    for (const preset of [plain, presets.faithful]) {
      const { author, runner, run } = setting({ preset });
      await run();
      const bound = estimate({
        preset,
        analysts: "combined",
        mode: "deepening",
        tasks: 12,
        agentTurns: 2,
      });
      for (const { stage, units } of bound)
        expect(runner.ran.filter((ran) => ran === stage).length, stage).toBeLessThanOrEqual(units);
      const calls = bound
        .filter(({ stage }) => stage !== "rollout")
        .reduce((sum, one) => sum + one.calls, 0);
      expect(author.asked.length).toBeLessThanOrEqual(calls);
    }
  });

  test("changing the model, the seed, the parent or the limits misses every stored unit it decides", async () => {
    const keys = async (over: Partial<EvolutionRequest>) => {
      const { runner, run } = setting(over);
      await run();
      return runner.units
        .filter(({ stage }) => stage !== "rollout")
        .map(({ stage, inputs }) => JSON.stringify([stage, inputs]));
    };
    const base = new Set(await keys({}));
    const other = roleModel(parts, "other");
    for (const over of [{ author: other }, { seed: 42 }])
      for (const key of await keys(over)) expect(base).not.toContain(key);
    const fewerTurns = await keys({ preset: { ...plain, turns: 50 } });
    const errors = fewerTurns.filter((key) => key.includes('"kind":"error"'));
    expect(errors).toHaveLength(8);
    for (const key of errors) expect(base).not.toContain(key);
  });
});
