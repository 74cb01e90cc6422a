import { describe, expect, test } from "vitest";
import type { Evolution } from "../../../harness/evolution/evolution.ts";
import { evolve } from "../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../harness/evolution/presets.ts";
import { assertAccount, sumOfCounts } from "../../../harness/evolution/record/account.ts";
import { accountText } from "../../../harness/evolution/record/account-text.ts";
import { blameSkill } from "../../../harness/skills/blame-skill.ts";
import { rolloutMaker } from "../../../harness/study/rollout.ts";
import { calling, memory, memorySandboxes, type Part, rule } from "../../support/evolution.ts";
import {
  type Attempt,
  settle,
  taskNumber,
  type World,
  worldTasks,
} from "../../support/evolution-world.ts";
import { steppingClock } from "../../support/stepping-clock.ts";

const plain: EvolutionPreset = {
  ...presets.default,
  contrast: 1,
  replay: 0,
  gate: "none",
  analysis: "single-call",
};

/** Proposes every lesson it is shown, whatever was said of earlier rounds. */
const stubborn: Part = (request) => {
  const blocks = [...(request.messages[1]?.text ?? "").matchAll(/```json\n([\s\S]*?)\n```/g)];
  const lessons = JSON.parse(blocks.at(-1)?.[1] ?? "[]") as { title: string; do: string }[];
  const edits = lessons.map(({ title }, i) => ({
    file: "SKILL.md",
    op: "append_to_section",
    target_section: "## Rules",
    content: rule(title, `heed ${title}`),
    from: [i + 1],
  }));
  return JSON.stringify({ reasoning: "r", edits, changelog: [] });
};

const evolveTasks = 6;

/** A world in which what a failure teaches depends on what the skill says already. */
function stages(
  over: Partial<World> & { lesson(task: number, skill: string): string | undefined },
  preset: Partial<EvolutionPreset>,
) {
  let skill = "";
  const world: World = {
    tasks: 30,
    learns: () => [],
    ...over,
    passes: (attempt: Attempt) => {
      if (attempt.task < evolveTasks) skill = attempt.skill;
      return over.passes?.(attempt) ?? false;
    },
    parts: {
      "error-single-call": (request) => {
        const title = over.lesson(taskNumber(request.messages[1]?.text ?? ""), skill);
        const memories =
          title === undefined
            ? []
            : [{ ...memory(title), when: `${title} matters`, do: `heed ${title}` }];
        return JSON.stringify({ causes: ["At step 1."], memories });
      },
      propose: stubborn,
      ...over.parts,
    },
  };
  const tasks = worldTasks(30);
  return settle(world, {
    analysts: "error",
    preset: { ...plain, ...preset },
    tasks: tasks.slice(0, evolveTasks),
    selectTasks: tasks.slice(evolveTasks),
  });
}

const run = async (setting: ReturnType<typeof stages>) => ({
  ...setting,
  ...(await evolve(setting.request, setting.deps)),
});

/** Every line that is not the first parent's, with the edits behind it. */
function evolvedLines({ skill, parent, provenance }: Evolution): Map<string, string[]> {
  const blame = blameSkill(skill, provenance);
  expect(blame.problems).toEqual([]);
  const old = new Set((parent.files.get("SKILL.md") ?? "").split("\n"));
  const written = blame.lines.filter(({ text }) => text !== "" && !old.has(text));
  return new Map(written.map(({ text, edits }) => [text, edits.map(({ id }) => id)]));
}

const masked = (rounds: number) =>
  stages(
    {
      lesson: (_, skill) => {
        if (!skill.includes("First")) return "First";
        return skill.includes("Second") ? "Third" : "Second";
      },
    },
    { rounds },
  );

