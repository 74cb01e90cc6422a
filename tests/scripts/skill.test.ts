import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyEdits } from "../../harness/skills/apply-edits.ts";
import type { Provenance } from "../../harness/skills/provenance.ts";
import { writeSkill } from "../../harness/skills/read-skill.ts";
import { demoSkill, edit } from "../support/skills.ts";

const launcher = fileURLToPath(new URL("../../scripts/run.mjs", import.meta.url));
const parent = demoSkill("# T\n\n- old\n");
const evolved = applyEdits(parent, [
  edit("e1", "append_to_section", { target_section: "# T", content: "- new" }),
]);
const provenance: Provenance = {
  skill: evolved.skill.digest,
  parent: parent.digest,
  lines: [...evolved.lineOrigins],
  edits: [
    {
      id: "e1",
      rule: "- new",
      tasks: ["t1"],
      patches: [{ id: "p1", task: "t1", row: "r1", steps: [3] }],
    },
  ],
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "skill-script-"));
  await writeSkill(parent, join(dir, "parent/demo"));
  await writeSkill(evolved.skill, join(dir, "evolved/demo"));
  await writeFile(join(dir, "evolved/provenance.json"), JSON.stringify(provenance));
  await writeSkill(demoSkill("[x](x.md)\n"), join(dir, "broken/demo"));
  await writeFile(join(dir, "broken/provenance.json"), JSON.stringify(provenance));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

function skill(...args: string[]) {
  const ran = spawnSync(process.execPath, [launcher, "skill", ...args], {
    cwd: dir,
    encoding: "utf8",
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

test("lint prints one line a finding and fails on errors", () => {
  expect(skill("lint", "parent/demo")).toEqual({
    code: 0,
    out: "parent/demo: 0 errors, 0 warnings\n",
    err: "",
  });
  const { code, out } = skill("lint", "broken/demo");
  expect(code).toBe(1);
  expect(out).toBe(
    'broken/demo/SKILL.md:6: error broken-link: "x.md" is not in the skill. Add the file, or take the link away.\nbroken/demo: 1 errors, 0 warnings\n',
  );
  expect(JSON.parse(skill("lint", "broken/demo", "--json").out)).toMatchObject({
    errors: 1,
    findings: [{ rule: "broken-link", line: 6 }],
  });
});

test("diff prints a unified diff and the counts", () => {
  const { code, out } = skill("diff", "parent/demo", "evolved/demo");
  expect(code).toBe(0);
  expect(out).toMatch(/\n \n - old\n\+- new\n1 files differ, 1 lines added, 0 removed\n$/);
});

test("blame leads every evolved line to its trajectory, and fails where one does not", () => {
  const { code, out } = skill("blame", "evolved/demo");
  expect(code).toBe(0);
  expect(out).toMatch(
    /9 {2}e1 +\| - new\n.*support 1 \(t1\)\n.*p1 <- task t1, trajectory r1, steps 3\n$/,
  );
  const broken = skill("blame", "broken/demo");
  expect(broken.code).toBe(1);
  expect(broken.err).toMatch(/^error: the provenance is of skill /);
});

test("what cannot be read is one line, with exit code 2", () => {
  for (const args of [
    ["lint", "nowhere"],
    ["diff", "parent/demo", "nowhere"],
    ["blame", "parent/demo"],
  ]) {
    const { code, err } = skill(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: [^\n]+\n$/);
  }
  expect(skill("lint").code).toBe(2);
  expect(skill("--help").code).toBe(0);
});
