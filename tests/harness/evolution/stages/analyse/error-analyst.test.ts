import { describe, expect, test } from "vitest";
import type { Domain, Image, Reply, Row } from "../../../../../harness/contracts/index.ts";
import { ModelFault } from "../../../../../harness/errors.ts";
import type { Briefing } from "../../../../../harness/evolution/stages/analyse/briefing.ts";
import { errorAnalysisUnit } from "../../../../../harness/evolution/stages/analyse/error-analyst.ts";
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
import { said } from "../../../../support/models.ts";
import { steppingClock } from "../../../../support/stepping-clock.ts";
import { toyDomain } from "../../../../support/toy-domain.ts";

const task = { id: "t", group: "g", input: { terms: "1200 + 34" }, reference: { total: 1234 } };
const good = { causes: ["It guessed at step 2."], memories: [memory("Add", [2])] };

async function analysed(
  part: Part,
  turns = 6,
  domain: Domain = toyDomain(),
  briefing: Briefing = {},
) {
  const runner = memoryRunner();
  const sandboxes = memorySandboxes();
  const model = roleModel({ "error-analyst": part });
  const rollout = await runner.run(rolloutUnit(task, undefined, 41, "7"));
  const trajectory = await readTrajectory(task, rollout, runner);
  const unit = errorAnalysisUnit(
    trajectory,
    { domain, options: {}, task, sandboxes, parent: startSkill(), fix: domain.fix },
    {
      model,
      seed: 41,
      limits: { turns, observationChars: 2000, malformed: 2 },
      clock: steppingClock(),
    },
    briefing,
  );
  const row: Row = await runner.run(unit);
  return { result: row.result, row, runner, model, sandboxes, unit };
}

const script =
  (...replies: (Reply | Error)[]): Part =>
  (_, turn) =>
    replies[turn] ?? said("I do not know.");

const pass = calling("try_fix", { command: "sum terms.txt" });