describe("rounds", () => {
  test("find what an earlier fault had masked, and a single one does not", async () => {
    const one = await run(masked(1));
    expect(one.skill.files.get("SKILL.md")).toContain("First");
    expect(one.skill.files.get("SKILL.md")).not.toContain("Second");
    expect(one.rounds).toBeUndefined();
    const text = (await run(masked(3))).skill.files.get("SKILL.md") ?? "";
    for (const title of ["First", "Second", "Third"]) expect(text).toContain(`**${title}.**`);
  });

  test("keep where every line comes from, under ids that no two rounds share", async () => {
    const evolution = await run(masked(3));
    const origins = [...evolvedLines(evolution)];
    expect(origins).toHaveLength(3);
    for (const [line, edits] of origins) {
      const round = 1 + ["First", "Second", "Third"].findIndex((title) => line.includes(title));
      expect(edits.length, line).toBeGreaterThan(0);
      for (const id of edits) expect(id).toMatch(new RegExp(`^r${round}\\.`));
    }
    const ids = evolution.provenance.edits.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(evolution.provenance.parent).toBe(evolution.parent.digest);
    for (const edit of evolution.provenance.edits)
      expect(edit.tasks).toEqual([...new Set(edit.patches.map(({ task }) => task))].sort());
  });

  test("have an account each, and one of all that is their sum", async () => {
    const { account, rounds, runner } = await run(masked(3));
    expect(account.rounds).toHaveLength(3);
    expect(account.rounds).toEqual(rounds?.map((round) => round.account));
    expect(account.trajectories).toEqual({ total: 18, failures: 18, successes: 0, errored: 0 });
    expect(account.fates.kept).toBe(18);
    // Three rules, and the empty line between them and the code block before.
    expect(account.lines).toMatchObject({ removed: 0, evolved: 4 });
    expect(() => assertAccount(account)).not.toThrow();
    expect(sumOfCounts(account.rollouts ?? {})).toBe(
      runner.ran.filter((stage) => stage === "rollout").length,
    );
    expect(accountText(account, "T")).toContain("- Round 2: 6 failures and 0 successes");
  });

  test("the first is the same work as a single one", async () => {
    const keys = async (rounds: number) => {
      const { runner } = await run(masked(rounds));
      return runner.units.map(({ stage, inputs }) => JSON.stringify([stage, inputs]));
    };
    const [one, three] = [await keys(1), await keys(3)];
    expect(three.slice(0, one.length)).toEqual(one);
    expect(three.length).toBeGreaterThan(2 * one.length);
    expect(one.join()).not.toContain('"past"');
  });

  test("stop after two without an accepted change", async () => {
    const { account, skill, parent, episodes } = await run(
      stages({ lesson: () => undefined }, { rounds: 6 }),
    );
    expect(account.rounds).toHaveLength(2);
    expect(skill).toBe(parent);
    expect(episodes.map(({ repeat }) => repeat)).toEqual([
      ...Array(evolveTasks).fill(0),
      ...Array(evolveTasks).fill(20),
    ]);
  });
});

describe("the memory of patterns", () => {
  /** Task 0 fails in its first episode only, task 1 in the next one only, and both for the same reason. */
  const rare = (rounds: number) =>
    stages(
      {
        lesson: () => "Rare",
        passes: ({ task, repeat }) => task !== (repeat === 0 ? 0 : 1),
      },
      { rounds, demote: "quarantine" },
    );

  test("makes two rounds of one task each a rule of two tasks", async () => {
    const one = await run(rare(1));
    expect(one.skill).toBe(one.parent);
    expect(one.withheld.map(({ reason }) => reason)).toEqual(["low-support"]);
    const two = await run(rare(2));
    expect(two.skill.files.get("SKILL.md")).toContain("**Rare.**");
    expect(two.provenance.edits).toMatchObject([
      {
        tasks: ["task-0", "task-1"],
        patches: [
          { id: "r1.p1", task: "task-0" },
          { id: "r2.p1", task: "task-1" },
        ],
      },
    ]);
    expect(evolvedLines(two).size).toBe(1);
  });

  test("is not raised by the same task once more", async () => {
    const again = await run(
      stages(
        { lesson: () => "Rare", passes: ({ task }) => task !== 0 },
        { rounds: 2, demote: "quarantine" },
      ),
    );
    expect(again.skill).toBe(again.parent);
  });

  test("takes an author's word for a pattern it names, and none for one that is not there", async () => {
    const named = (pattern: number) =>
      stages(
        {
          lesson: (task) => `Words of ${task}`,
          passes: ({ task, repeat }) => task !== (repeat === 0 ? 0 : 1),
          parts: {
            propose: (request, turn) => {
              const reply = JSON.parse(String(stubborn(request, turn)));
              for (const edit of reply.edits) edit.patterns = [pattern];
              return JSON.stringify(reply);
            },
          },
        },
        { rounds: 2, demote: "quarantine" },
      );
    expect((await run(named(1))).skill.files.get("SKILL.md")).toContain("Words of 1");
    const invented = await run(named(7));
    expect(invented.skill).toBe(invented.parent);
  });
});

