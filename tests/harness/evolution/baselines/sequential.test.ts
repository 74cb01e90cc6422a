import { describe, expect, test } from "vitest";
import type { Unit } from "../../../../harness/contracts/index.ts";
import {
  type SequentialRequest,
  sequential,
} from "../../../../harness/evolution/baselines/sequential.ts";
import { evolve } from "../../../../harness/evolution/evolve.ts";
import { presets } from "../../../../harness/evolution/presets.ts";
import { assertAccount } from "../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../harness/evolution/record/account-text.ts";
import { blameSkill } from "../../../../harness/skills/blame-skill.ts";
import { lintSkill } from "../../../../harness/skills/lint-skill.ts";
import { type Part, rule } from "../../../support/evolution.ts";
import { numberOf, settingOf, textOf } from "./setting.ts";

interface Shown {
  readonly lesson: number;
  readonly title: string;
}

/** The lessons and the skill that a proposing call was shown. */
function shownTo(text: string): { readonly lessons: readonly Shown[]; readonly skill: string } {
  const blocks = [...text.matchAll(/```json\n([\s\S]*?)\n```/g)];
  return {
    lessons: JSON.parse(blocks.at(-1)?.[1] ?? "[]") as Shown[],
    skill: text.split("## What was learned")[0] ?? "",
  };
}

const appending = (content: string, from: readonly number[]) => ({
  file: "SKILL.md",
  op: "append_to_section",
  target_section: "## Rules",
  content,
  from,
});

const wrapped = (edit: object) => JSON.stringify({ edits: [edit] });

/** One rule a lesson. */
const propose: Part = (request) => {
  const { lessons } = shownTo(request.messages[1]?.text ?? "");
  const edits = lessons.map(({ lesson, title }) => appending(rule(title), [lesson]));
  return JSON.stringify({ reasoning: "r", edits, changelog: [] });
};

/** The proposal of some steps is another one. */
const proposeBut =
  (others: Readonly<Record<number, string>>): Part =>
  (request, turn) => {
    const { lessons } = shownTo(request.messages[1]?.text ?? "");
    const other = others[numberOf(`task-${/Care (\d+)/.exec(lessons[0]?.title ?? "")?.[1]}`)];
    return other ?? propose(request, turn);
  };

function setting(
  batch: number,
  over: Parameters<typeof settingOf>[1] & { propose?: Part; repair?: Part } = {},
  delay?: (unit: Unit) => number,
) {
  const { propose: proposing = propose, repair, ...rest } = over;
  const parts = { propose: proposing, ...(repair ? { repair } : {}) };
  const made = settingOf(parts, rest, delay);
  const request: SequentialRequest = { ...made.request, batch };
  return { ...made, request, run: () => sequential(request, made.deps) };
}

/** Eleven explained trajectories: eight failures, then three successes. */
const order = [1, 2, 3, 5, 6, 7, 9, 10, 0, 4, 8];

