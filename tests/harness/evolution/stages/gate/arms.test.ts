import { describe, expect, test } from "vitest";
import type { Row, Skill, Task } from "../../../../../harness/contracts/index.ts";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../../harness/evolution/record/account-text.ts";
import { trialRepeats } from "../../../../../harness/evolution/repeats.ts";
import {
  type GateSetting,
  gateText,
  runGate,
} from "../../../../../harness/evolution/stages/gate/arms.ts";
import { nothingSpent } from "../../../../../harness/models/spent.ts";
import { seededRng } from "../../../../../harness/rng.ts";
import { skillOf } from "../../../../../harness/skills/read-skill.ts";
import { roleModel, rule, startSkill } from "../../../../support/evolution.ts";
import {
  type Attempt,
  settle,
  type World,
  worldTasks,
} from "../../../../support/evolution-world.ts";

const parent = startSkill();
const candidate = skillOf(
  new Map([["SKILL.md", `${parent.files.get("SKILL.md")}\n${rule("Another")}\n`]]),
);

/** A row of an episode that passed, failed, or that infrastructure broke. */
function rowOf(passed: boolean | undefined): Row {
  return {
    key: "k",
    stage: "rollout",
    at: "2000-01-01T00:00:00.000Z",
    about: {},
    result: {},
    grade:
      passed === undefined
        ? { kind: "ungraded", because: "sandbox" }
        : { kind: "graded", score: passed ? 1 : 0, passed, because: "" },
    spent: { ...nothingSpent, calls: 1 },
    elapsedMs: 0,
  };
}

interface Asked {
  readonly task: number;
  readonly isCandidate: boolean;
  readonly repeat: number;
}

/** A gate over tasks whose episodes end as told. */
function gateOver(tasks: number, passes: (asked: Asked) => boolean | undefined) {
  const asked: Asked[] = [];
  const setting: GateSetting = {
    tasks: worldTasks(tasks),
    domain: "toy",
    model: roleModel({}),
    threshold: 1.28,
    async rollout(task: Task, skill: Skill | undefined, repeat: number) {
      const one = {
        task: Number(task.id.slice(5)),
        isCandidate: skill?.digest === candidate.digest,
        repeat,
      };
      asked.push(one);
      return rowOf(passes(one));
    },
  };
  return { asked, setting };
}

const repeats = [0, 11, 12, 13];
const arms = { candidate: { skill: candidate, repeats }, parent: { skill: parent, repeats } };

describe("a gate", () => {
  test("runs both skills once, and again only the tasks whose outcome differs", async () => {
    const { asked, setting } = gateOver(10, ({ task, isCandidate }) => task < 3 === isCandidate);
    const { decision, spent } = await runGate(arms, setting);
    expect(asked.filter(({ repeat }) => repeat === 0)).toHaveLength(20);
    expect(decision.repairs + decision.regressions).toBe(10);
    const sure = gateOver(10, ({ task, isCandidate }) => (task < 3 ? isCandidate : task < 6));
    const second = await runGate(arms, sure.setting);
    expect(second.decision).toMatchObject({
      accepted: true,
      because: "better",
      tasks: 10,
      same: 7,
      repairs: 3,
      regressions: 0,
      rollouts: { first: 20, fresh: 18 },
    });
    expect(second.decision.z).toBeCloseTo(Math.sqrt(3), 12);
    const again = sure.asked.filter(({ repeat }) => repeat > 0);
    expect(new Set(again.map(({ task }) => task))).toEqual(new Set([0, 1, 2]));
    expect(new Set(again.map(({ repeat }) => repeat))).toEqual(new Set([11, 12, 13]));
    expect(second.spent.calls).toBe(38);
    expect(spent.calls).toBe(80);
  });

  test("does not count the run that found the flips", async () => {
    const lucky = gateOver(20, ({ task, isCandidate, repeat }) =>
      repeat === 0 ? isCandidate && task < 5 : task % 2 === 0,
    );
    expect((await runGate(arms, lucky.setting)).decision).toMatchObject({
      accepted: false,
      because: "no-difference",
      repairs: 5,
      z: null,
    });
  });

  test("keeps the parent where no outcome differs, and says so", async () => {
    const { decision } = await runGate(arms, gateOver(5, ({ task }) => task > 2).setting);
    expect(decision).toMatchObject({ accepted: false, because: "no-flips", z: null });
    expect(gateText(decision)).toContain("The parent is kept: no task had another outcome");
  });

  test("leaves out what was not graded, and counts it", async () => {
    const { setting } = gateOver(10, ({ task, isCandidate, repeat }) => {
      if (task === 0) return undefined;
      if (task === 1) return repeat === 0 || !isCandidate ? isCandidate : undefined;
      return task < 5 ? isCandidate : true;
    });
    const { decision } = await runGate(arms, setting);
    expect(decision).toMatchObject({ same: 5, repairs: 4, ungraded: 1, unjudged: 1 });
    expect(decision.z).toBeCloseTo(Math.sqrt(3), 12);
    expect(gateText(decision)).toContain("2 left out as ungraded");
  });

  test("refuses arms of one skill that share a draw", async () => {
    const { setting } = gateOver(3, () => true);
    const same = { candidate: { skill: parent, repeats }, parent: { skill: parent, repeats } };
    await expect(runGate(same, setting)).rejects.toThrow("must not share a draw");
    const own = trialRepeats(3);
    expect(new Set([...own.candidate, ...own.parent]).size).toBe(8);
  });

  test("accepts a skill against itself about one time in ten", async () => {
    const own = trialRepeats(3);
    let accepted = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { setting } = gateOver(60, ({ task, repeat }) => {
        const chance = (task % 6) / 5;
        return seededRng(`${trial} ${task} ${repeat}`).next() < chance;
      });
      const { decision } = await runGate(
        {
          candidate: { skill: parent, repeats: own.candidate },
          parent: { skill: parent, repeats: own.parent },
        },
        setting,
      );
      if (decision.accepted) accepted++;
    }
    expect(accepted / 400).toBeGreaterThan(0.05);
    expect(accepted / 400).toBeLessThan(0.16);
  });
});