describe("the memory of rejected edits", () => {
  /** A rule that all failures teach, and that breaks what passes without it; then another, which helps. */
  const harmful = (rounds: number) =>
    stages(
      {
        lesson: (task) => (task % 2 === 0 ? "Harm" : "Help"),
        passes: ({ task, skill, repeat }) => {
          if (task < evolveTasks) return repeat === 0 ? task % 2 === 1 : false;
          if (skill.includes("Harm")) return false;
          return skill.includes("Help") || task % 2 === 0;
        },
      },
      { rounds, gate: "flips" },
    );

  test("keeps a rejected edit from being proposed again, and what is left gets in", async () => {
    const { skill, account, rejected, author } = await run(harmful(2));
    const [first, second] = account.rounds ?? [];
    expect(first?.gate).toMatchObject({ accepted: false });
    expect(second?.proposed.withheld).toEqual({ "rejected-before": 3 });
    expect(second?.gate).toMatchObject({ accepted: true });
    expect(skill.files.get("SKILL.md")).toContain("**Help.**");
    expect(skill.files.get("SKILL.md")).not.toContain("**Harm.**");
    expect(rejected?.[0]?.skill.files.get("SKILL.md")).toContain("**Harm.**");
    const told = author.requests
      .map(({ messages }) => messages[1]?.text ?? "")
      .filter((text) => text.includes("## Edits that were tried and rejected"));
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toContain("Harm");
    expect(told[0]).toContain("## Lessons of earlier rounds");
  });

  test("runs no gate for a candidate that was rejected before", async () => {
    const demoted = await run(
      stages(
        {
          lesson: (task) => `Own ${task}`,
          passes: ({ task, skill }) => task >= evolveTasks && !skill.includes("Own"),
        },
        { rounds: 2, gate: "flips" },
      ),
    );
    expect(demoted.account.rounds?.map(({ gate }) => gate?.because)).toEqual([
      "not-better",
      "rejected-before",
    ]);
    expect(demoted.account.rounds?.[1]?.rollouts).toMatchObject({ "gate, first": 0 });
  });

  test("is never shown to the agent of a rollout", async () => {
    const setting = harmful(3);
    const prompts: string[] = [];
    const sandboxes = memorySandboxes();
    const agent = {
      ...setting.author,
      complete: async (request: Parameters<typeof setting.author.complete>[0]) => {
        prompts.push(request.messages.map(({ text }) => text).join("\n"));
        return calling("submit", { answer: "7" });
      },
    };
    const unit = rolloutMaker({
      domain: setting.request.domain,
      options: {},
      model: agent,
      limits: { turns: 3, observationChars: 2000, malformed: 3 },
      sandboxes,
      clock: steppingClock(),
    });
    const { rounds } = await evolve(setting.request, {
      ...setting.deps,
      // The world decides the outcome; the agent is asked beside it, with what it would really be shown.
      async rollout(task, skill, seed, repeat) {
        await setting.runner.run(unit(task, skill, seed, repeat));
        return setting.deps.rollout(task, skill, seed, repeat);
      },
    });
    expect(rounds?.length).toBeGreaterThan(1);
    expect(prompts.length).toBeGreaterThan(12);
    for (const prompt of prompts) {
      expect(prompt).toContain("# Role: agent");
      expect(prompt).not.toMatch(/earlier rounds|rejected|"pattern"/i);
    }
    for (const files of sandboxes.opened) {
      expect([...files.keys()].filter((path) => !path.startsWith("skill/"))).toEqual(["terms.txt"]);
      expect([...files.values()].join()).not.toMatch(/tried and rejected/i);
    }
  });
});
