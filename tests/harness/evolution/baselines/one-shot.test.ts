import { describe, expect, test } from "vitest";
import { ModelFault } from "../../../../harness/errors.ts";
import { readBody } from "../../../../harness/evolution/baselines/body.ts";
import { type OneShotRequest, oneShot } from "../../../../harness/evolution/baselines/one-shot.ts";
import { sampleOf } from "../../../../harness/evolution/baselines/sample.ts";
import { assertAccount } from "../../../../harness/evolution/record/account.ts";
import { accountText } from "../../../../harness/evolution/record/account-text.ts";
import { seededRng } from "../../../../harness/rng.ts";
import { blameSkill } from "../../../../harness/skills/blame-skill.ts";
import { lintSkill } from "../../../../harness/skills/lint-skill.ts";
import { skillOf } from "../../../../harness/skills/read-skill.ts";
import type { Part } from "../../../support/evolution.ts";
import { said } from "../../../support/models.ts";
import { settingOf, textOf } from "./setting.ts";

const body = "# Adding\n\n## Rules\n\n- Add all terms.\n- Carry the one.\n";

function setting(reply: Part, over: Partial<OneShotRequest> & { count?: number } = {}, parts = {}) {
  const { sample, ...rest } = over;
  const made = settingOf({ "one-shot": reply, ...parts }, rest);
  const request: OneShotRequest = { ...made.request, ...(sample ? { sample } : {}) };
  return { ...made, request, run: () => oneShot(request, made.deps) };
}

