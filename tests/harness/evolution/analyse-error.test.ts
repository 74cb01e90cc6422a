import { describe, expect, test } from "vitest";
import type { Reply, Row } from "../../../harness/contracts.ts";
import { ModelFault } from "../../../harness/errors.ts";
import { analyseError } from "../../../harness/evolution/analyse-error.ts";
import { readTrajectory } from "../../../harness/evolution/trajectory.ts";
import {
  calling,
  memory,
  memoryRunner,
  memorySandboxes,
  type Part,
  roleModel,
  rolloutUnit,
  startSkill,
} from "../../support/evolution.ts";
import { said } from "../../support/models.ts";
import { steppingClock } from "../../support/stepping-clock.ts";
import { toyDomain } from "../../support/toy-domain.ts";

const task = { id: "t", group: "g", input: { terms: "1200 + 34" }, reference: { total: 1234 } };
const good = { causes: ["It guessed at step 2."], memories: [memory("Add", [2])] };

async function analysed(part: Part, turns = 6) {
  const runner = memoryRunner();
  const sandboxes = memorySandboxes();
  const model = roleModel({ "error-analyst": part });
  const rollout = await runner.run(rolloutUnit(task, undefined, 41, "7"));
  const trajectory = await readTrajectory(task, rollout, runner);
  const unit = analyseError(
    trajectory,
    startSkill(),
    { domain: toyDomain(), options: {}, task, sandboxes },
    {
      model,
      seed: 41,
      limits: { turns, observationChars: 2000, malformed: 2 },
      clock: steppingClock(),
    },
  );
  const row: Row = await runner.run(unit);
  return { result: row.result, row, model, sandboxes, unit };
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
});
