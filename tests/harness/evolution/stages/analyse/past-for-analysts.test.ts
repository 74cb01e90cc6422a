import { describe, expect, test } from "vitest";
import { evolve } from "../../../../../harness/evolution/evolve.ts";
import { type EvolutionPreset, presets } from "../../../../../harness/evolution/presets.ts";
import {
  analystListing,
  noPast,
  type Past,
  pastListing,
} from "../../../../../harness/evolution/record/past.ts";
import {
  briefingInputs,
  briefingOf,
} from "../../../../../harness/evolution/stages/analyse/briefing.ts";
import { memory } from "../../../../support/evolution.ts";
import { settle, type World, worldTasks } from "../../../../support/evolution-world.ts";

const evolveTasks = 6;

const lesson = () => JSON.stringify({ causes: ["c"], memories: [memory("Harm")] });

/**
 * A world in which every analyst teaches the same rule, which breaks all other tasks: task 0 is solved,
 * task 1 only in a repeat, the others never.
 */
const world: World = {
  tasks: 30,
  passes: ({ task, skill, repeat }) =>
    task < evolveTasks ? task === 0 || (task === 1 && repeat % 20 === 1) : !skill.includes("Harm"),
  learns: () => ["Harm"],
  parts: {
    "error-single-call": lesson,
    "error-triage": () =>
      JSON.stringify({ fix: "sum terms.txt", causes: ["c"], memories: [memory("Harm")] }),
    "contrast-analyst": () =>
      JSON.stringify({
        divergence: { failed_step: 1, passed_step: 1, what: "one looked" },
        memories: [{ ...memory("Harm"), passed_steps: [1] }],
      }),
  },
};

async function evolved(preset: Partial<EvolutionPreset>) {
  const tasks = worldTasks(30);
  const setting = settle(world, {
    analysts: "combined",
    preset: { ...presets.default, replay: 0, contrast: 2, gate: "flips", ...preset },
    tasks: tasks.slice(0, evolveTasks),
    selectTasks: tasks.slice(evolveTasks),
  });
  const evolution = await evolve(setting.request, setting.deps);
  const heard = (role: string) =>
    setting.author.requests.filter(({ messages }) =>
      messages[0]?.text.startsWith(`# Role: ${role}\n`),
    );
  return { ...setting, evolution, heard };
}

const past: Past = {
  patterns: [
    {
      lesson: { ...(memory("Seldom") as never as Past["patterns"][number]["lesson"]) },
      evidence: [{ id: "r1.p1", task: "secret-task", row: "row", steps: [1] }],
    },
    {
      lesson: { ...(memory("Often") as never as Past["patterns"][number]["lesson"]) },
      evidence: [
        { id: "r1.p2", task: "secret-task", row: "row", steps: [1] },
        { id: "r1.p3", task: "other-task", row: "row", steps: [1] },
      ],
    },
  ],
  rejected: [{ file: "SKILL.md", op: "append_to_section", content: "- **Harm.**" }],
};

describe("what an analyst is told of earlier rounds", () => {
  test("is the lessons, best supported first, and the rejected rules, in words of its own part", () => {
    const text = analystListing(past);
    expect(text.indexOf("Often")).toBeLessThan(text.indexOf("Seldom"));
    expect(text).toContain('"tasks": 2');
    expect(text).toContain("## Rules that were tried and rejected");
    expect(text).toContain("- **Harm.**");
    // What only an author of edits can use, and what would point at a task.
    expect(text).not.toMatch(/"patterns"|"pattern":|propose|secret-task|append_to_section/i);
    expect(text).not.toBe(pastListing(past));
  });

  test("is nothing in the first round, in text and in key", () => {
    expect(analystListing(noPast)).toBe("");
    expect(briefingOf(noPast)).toEqual({});
    expect(briefingInputs(briefingOf(noPast))).toEqual({});
    expect(Object.keys(briefingInputs(briefingOf(past)))).toEqual(["past"]);
  });

  test("is short whatever came before", () => {
    const many = (count: number): Past => ({
      patterns: Array.from({ length: count }, () => past.patterns[0] as Past["patterns"][number]),
      rejected: Array.from({ length: count }, () => past.rejected[0] as Past["rejected"][number]),
    });
    expect(analystListing(many(4000)).length).toBe(analystListing(many(400)).length);
  });
});

describe("analysts of later rounds", () => {
  test.each([
    ["single-call", ["error-single-call", "success-analyst", "contrast-analyst"]],
    ["triage", ["error-triage", "success-analyst", "contrast-analyst"]],
  ] as const)(
    "with %s analysis all that explain see the past, and those of the first round none",
    async (analysis, roles) => {
      const one = await evolved({ analysis, rounds: 1 });
      const two = await evolved({ analysis, rounds: 2 });
      expect(two.evolution.account.rounds?.[0]?.gate).toMatchObject({ accepted: false });
      for (const role of roles) {
        const texts = two.heard(role).map(({ messages }) => messages[1]?.text ?? "");
        const told = texts.filter((text) => text.includes("## Rules that were tried and rejected"));
        expect(told.length, role).toBe(one.heard(role).length);
        expect(texts.length, role).toBe(2 * told.length);
        for (const text of told) {
          expect(text).toContain("## Lessons of earlier rounds");
          expect(text).toContain("Harm");
        }
        expect(one.heard(role).map((request) => JSON.stringify(request))).toEqual(
          two
            .heard(role)
            .slice(0, one.heard(role).length)
            .map((request) => JSON.stringify(request)),
        );
      }
    },
  );

  test("the agentic one has it in its working directory, and is told of it", async () => {
    const { deps, heard } = await evolved({ rounds: 2 });
    const { opened } = deps.sandboxes as typeof deps.sandboxes & {
      readonly opened: readonly ReadonlyMap<string, unknown>[];
    };
    const own = opened.filter((files) => files.has("trajectory.md"));
    const told = own.filter((files) => files.has("past.md"));
    expect(own).toHaveLength(10);
    expect(told).toHaveLength(5);
    expect(own.slice(0, 5).some((files) => files.has("past.md"))).toBe(false);
    expect(String(told[0]?.get("past.md"))).toContain("## Rules that were tried and rejected");
    const notes = heard("error-analyst").filter(({ messages }) =>
      messages[1]?.text.includes("`past.md`"),
    );
    expect(notes.length).toBeGreaterThan(0);
    // No sandbox of a gate's fix, and no other one, has it.
    for (const files of opened)
      if (!files.has("trajectory.md")) expect([...files.keys()]).toEqual(["terms.txt"]);
  });

  test("the units of later rounds have the past in their keys, those of the first have not", async () => {
    const keys = async (rounds: number) => {
      const { runner } = await evolved({ analysis: "triage", rounds });
      return runner.units
        .filter(({ stage }) => stage === "analyse")
        .map(({ inputs }) => JSON.stringify(inputs));
    };
    const [one, two] = [await keys(1), await keys(2)];
    expect(two.slice(0, one.length)).toEqual(one);
    expect(one.join()).not.toContain('"past"');
    expect(two.slice(one.length).every((key) => key.includes('"past"'))).toBe(true);
    expect(two.length).toBe(2 * one.length);
  });
});