describe("a one-shot evolution", () => {
  test("is one call that sees S0, failures and successes, and writes the body anew", async () => {
    const { author, runner, run } = setting(() => body);
    const { skill, parent } = await run();
    expect(author.asked).toEqual(["one-shot"]);
    expect(runner.ran.filter((stage) => stage !== "rollout")).toEqual(["one-shot"]);
    const shown = author.requests[0]?.messages[1]?.text ?? "";
    expect(shown).toContain("Look at the file.");
    expect(shown.match(/^## Trajectory \d+: failed$/gm)).toHaveLength(5);
    expect(shown.match(/^## Trajectory \d+: passed$/gm)).toHaveLength(3);
    expect(textOf(skill)).toBe(
      `---\nname: adding\ndescription: Adds numbers. Use it for sums.\n---\n\n${body}`,
    );
    expect(skill.name).toBe(parent.name);
    expect(lintSkill(skill).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("shows no reference of a failed task", async () => {
    const { author, tasks, run } = setting(() => body);
    await run();
    const shown = author.requests[0]?.messages[1]?.text ?? "";
    for (const [i, task] of tasks.entries())
      if (i % 4 !== 0) expect(shown).not.toContain(String(task.reference["total"]));
  });

  test("the number of trajectories and of their characters are fields", async () => {
    const { author, run } = setting(() => body, { sample: { trajectories: 3, characters: 100 } });
    await run();
    expect(author.requests[0]?.messages[1]?.text.match(/^## Trajectory/gm)).toHaveLength(3);
    const keys = await Promise.all(
      [{ trajectories: 3 }, { trajectories: 4 }, { characters: 200 }].map(async (sample) => {
        const { runner, run: runOther } = setting(() => body, { sample });
        await runOther();
        return JSON.stringify(runner.units.at(-1)?.inputs);
      }),
    );
    expect(new Set(keys).size).toBe(3);
  });

  test("leaves an account that adds up", async () => {
    const { account } = await setting(() => body).run();
    expect(account).toMatchObject({
      trajectories: { total: 12, failures: 8, successes: 3, errored: 1 },
      analyses: { asked: 8, notAsked: 3, explained: 8 },
      patches: { made: 1, without: { "in-a-shared-patch": 7 } },
      proposed: { total: 1, merged: 1 },
      fates: { kept: 1 },
      final: { total: 1, kept: 1, support: { "8": 1 } },
      lines: { evolved: 6 },
      identical: false,
    });
    expect(account.spent["one-shot"]?.calls).toBe(1);
    expect(() => assertAccount(account)).not.toThrow();
    expect(accountText(account, "One shot")).toContain("| patches | 1 |");
  });

  test("every line of the new body resolves to the sampled trajectories", async () => {
    const { skill, provenance } = await setting(() => body).run();
    const { lines, problems } = blameSkill(skill, provenance);
    expect(problems).toEqual([]);
    const behind = lines.filter(({ edits }) => edits.length > 0);
    expect(behind.map(({ text }) => text).join("\n")).toBe(body.trimEnd());
    const [edit] = provenance.edits;
    expect(edit?.tasks).toHaveLength(8);
    expect(edit?.patches.map(({ task }) => task).sort()).toEqual(edit?.tasks);
    for (const { row, steps } of edit?.patches ?? []) {
      expect(row).toMatch(/^[0-9a-f]{64}$/);
      expect(steps).toEqual([1, 2]);
    }
  });

  test("a second one on the same store calls no model, and finds the same", async () => {
    const { author, run } = setting(() => body);
    const first = await run();
    const second = await run();
    expect(author.asked).toHaveLength(1);
    expect(second).toEqual(first);
  });

  test("another seed samples other trajectories", async () => {
    const samples = await Promise.all(
      [41, 42].map(async (seed) => {
        const { runner, run } = setting(() => body, { seed, count: 40 });
        await run();
        return JSON.stringify(runner.units.at(-1)?.about["tasks"]);
      }),
    );
    expect(samples[0]).not.toBe(samples[1]);
  });

  test("never changes the parent", async () => {
    const { request, run } = setting(() => body);
    const before = JSON.stringify([...request.parent.files]);
    await run();
    expect(JSON.stringify([...request.parent.files])).toBe(before);
  });

  test("keeps those files of S0 that the new body leads to, and leaves out the others", async () => {
    const parent = skillOf(
      new Map([
        [
          "SKILL.md",
          "---\nname: adding\ndescription: Adds numbers.\n---\n\n# Adding\n\nSee [a](references/a.md) and [b](references/b.md).\n",
        ],
        ["references/a.md", "# A\n"],
        ["references/b.md", "# B\n"],
      ]),
    );
    const { skill, account } = await setting(() => `${body}\nSee [a](references/a.md).\n`, {
      parent,
    }).run();
    expect([...skill.files.keys()]).toEqual(["SKILL.md", "references/a.md"]);
    expect(() => assertAccount(account)).not.toThrow();
  });
});

/** What S0 falls back for, the kinds of fault that are counted, and how many calls it took. */
describe.each<[string, Part, string, Record<string, number>, number]>([
  ["prose", () => "I would add a rule.", "unreadable", { "wrong-shape": 2 }, 2],
  ["nothing", () => "", "unreadable", { "empty-reply": 2 }, 2],
  ["JSON", () => '{"skill": "# Adding\\n\\n- Add."}', "unreadable", { "wrong-shape": 2 }, 2],
  ["10,000 lines", () => `# A\n${"- b\n".repeat(10_000)}`, "unreadable", { "too-large": 2 }, 2],
  [
    "600 lines",
    () => `# A\n\n${"- Add the terms.\n".repeat(600)}`,
    "unfit",
    { "size-budget": 2 },
    2,
  ],
  ["an open fence", () => `${body}\n\`\`\`sh\nsum\n`, "unfit", { format: 2 }, 2],
  ["cut off at its length", () => said(body, [], "length"), "unfit", { "cut-off": 2 }, 2],
  ["a link to nothing", () => `${body}\n[x](references/x.md)\n`, "unfit", { "broken-link": 2 }, 2],
  ["hidden characters", () => `${body}\nAdd\u202e all.\n`, "unfit", { "hidden-unicode": 2 }, 2],
  [
    "another skill",
    () => `---\nname: other\ndescription: x\n---\n\n${body}`,
    "unfit",
    { "other-skill": 2 },
    2,
  ],
  ["a refusal", () => ({ ...said(""), kind: "refused", text: "No." }), "refused", {}, 1],
  ["a broken endpoint", () => new Error("no route"), "broken", {}, 1],
  [
    "too long a prompt",
    () => new ModelFault({ kind: "context-length", message: "too long" }),
    "context-exceeded",
    {},
    1,
  ],
])("a reply that is %s", (_, reply, reason, faults, calls) => {
  test("leaves S0 as it is and says why, after one repair at most", async () => {
    const { author, run } = setting(reply, {}, { repair: reply });
    const { skill, parent, account, withheld, provenance } = await run();
    expect(skill).toBe(parent);
    expect(withheld).toMatchObject([{ reason }]);
    expect(withheld[0]?.detail).not.toBe("");
    expect(author.asked).toHaveLength(calls);
    expect(account.replies["one-shot"]?.faults).toEqual(faults);
    expect(account.identical).toBe(true);
    const without = reason === "unfit" ? "all-edits-withheld" : reason;
    expect(account.patches).toEqual({ made: 0, without: { [without]: 8 } });
    expect(provenance).toMatchObject({ lines: [], edits: [] });
    expect(() => assertAccount(account)).not.toThrow();
  });
});

describe("a one-shot evolution falls back to S0", () => {
  test("without a call where there is no trajectory", async () => {
    const { author, run } = setting(() => body, { tasks: [] });
    const { skill, parent, withheld } = await run();
    expect(author.asked).toEqual([]);
    expect(skill).toBe(parent);
    expect(withheld).toMatchObject([{ reason: "no-trajectories" }]);
  });

  test("where the new body is the old one, and counts it as an empty patch", async () => {
    const { request } = setting(() => body);
    const old = textOf(request.parent).replace(/^---\n[\s\S]*?\n---\n/, "");
    const { account, withheld } = await setting(() => old).run();
    expect(account).toMatchObject({ identical: true, patches: { without: { "empty-patch": 8 } } });
    expect(withheld).toEqual([]);
  });

  test("not where the repair is fit", async () => {
    const { author, run } = setting(() => "Prose.", {}, { repair: () => body });
    const { skill, account } = await run();
    expect(author.asked).toEqual(["one-shot", "repair"]);
    expect(textOf(skill)).toContain("Carry the one");
    expect(account.replies["one-shot"]).toMatchObject({ repairs: 1, faults: { "wrong-shape": 1 } });
  });
});

describe("a written body", () => {
  const parent = setting(() => body).request.parent;
  const read = (reply: string) => readBody(reply, parent);

  test.each([
    ["as it is", body, []],
    ["in a fence", `\`\`\`markdown\n${body}\`\`\``, ["fenced"]],
    ["in a fence after prose", `Here it is:\n\n\`\`\`markdown\n${body}\`\`\`\n`, ["fenced"]],
    ["after prose", `Here it is:\n\n${body}`, ["in-prose"]],
    ["after thoughts", `<think># Not this</think>\n${body}`, []],
    ["under its own front matter", `---\nname: adding\n---\n${body}`, ["front-matter"]],
    ["with line ends of another system", body.replaceAll("\n", "\r\n"), []],
  ])("is read %s", (_, reply, notes) => {
    expect(read(reply)).toMatchObject({ value: { body: body.trim(), notes }, faults: [] });
  });

  test("keeps its own fences, and takes no comment in one for its beginning", () => {
    const fenced = "# Adding\n\n```sh\n# Sum up\nsum terms.txt\n```\n\nDone.";
    expect(read(fenced).value?.body).toBe(fenced);
    expect(read("Run:\n\n```sh\n# Sum up\nsum\n```\n").value).toBeUndefined();
  });

  test("loses its secrets", () => {
    const { value } = read(`${body}\nKey: sk-abcdefghijklmnopqrstuvwx\n`);
    expect(value?.body).not.toContain("abcdefgh");
    expect(value?.notes).toEqual(["secret-redacted"]);
  });
});

describe("a sample", () => {
  const { deps, request } = setting(() => body, { count: 40 });
  const rollouts = () =>
    Promise.all(
      request.tasks.map(async (task) => ({
        task,
        row: await deps.rollout(task, request.parent, 41),
      })),
    );

  test.each([
    [8, "combined", 4, 4],
    [7, "combined", 4, 3],
    [30, "combined", 20, 10],
    [100, "combined", 29, 10],
    [8, "error", 8, 0],
    [8, "success", 0, 8],
    [0, "combined", 0, 0],
  ] as const)(
    "of %i with analysts %s has %i failures and %i successes",
    async (count, analysts, failures, successes) => {
      const sample = sampleOf(await rollouts(), analysts, count, seededRng("s"));
      const sides = sample.map(({ side }) => side);
      expect(sides.filter((side) => side === "failure")).toHaveLength(failures);
      expect(sides.filter((side) => side === "success")).toHaveLength(successes);
      expect(new Set(sample.map(({ task }) => task.id)).size).toBe(sample.length);
    },
  );
});
