import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyEdits } from "../../../harness/skills/apply-edits.ts";
import { blameSkill, blameText } from "../../../harness/skills/blame-skill.ts";
import { type Provenance, readProvenance } from "../../../harness/skills/provenance.ts";
import { demoSkill, edit } from "../../support/skills.ts";

const parent = demoSkill("# T\n\n- old\n");
const { skill, lineOrigins } = applyEdits(parent, [
  edit("m1.e1", "append_to_section", { target_section: "# T", content: "- **Sort.** Sort first." }),
]);
const provenance: Provenance = {
  skill: skill.digest,
  parent: parent.digest,
  lines: [...lineOrigins],
  edits: [
    {
      id: "m1.e1",
      rule: "- **Sort.** Sort first.",
      tasks: ["t1", "t2"],
      patches: [
        {
          ...{ id: "p1", task: "t1", row: "a".repeat(64), steps: [2, 5] },
          reasons: [{ why: "it is safe", unless: "", check: "look" }],
        },
        { id: "p2", task: "t2", row: "b".repeat(64), steps: [] },
      ],
    },
  ],
};

describe("blame", () => {
  test("each evolved line leads to its rule, support, patches and steps; the others are the parent's", () => {
    const blame = blameSkill(skill, provenance);
    expect(blame.problems).toEqual([]);
    expect(blame.lines.map(({ line, edits }) => [line, edits.map(({ id }) => id)])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((line) => [line, []]),
      [9, ["m1.e1"]],
    ]);
    expect(blameText(blame).split("\n").slice(8)).toEqual([
      "    8  parent       | - old",
      "    9  m1.e1        | - **Sort.** Sort first.",
      "       m1.e1: - **Sort.** Sort first.; support 2 (t1, t2)",
      "         p1 <- task t1, trajectory aaaaaaaaaaaa, steps 2 5",
      "           why: it is safe",
      "           unless: not said",
      "           check: look",
      "         p2 <- task t2, trajectory bbbbbbbbbbbb, no single step",
      "",
    ]);
  });

  test.each<[string, Partial<Provenance>, RegExp]>([
    ["a skill that was changed since", { skill: "0".repeat(64) }, /changed after its evolution/],
    ["an edit that is not there", { edits: [] }, /^SKILL\.md:9: there is no edit m1\.e1$/],
    [
      "a line that is not there",
      { lines: [{ file: "SKILL.md", line: 99, edit: "m1.e1" }] },
      /^SKILL\.md:99: no such line$/,
    ],
    [
      "an edit that nothing supports",
      { edits: [{ id: "m1.e1", rule: "x", tasks: [], patches: [] }] },
      /no task is behind it/,
    ],
    [
      "a patch without a trajectory",
      {
        edits: [
          {
            id: "m1.e1",
            rule: "x",
            tasks: ["t1"],
            patches: [{ id: "p1", task: "t1", row: "", steps: [] }],
          },
        ],
      },
      /patch p1 names no trajectory/,
    ],
  ])("does not resolve %s", (_, fault, problem) => {
    expect(blameSkill(skill, { ...provenance, ...fault }).problems[0]).toMatch(problem);
  });
});

describe("a provenance file", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "provenance-"));
  });
  afterAll(async () => {
    await rm(dir, { recursive: true });
  });

  test("is read as it was written", async () => {
    await writeFile(join(dir, "good.json"), JSON.stringify(provenance));
    expect(await readProvenance(join(dir, "good.json"))).toEqual(provenance);
  });

  test.each<[string, string | undefined, RegExp]>([
    ["missing", undefined, /ENOENT.* Write it again/],
    ["cut", '{"skill":', /cut\.json: not JSON/],
    [
      "wrong",
      JSON.stringify({ ...provenance, lines: [{ file: "SKILL.md", line: 0, edit: "e" }] }),
      /wrong\.json: lines\.0\.line: /,
    ],
  ])("that is %s is refused in one line", async (name, text, message) => {
    const file = join(dir, `${name}.json`);
    if (text !== undefined) await writeFile(file, text);
    await expect(readProvenance(file)).rejects.toThrow(message);
  });
});