describe.each([
  [1, 11],
  [4, 3],
  [100, 1],
])("sequential editing with batches of %i", (batch, calls) => {
  test(`takes ${calls} calls, each of which sees what came of those before`, async () => {
    const { author, run } = setting(batch);
    const { skill } = await run();
    const steps = author.requests.filter((_, i) => author.asked[i] === "propose");
    expect(steps).toHaveLength(calls);
    const seen = order.slice(0, batch);
    for (const [i, { messages }] of steps.entries()) {
      const { lessons, skill: shown } = shownTo(messages[1]?.text ?? "");
      const before = order.slice(0, i * batch);
      expect(lessons.map(({ title }) => title)).toEqual(
        order.slice(i * batch, (i + 1) * batch).map((n) => `Care ${n}`),
      );
      for (const n of order) expect(shown.includes(`**Care ${n}.**`)).toBe(before.includes(n));
    }
    expect(seen).not.toHaveLength(0);
    for (const n of order) expect(textOf(skill)).toContain(`**Care ${n}.**`);
    expect(lintSkill(skill).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("never makes two of its calls at the same time", async () => {
    let underway = 0;
    let most = 0;
    const { runner, request, deps } = setting(batch);
    const watched = {
      ...runner,
      async run(unit: Unit) {
        if (unit.stage !== "sequential") return runner.run(unit);
        most = Math.max(most, ++underway);
        await Promise.resolve();
        const row = await runner.run(unit);
        underway--;
        return row;
      },
    };
    await sequential(request, { ...deps, runner: watched });
    expect(most).toBe(1);
  });

  test("leaves an account that adds up", async () => {
    const { account } = await setting(batch).run();
    expect(account).toMatchObject({
      trajectories: { total: 12, failures: 8, successes: 3, errored: 1 },
      analyses: { asked: 11, notAsked: 0, explained: 11, memories: 11 },
      patches: { made: calls },
      proposed: { total: 11, merged: 11 },
      fates: { kept: 11, lost: 0, withheld: 0 },
      final: { total: 11, kept: 11, support: { "1": 11 } },
      identical: false,
    });
    expect(account.patches.without["in-a-shared-patch"] ?? 0).toBe(11 - calls);
    expect(account.spent["sequential"]?.calls).toBe(calls);
    expect(() => assertAccount(account)).not.toThrow();
    expect(accountText(account, "Sequential")).toContain("| proposed edits | 11 |");
  });

  test("every evolved line resolves, those of earlier batches too", async () => {
    const { skill, parent, provenance } = await setting(batch).run();
    const { lines, problems } = blameSkill(skill, provenance);
    expect(problems).toEqual([]);
    const old = new Set(textOf(parent).split("\n"));
    for (const { text, edits } of lines) {
      if (text.trim() === "" || old.has(text)) continue;
      const n = /Care (\d+)/.exec(text)?.[1];
      expect(edits.map(({ tasks }) => tasks)).toEqual([[`task-${n}`]]);
      expect(edits[0]?.patches).toMatchObject([{ task: `task-${n}` }]);
      expect(edits[0]?.patches[0]?.steps).not.toHaveLength(0);
      expect(edits[0]?.patches[0]?.reasons).not.toHaveLength(0);
    }
  });

  test("gives the same in whatever order units finish, and a second time calls no model", async () => {
    const first = setting(batch);
    const result = await first.run();
    const calls = first.author.asked.length;
    expect(await first.run()).toEqual(result);
    expect(first.author.asked).toHaveLength(calls);
    const other = await setting(batch, {}, (unit) => JSON.stringify(unit.about).length % 7).run();
    expect(JSON.stringify([other.skill.digest, other.account, other.provenance])).toBe(
      JSON.stringify([result.skill.digest, result.account, result.provenance]),
    );
  });
});

describe("sequential editing", () => {
  test("shares its rollouts and analyses with the parallel preset", async () => {
    const { runner, request, deps, run } = setting(4, { preset: presets.faithful });
    const author = settingOf({ propose, merge: () => "{}" }).author;
    await evolve({ ...request, author }, deps);
    const shared = (stage: string) => runner.ran.filter((ran) => ran === stage).length;
    const before = [shared("rollout"), shared("analyse")];
    await run();
    expect([shared("rollout"), shared("analyse")]).toEqual(before);
    expect(before).toEqual([12, 11]);
  });

  test("goes on after a crash where it stopped", async () => {
    const { author, runner, request, deps, run } = setting(1);
    const crashing = {
      ...runner,
      async run(unit: Unit) {
        if (
          unit.stage === "sequential" &&
          author.asked.filter((role) => role === "propose").length === 5
        )
          throw new Error("power cut");
        return runner.run(unit);
      },
    };
    await expect(sequential(request, { ...deps, runner: crashing })).rejects.toThrow("power cut");
    await run();
    expect(author.asked.filter((role) => role === "propose")).toHaveLength(11);
  });

  test("never changes the parent, and needs a batch", async () => {
    const { request, run } = setting(1);
    const before = JSON.stringify([...request.parent.files]);
    await run();
    expect(JSON.stringify([...request.parent.files])).toBe(before);
    await expect(setting(0).run()).rejects.toThrow("at least one trajectory");
  });

  test("with nothing to learn it is the parent", async () => {
    const { skill, parent, account } = await setting(1, { tasks: [] }).run();
    expect(skill).toBe(parent);
    expect(account.identical).toBe(true);
  });

  test("without a ledger the prompt asks for no form of rules", async () => {
    const { author, run } = setting(4, { preset: presets.faithful });
    await run();
    const step = author.requests[author.asked.indexOf("propose")];
    expect(step?.messages[0]?.text).toContain("# Role: propose");
    expect(step?.messages[0]?.text).not.toContain("Why: <why>");
  });

  test("an edit that carries several lessons has all their tasks behind it", async () => {
    const together: Part = (request) => {
      const { lessons } = shownTo(request.messages[1]?.text ?? "");
      const edits = [appending(rule(`From ${lessons[0]?.title}`), [1, 2])];
      return JSON.stringify({ reasoning: "", edits, changelog: [] });
    };
    const { provenance, account } = await setting(4, { propose: together }).run();
    expect(provenance.edits.map(({ tasks }) => tasks)).toEqual([
      ["task-1", "task-2"],
      ["task-6", "task-7"],
      ["task-0", "task-4"],
    ]);
    expect(account.final.support).toEqual({ "2": 3 });
  });

  test("a line that a later batch rewords keeps the tasks of both", async () => {
    const reworded = rule("Care 1", "add them twice");
    const rewording = JSON.stringify({
      edits: [
        {
          file: "SKILL.md",
          op: "replace_in_section",
          target_section: "## Rules",
          old_text: rule("Care 1"),
          content: reworded,
          from: [1],
        },
      ],
    });
    const { skill, provenance } = await setting(1, { propose: proposeBut({ 3: rewording }) }).run();
    const { lines, problems } = blameSkill(skill, provenance);
    expect(problems).toEqual([]);
    const line = lines.find(({ text }) => text === reworded);
    expect(line?.edits.flatMap(({ tasks }) => tasks).sort()).toEqual(["task-1", "task-3"]);
  });

  test("an edit whose text a later batch takes away is counted, and the rest still resolves", async () => {
    const section = { file: "SKILL.md", target_section: "## Extra", from: [1] };
    const adding = wrapped({ ...section, op: "add_section", content: rule("Care 1") });
    const removing = wrapped({ ...section, op: "delete_section" });
    const { skill, account, withheld, provenance } = await setting(1, {
      propose: proposeBut({ 1: adding, 5: removing }),
    }).run();
    expect(textOf(skill)).not.toContain("Care 1.**");
    // The removal itself is kept: it left nothing to take away.
    expect(account.fates).toMatchObject({ kept: 10, lost: 1 });
    expect(account.final.withheld).toEqual({ "overwritten-later": 1 });
    expect(withheld).toMatchObject([{ edit: "b1.e1", reason: "overwritten-later" }]);
    expect(blameSkill(skill, provenance).problems).toEqual([]);
    expect(provenance.edits.map(({ id }) => id)).not.toContain("b1.e1");
  });
});

/** Proposals of one batch, what it then ends as, and the faults that are counted. */
describe.each<[string, string, string, Record<string, number>, number]>([
  ["prose", "I would add a rule.", "unreadable", { "not-json": 2 }, 1],
  ["half JSON", '{"edits": [{"file": "SKILL.md"', "unreadable", { "half-json": 2 }, 1],
  [
    "JSON with unescaped quotes",
    '{"edits": [{"file": "SKILL.md", "op": "append_to_section", "content": "say "no" twice"}]}',
    "unreadable",
    { "bad-json": 2 },
    1,
  ],
  ["an empty patch", '{"edits": []}', "empty-patch", {}, 0],
  [
    "a patch of 10,000 lines",
    wrapped({ ...appending("- b\n".repeat(10_000), [1]) }),
    "unreadable",
    { "too-large": 2 },
    1,
  ],
  [
    "another skill's",
    wrapped({ ...appending(rule("A"), [1]), file: "other/SKILL.md" }),
    "all-edits-withheld",
    { "other-skill": 1 },
    1,
  ],
  [
    "a place that is not there",
    wrapped({ ...appending(rule("A"), [1]), target_section: "## Nowhere" }),
    "all-edits-withheld",
    { "missing-anchor": 1 },
    1,
  ],
  [
    "a climbing path",
    wrapped({ file: "../x.md", op: "create", content: "x" }),
    "all-edits-withheld",
    { "path-outside": 1 },
    1,
  ],
])("a batch of which the reply is %s", (_, reply, end, faults, repairs) => {
  test("leaves the skill as it was, is counted, and is repaired once at most", async () => {
    const { author, run } = setting(1, {
      count: 6,
      propose: proposeBut({ 2: reply }),
      repair: () => reply,
    });
    const { skill, account } = await run();
    expect(account.patches).toMatchObject({ made: 4, without: { [end]: 1 } });
    expect(account.replies["sequential"]).toMatchObject({ repairs, faults });
    expect(author.asked.filter((role) => role === "repair")).toHaveLength(repairs);
    expect(textOf(skill)).not.toContain("Care 2.**");
    expect(textOf(skill)).toContain("Care 3.**");
    expect(() => assertAccount(account)).not.toThrow();
  });
});