/** Twelve tasks to learn from, of which all teach one rule, and 48 to decide on, noisy in both arms. */
const evolveTasks = 12;
const world = (helps: (task: number) => boolean | undefined): World => ({
  tasks: 60,
  passes({ task, skill, repeat }: Attempt) {
    if (task < evolveTasks) return false;
    const known = skill.includes("Keep the sign") ? helps(task) : undefined;
    const draw = `${task} ${skill.includes("Keep the sign")} ${repeat}`;
    return known ?? seededRng(draw).next() < (task % 5) / 4;
  },
  learns: () => ["Keep the sign"],
});

const plain: EvolutionPreset = {
  ...presets.default,
  contrast: 1,
  replay: 0,
  rounds: 1,
  gate: "flips",
};

async function evolved(helps: (task: number) => boolean | undefined, preset = plain) {
  const tasks = worldTasks(60);
  const setting = settle(world(helps), {
    preset,
    tasks: tasks.slice(0, evolveTasks),
    selectTasks: tasks.slice(evolveTasks),
  });
  return { ...setting, ...(await evolve(setting.request, setting.deps)) };
}

describe("an evolution with a gate", () => {
  test("takes a skill that is truly better", async () => {
    const { skill, account, rejected, changelog, runner } = await evolved((task) =>
      task % 4 === 0 ? true : undefined,
    );
    expect(skill.files.get("SKILL.md")).toContain("Keep the sign");
    expect(account.gate).toMatchObject({ accepted: true, because: "better", tasks: 48 });
    expect(account.gate?.z).toBeGreaterThan(1.28);
    expect(account.rollouts).toMatchObject({ evolve: 12, "gate, first": 96 });
    expect(account.spent["gate"]?.calls).toBeGreaterThan(96);
    expect(accountText(account, "T")).toContain("Gate: The candidate is accepted: z = ");
    expect(changelog.at(-1)).toContain("accepted");
    expect(rejected).toBeUndefined();
    expect(runner.ran.filter((stage) => stage === "rollout")).toHaveLength(
      Object.values(account.rollouts ?? {}).reduce((a, b) => a + b, 0),
    );
  });

  test("keeps the parent against a harmful one, and the candidate beside it", async () => {
    const { skill, parent, account, provenance, rejected, withheld, changelog } = await evolved(
      (task) => (task % 4 === 0 ? false : undefined),
    );
    expect(skill).toBe(parent);
    expect(provenance).toEqual({ skill: skill.digest, parent: skill.digest, lines: [], edits: [] });
    expect(account.gate).toMatchObject({ accepted: false, because: "not-better" });
    expect(rejected?.[0]?.skill.files.get("SKILL.md")).toContain("Keep the sign");
    expect(rejected?.[0]?.provenance.lines).not.toEqual([]);
    expect(withheld.map(({ reason }) => reason)).toEqual(["rejected-by-gate"]);
    expect(changelog).toEqual([expect.stringContaining("The parent is kept: z = -")]);
    expect(account.fates).toMatchObject({ kept: 0, withheld: 12 });
    expect(account.final).toMatchObject({ kept: 0, withheld: { "rejected-by-gate": 1 } });
    expect(account.lines).toMatchObject({ evolved: 0, removed: 0 });
    expect(() => assertAccount(account)).not.toThrow();
  });

  test("without the gate, and nothing else changed, the harmful one gets in", async () => {
    const { skill, account } = await evolved((task) => (task % 4 === 0 ? false : undefined), {
      ...plain,
      gate: "none",
    });
    expect(skill.files.get("SKILL.md")).toContain("Keep the sign");
    expect(account.gate).toBeUndefined();
    expect(account.rollouts).toEqual({ evolve: 12 });
  });

  test("runs nothing for a candidate that is its parent, byte for byte", async () => {
    const tasks = worldTasks(60);
    const { request, deps, episodes } = settle(
      { ...world(() => true), learns: () => [] },
      { preset: plain, tasks: tasks.slice(0, 12), selectTasks: tasks.slice(12) },
    );
    const { account, rejected } = await evolve(request, deps);
    expect(account.gate).toMatchObject({ accepted: false, because: "identical" });
    expect(account.gate?.rollouts).toEqual({ first: 0, fresh: 0 });
    expect(episodes).toHaveLength(12);
    expect(rejected).toEqual([]);
  });

  test("shows no analyst or author a task of the select split", async () => {
    const { author } = await evolved(() => true);
    const texts = JSON.stringify(author.requests.map(({ messages }) => messages));
    for (const task of worldTasks(60).slice(12))
      expect(texts).not.toMatch(new RegExp(`\\b${task.id}\\b`));
  });

  test("an account whose gate lost a task is refused", async () => {
    const { account } = await evolved(() => true);
    const gate = account.gate;
    if (gate === undefined) throw new Error("no gate");
    expect(() => assertAccount({ ...account, gate: { ...gate, same: gate.same - 1 } })).toThrow(
      "gate tasks 48 against 47",
    );
  });
});