describe("the error analyst", () => {
  test("is believed once one of its fixes has passed", async () => {
    const { result, model } = await analysed(script(pass, calling("submit", good)));
    expect(result).toMatchObject({
      end: { kind: "explained" },
      causes: ["It guessed at step 2."],
      memories: [{ title: "Add", steps: [2] }],
      gate: { tries: 1, passed: "sum terms.txt" },
    });
    expect(model.asked).toHaveLength(2);
  });

  test("has the domain's commands in its shell, and so have its fixes", async () => {
    const command = { name: "measure", module: "measure.mjs", packages: {} };
    const domain = { ...toyDomain(), commands: [command] };
    const { sandboxes } = await analysed(script(pass, calling("submit", good)), 6, domain);
    expect(sandboxes.commands.length).toBeGreaterThan(1);
    expect(new Set(sandboxes.commands.flat())).toEqual(new Set(["measure"]));
    expect(sandboxes.commands).not.toContainEqual([]);
  });

  test("has the trajectory, the agent's files, the inputs, the skill and the reference before it", async () => {
    const { sandboxes } = await analysed(script(pass, calling("submit", good)));
    const [files] = sandboxes.opened;
    expect([...(files?.keys() ?? [])].sort()).toEqual([
      "left/notes.txt",
      "reference.txt",
      "skill/SKILL.md",
      "terms.txt",
      "trajectory.md",
    ]);
    expect(String(files?.get("trajectory.md"))).toContain("## Step 2");
    expect(String(files?.get("trajectory.md"))).not.toContain("secret words of the skill");
  });

  test.each([
    [
      "no-fix-passed",
      script(
        calling("try_fix", { command: "cat terms.txt" }),
        calling("submit", good),
        calling("submit", good),
      ),
    ],
    ["no-fix-passed", script(calling("submit", good), calling("submit", good))],
    [
      "copied-reference",
      script(
        calling("try_fix", { command: "echo 1234" }),
        calling("submit", { causes: [], memories: [] }),
      ),
    ],
    ["gave-up", script(calling("submit", { causes: [], memories: [] }))],
    ["no-memories", script(pass, calling("submit", { causes: [], memories: [] }))],
    [
      "out-of-turns",
      script(...Array.from({ length: 9 }, (_, n) => calling("bash", { command: `cat ${n}` }))),
    ],
    [
      "malformed",
      script(...Array.from({ length: 9 }, () => calling("bash", { command: "cat terms.txt" }))),
    ],
    ["malformed", script()],
    ["context-exceeded", script(new ModelFault({ kind: "context-length", message: "too long" }))],
  ] as const)("without proof there is no explanation: %s", async (reason, part) => {
    const { result } = await analysed(part);
    expect(result).toMatchObject({ end: { kind: "dropped", reason }, memories: [] });
  });

  test("writing a file named like a verdict, or printing PASS, proves nothing", async () => {
    const { result } = await analysed(
      script(
        calling("bash", { command: "echo PASS" }),
        calling("submit", good),
        calling("submit", good),
      ),
    );
    expect(result).toMatchObject({ end: { reason: "no-fix-passed" } });
  });

  test("a fix that passes on the last turn still gets a turn to hand in, and no other tool", async () => {
    const { result, model } = await analysed(
      script(calling("bash", { command: "cat x" }), pass, calling("submit", good)),
      3,
    );
    expect(result).toMatchObject({ end: { kind: "explained" } });
    expect(model.requests[2]?.tools.map(({ name }) => name)).toEqual(["submit"]);
  });

  test("lessons without a step of the trajectory are sent back", async () => {
    const bad = { ...good, memories: [memory("Add", [99])] };
    const { result, model } = await analysed(
      script(pass, calling("submit", bad), calling("submit", good)),
    );
    expect(JSON.stringify(model.requests[2]?.messages)).toContain("from 1 to 2");
    expect(result).toMatchObject({ end: { kind: "explained" } });
  });

  test("at most three lessons are kept, and the rest is counted", async () => {
    const many = { ...good, memories: ["A", "B", "C", "D"].map((title) => memory(title)) };
    const { result } = await analysed(script(pass, calling("submit", many)));
    expect(result).toMatchObject({ faults: ["too-many"] });
    expect(result["memories"]).toHaveLength(3);
  });

  test("an infrastructure fault is ungraded, so that it is tried again; it is never stored as a finding", async () => {
    const { row } = await analysed(script(new ModelFault({ kind: "transient", message: "reset" })));
    expect(row.grade).toMatchObject({ kind: "ungraded" });
    expect(row.result).toMatchObject({ end: { reason: "broken" } });
  });

  test("a permanent fault stops everything", async () => {
    const fault = new ModelFault({ kind: "permanent", message: "no such model" });
    await expect(analysed(script(fault))).rejects.toBe(fault);
  });

  test("is told the difference and the past in files of its own, which no try of a fix has", async () => {
    const briefing = { difference: "- 1 item given", past: "## Lessons" };
    const { sandboxes, model, unit } = await analysed(
      script(pass, calling("submit", good)),
      6,
      toyDomain(),
      briefing,
    );
    const [own, ...others] = sandboxes.opened;
    expect(own?.get("difference.txt")).toBe(`${briefing.difference}\n`);
    expect(own?.get("past.md")).toBe(`${briefing.past}\n`);
    for (const files of others) expect([...files.keys()]).toEqual(["terms.txt"]);
    const user = model.requests[0]?.messages[1]?.text ?? "";
    expect(user).toContain(briefing.difference);
    expect(user).toContain("`past.md`");
    expect(unit.inputs).toHaveProperty("difference");
    expect(unit.inputs).toHaveProperty("past");
  });

  test("without them there is no trace of them", async () => {
    const { model, unit } = await analysed(script(pass, calling("submit", good)));
    expect(model.requests[0]?.messages[1]?.text).not.toMatch(/difference\.txt|past\.md/);
    expect(Object.keys(unit.inputs)).not.toEqual(expect.arrayContaining(["difference"]));
    expect(Object.keys(unit.inputs)).not.toEqual(expect.arrayContaining(["past"]));
  });

  describe("in a domain with pictures and tools of its own", () => {
    const page: Image = { mediaType: "image/png", base64: "cGljdHVyZQ==" };
    const domain: Domain = {
      ...toyDomain(),
      images: async () => [page],
      tools: (_, sandbox) => [
        {
          spec: { name: "zoom", description: "Look closer.", parameters: { type: "object" } },
          run: async () => ({
            kind: "observation",
            text: `seen: ${(await sandbox.list()).includes("reference.txt")}`,
          }),
        },
      ],
    };
    const looks = script(calling("zoom", {}), pass, calling("submit", good));

    test("it sees the pictures and has the tools, in its own sandbox", async () => {
      const { model, result } = await analysed(looks, 6, domain);
      expect(model.requests[0]?.messages[1]).toMatchObject({ role: "user", images: [page] });
      expect(model.requests[0]?.tools.map(({ name }) => name)).toEqual([
        "bash",
        "zoom",
        "try_fix",
        "submit",
      ]);
      expect(JSON.stringify(model.requests[1]?.messages)).toContain("seen: true");
      expect(result).toMatchObject({ end: { kind: "explained" } });
    });

    test("the tools are part of its key", async () => {
      expect((await analysed(looks, 6, domain)).unit.inputs).toHaveProperty("tools");
      expect((await analysed(looks)).unit.inputs).not.toHaveProperty("tools");
    });

    test("its transcript says that there were pictures, and keeps no bytes of them", async () => {
      const { row, runner } = await analysed(looks, 6, domain);
      const kept = JSON.stringify(await runner.transcript(row));
      expect(kept).toContain("[picture: image/png");
      expect(kept).not.toContain(page.base64);
    });

    test("pictures that cannot be had are a fault of infrastructure, tried again", async () => {
      const broken = { ...domain, images: () => Promise.reject(new Error("no such page")) };
      const { row } = await analysed(looks, 6, broken);
      expect(row.grade).toEqual({ kind: "ungraded", because: "sandbox: no such page" });
    });
  });
});
